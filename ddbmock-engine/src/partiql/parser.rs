//! The grammar of expressions: operators by how strongly they bind, terms, paths.
//!
//! How deep expressions stand in each other is bounded before anything recurses. Names of reasons are the service's.
//! Source: captures of 2026, PartiQL parsing.

use super::fault::{Span, malformed, unexpected_component};
use super::keyword::{FUNCTIONS, type_name};
use super::lexer::{Lexeme, Token, lex};
use super::tree::{
    COMPARISON, CaseKind, EQUALITY, Expression, Infix, Kind, NEGATION, OrderTerm, Select, Step,
};
use crate::expression::Fault;

/// How deep expressions may stand in each other. No value that can be stored is nested so deep.
const DEPTH_MAX: usize = 96;

/// A statement being read.
pub(super) struct Parser {
    lexemes: Vec<Lexeme>,
    at: usize,
    depth: usize,
    /// How many question marks were read.
    pub(super) parameters: usize,
    /// What is called in what is selected, which is refused before all that is wrong with the text.
    pub(super) selected_call: Option<Span>,
}

impl Parser {
    /// A parser at the first token of a text.
    pub(super) fn new(text: &str) -> Result<Self, Fault> {
        Ok(Self { lexemes: lex(text)?, at: 0, depth: 0, parameters: 0, selected_call: None })
    }

    /// The token that is read next.
    pub(super) fn peek(&self) -> &Token {
        &self.lexemes[self.at].token
    }

    /// One of the tokens after it.
    fn peek_after(&self, count: usize) -> &Token {
        self.lexemes.get(self.at + count).map_or(&Token::End, |lexeme| &lexeme.token)
    }

    /// Where the next token stands.
    pub(super) fn span(&self) -> Span {
        self.lexemes[self.at].span
    }

    /// Reads a token. The end is never passed.
    pub(super) fn advance(&mut self) -> Token {
        let next = (self.at + 1).min(self.lexemes.len() - 1);
        let token = self.lexemes[self.at].token.clone();
        self.at = next;
        token
    }

    /// Whether a keyword is read next.
    pub(super) fn sees(&self, keyword: &str) -> bool {
        matches!(self.peek(), Token::Keyword(found) if *found == keyword)
    }

    /// Reads a keyword if it is this one.
    pub(super) fn eat(&mut self, keyword: &str) -> bool {
        let found = self.sees(keyword);
        if found {
            self.advance();
        }
        found
    }

    /// Reads a symbol if it is this one.
    pub(super) fn eat_symbol(&mut self, symbol: &'static str) -> bool {
        let found = *self.peek() == Token::Symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    /// Reads a symbol, which must be this one.
    pub(super) fn expect_symbol(&mut self, symbol: &'static str, reason: &str) -> Result<(), Fault> {
        if self.eat_symbol(symbol) { Ok(()) } else { Err(self.refuse(reason)) }
    }

    /// The refusal of the next token.
    pub(super) fn refuse(&self, reason: &str) -> Fault {
        malformed(reason, self.span())
    }

    /// Whether nothing is left but a semicolon.
    fn is_over(&self) -> bool {
        match self.peek() {
            Token::End => true,
            Token::Symbol(";") => *self.peek_after(1) == Token::End,
            _ => false,
        }
    }

    /// Ends at the end of the text.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        if self.eat_symbol(";") {
            let more = *self.peek() != Token::End;
            let reason = "Unexpected token after semicolon. (Only one query is allowed.)";
            return if more { Err(self.refuse(reason)) } else { Ok(()) };
        }
        match self.peek() {
            Token::End => Ok(()),
            _ => Err(self.refuse("Unexpected token after expression")),
        }
    }

    /// Reads an expression whose operators bind more strongly than so.
    pub(super) fn expression(&mut self, strength: u8) -> Result<Expression, Fault> {
        if self.depth >= DEPTH_MAX {
            return Err(self.refuse(""));
        }
        self.depth += 1;
        let mut expression = self.unary()?;
        let mut chained = 0;
        while let Some((operator, binds)) = self.operator().filter(|(_, binds)| *binds > strength) {
            // A chain of AND or OR is one expression of many operands, any other stands in itself.
            chained += usize::from(!matches!(operator, Operator::Infix(Infix::And | Infix::Or)));
            if self.depth + chained > DEPTH_MAX {
                return Err(self.refuse(""));
            }
            expression = self.operation(expression, operator, binds)?;
        }
        self.depth -= 1;
        Ok(expression)
    }

    /// The operator that is read next, if it is one, with how strongly it binds.
    fn operator(&self) -> Option<(Operator, u8)> {
        let word = match self.peek() {
            Token::Keyword("not") => match self.peek_after(1) {
                Token::Keyword("in") => return Some((Operator::In(true), EQUALITY)),
                Token::Keyword("between") => return Some((Operator::Between(true), COMPARISON)),
                _ => return None,
            },
            Token::Keyword("is") => {
                let negated = *self.peek_after(1) == Token::Keyword("not");
                return Some((Operator::Is(negated), EQUALITY));
            }
            Token::Keyword("in") => return Some((Operator::In(false), EQUALITY)),
            Token::Keyword("between") => return Some((Operator::Between(false), COMPARISON)),
            Token::Keyword(word) | Token::Symbol(word) => *word,
            _ => return None,
        };
        let (_, infix, binds) = Infix::ALL.iter().find(|(text, _, _)| *text == word)?;
        Some((Operator::Infix(*infix), *binds))
    }

    /// Reads an operator and what stands right of it.
    fn operation(&mut self, left: Expression, operator: Operator, binds: u8) -> Result<Expression, Fault> {
        let span = left.span;
        self.advance();
        if operator.is_negated() {
            self.advance();
        }
        let kind = match operator {
            Operator::Is(negated) => Kind::Is(negated, Box::new(left), self.type_name()?),
            Operator::In(negated) => {
                let choices = self.choices(binds)?;
                Kind::In(negated, Box::new([left, choices]))
            }
            Operator::Between(negated) => {
                let low = self.right(binds)?;
                if !self.eat("and") {
                    return Err(self.refuse("Expected AND keyword"));
                }
                if self.is_over() {
                    return Err(self.refuse("Expected expression after AND"));
                }
                let high = self.expression(binds)?;
                Kind::Between(negated, Box::new([left, low, high]))
            }
            Operator::Infix(infix) => joined(infix, left, self.right(binds)?),
        };
        Ok(Expression { kind, span })
    }

    /// Reads what stands right of an operator.
    fn right(&mut self, binds: u8) -> Result<Expression, Fault> {
        if *self.peek() == Token::End {
            return Err(self.refuse("Missing right-hand side expression of infix operator"));
        }
        self.expression(binds)
    }

    /// Reads what `IN` chooses from: in parentheses several, unless a query stands in them.
    fn choices(&mut self, binds: u8) -> Result<Expression, Fault> {
        let query = *self.peek_after(1) == Token::Keyword("select");
        if *self.peek() != Token::Symbol("(") || query {
            return self.right(binds);
        }
        let span = self.span();
        self.advance();
        let kind = Kind::List(self.list(")", "Expected RIGHT_PAREN")?);
        Ok(Expression { kind, span })
    }

    fn type_name(&mut self) -> Result<super::keyword::TypeName, Fault> {
        let found = match self.peek() {
            Token::Keyword(word) => type_name(word),
            _ => None,
        };
        let found = found.ok_or_else(|| self.refuse("Expected type name"))?;
        self.advance();
        Ok(found)
    }

    /// Reads a term and the signs before it. Numbers have their sign in them.
    fn unary(&mut self) -> Result<Expression, Fault> {
        let span = self.span();
        if self.eat("not") {
            let negated = self.expression(NEGATION)?;
            return Ok(Expression { kind: Kind::Not(Box::new(negated)), span });
        }
        let mut negative = false;
        let mut signed = false;
        while let Token::Symbol(sign @ ("+" | "-")) = *self.peek() {
            negative ^= sign == "-";
            signed = true;
            self.advance();
        }
        let term = self.path()?;
        match term.kind {
            Kind::Number(text) if negative => Ok(Expression { kind: Kind::Number(opposite(&text)), span }),
            Kind::Number(_) => Ok(Expression { span, ..term }),
            _ if signed => {
                let zero = Expression { kind: Kind::Number("0".to_owned()), span };
                let infix = if negative { Infix::Minus } else { Infix::Plus };
                Ok(Expression { kind: joined(infix, zero, term), span })
            }
            _ => Ok(term),
        }
    }

    /// Reads a term and the steps behind it.
    fn path(&mut self) -> Result<Expression, Fault> {
        let term = self.term()?;
        let span = term.span;
        let steps = self.steps()?;
        if steps.is_empty() {
            return Ok(term);
        }
        Ok(Expression { kind: Kind::Path(Box::new(term), steps), span })
    }

    /// Reads a name and the steps behind it.
    pub(super) fn simple_path(&mut self) -> Result<Expression, Fault> {
        if !matches!(self.peek(), Token::Name(_) | Token::Quoted(_)) {
            return Err(self.refuse("Expected identifier for simple path"));
        }
        self.path()
    }

    fn steps(&mut self) -> Result<Vec<Step>, Fault> {
        let mut steps = Vec::new();
        loop {
            if self.eat_symbol(".") {
                let span = self.span();
                steps.push(match self.peek() {
                    Token::Name(_) | Token::Quoted(_) => Step::Name(text_of(self.advance())),
                    Token::Symbol("*") => {
                        self.advance();
                        Step::Any(span)
                    }
                    _ => return Err(self.refuse("Invalid path dot component")),
                });
            } else if self.eat_symbol("[") {
                let span = self.span();
                let any = self.eat_symbol("*");
                steps.push(if any { Step::Any(span) } else { Step::Index(self.expression(0)?) });
                self.expect_symbol("]", "Expected RIGHT_BRACKET")?;
            } else {
                return Ok(steps);
            }
        }
    }

    fn term(&mut self) -> Result<Expression, Fault> {
        let span = self.span();
        let kind = match self.peek() {
            Token::Keyword(word) => {
                let word = *word;
                return self.keyword_term(word);
            }
            Token::Name(_) | Token::Quoted(_) => {
                let name = text_of(self.advance());
                if self.eat_symbol("(") { self.call(&name)? } else { Kind::Name(name) }
            }
            Token::Text(_) => Kind::Text(text_of(self.advance())),
            Token::Number(_) => Kind::Number(text_of(self.advance())),
            Token::Ion(_) => Kind::Ion(text_of(self.advance())),
            Token::Parameter => {
                self.advance();
                self.parameters += 1;
                Kind::Parameter(self.parameters - 1)
            }
            Token::Symbol(symbol) => {
                let symbol = *symbol;
                return self.bracketed(symbol);
            }
            Token::End => return Err(self.refuse("Unexpected term")),
        };
        Ok(Expression { kind, span })
    }

    fn keyword_term(&mut self, word: &'static str) -> Result<Expression, Fault> {
        let span = self.span();
        let kind = match word {
            "null" => Kind::Null,
            "missing" => Kind::Missing,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "case" => return self.case(),
            "select" => Kind::Select(Box::new(self.select()?)),
            _ if FUNCTIONS.contains(&word) && *self.peek_after(1) == Token::Symbol("(") => {
                self.advance();
                self.advance();
                self.call(word)?
            }
            _ => return Err(self.refuse("Unexpected keyword")),
        };
        if matches!(kind, Kind::Null | Kind::Missing | Kind::Bool(_)) {
            self.advance();
        }
        Ok(Expression { kind, span })
    }

    fn bracketed(&mut self, symbol: &'static str) -> Result<Expression, Fault> {
        let span = self.span();
        if !matches!(symbol, "(" | "[" | "{" | "<<") {
            let operator = Infix::ALL.iter().any(|(text, _, _)| *text == symbol) || symbol == "@";
            return Err(self.refuse(if operator { "Unexpected operator" } else { "Unexpected term" }));
        }
        self.advance();
        let kind = match symbol {
            "[" => Kind::List(self.list("]", "Expected RIGHT_BRACKET")?),
            "<<" => Kind::Bag(self.list(">>", "Expected RIGHT_DOUBLE_ANGLE_BRACKET")?),
            "{" => self.map()?,
            _ => return self.group(span),
        };
        Ok(Expression { kind, span })
    }

    /// Reads what stands in parentheses: an expression, or several, which are a list.
    fn group(&mut self, span: Span) -> Result<Expression, Fault> {
        let mut inside = self.list(")", "Expected RIGHT_PAREN")?;
        match inside.pop() {
            None => Err(self.refuse("Expression group cannot be empty")),
            Some(single) if inside.is_empty() => Ok(single),
            Some(last) => {
                inside.push(last);
                Ok(Expression { kind: Kind::List(inside), span })
            }
        }
    }

    /// Reads expressions with commas between them, and what ends them.
    fn list(&mut self, end: &'static str, reason: &str) -> Result<Vec<Expression>, Fault> {
        let mut all = Vec::new();
        if self.eat_symbol(end) {
            return Ok(all);
        }
        loop {
            all.push(self.expression(0)?);
            if !self.eat_symbol(",") {
                break;
            }
        }
        self.expect_symbol(end, reason)?;
        Ok(all)
    }

    fn map(&mut self) -> Result<Kind, Fault> {
        let mut entries = Vec::new();
        if self.eat_symbol("}") {
            return Ok(Kind::Map(entries));
        }
        loop {
            let name = self.expression(0)?;
            self.expect_symbol(":", "Expected COLON")?;
            entries.push((name, self.expression(0)?));
            if !self.eat_symbol(",") {
                break;
            }
        }
        self.expect_symbol("}", "Expected RIGHT_CURLY")?;
        Ok(Kind::Map(entries))
    }

    /// Reads what a function is called with; its parenthesis is open.
    fn call(&mut self, name: &str) -> Result<Kind, Fault> {
        // COUNT(*)
        if *self.peek() == Token::Symbol("*") && *self.peek_after(1) == Token::Symbol(")") {
            self.advance();
        }
        let operands = self.list(")", "Expected RIGHT_PAREN")?;
        Ok(Kind::Call(name.to_ascii_lowercase(), operands))
    }

    /// What is in a `CASE` is read, and then is nothing: it is supported nowhere.
    fn case(&mut self) -> Result<Expression, Fault> {
        let span = self.span();
        self.advance();
        let kind = if self.sees("when") { CaseKind::Searched } else { CaseKind::Simple };
        if kind == CaseKind::Simple {
            self.expression(0)?;
        }
        if !self.sees("when") {
            return Err(self.refuse("Expected a WHEN clause in CASE"));
        }
        while self.eat("when") {
            self.expression(0)?;
            if !self.eat("then") {
                return Err(self.refuse("Expected THEN keyword"));
            }
            self.expression(0)?;
        }
        if self.eat("else") {
            self.expression(0)?;
        }
        if !self.eat("end") {
            return Err(self.refuse("Expected END keyword"));
        }
        Ok(Expression { kind: Kind::Case(kind), span })
    }

    /// Reads a `SELECT`.
    pub(super) fn select(&mut self) -> Result<Select, Fault> {
        self.advance();
        let list = if self.eat_symbol("*") { None } else { Some(self.selected()?) };
        if !self.eat("from") {
            return Err(self.refuse("Expected FROM after SELECT list"));
        }
        let from = self.source()?;
        let condition = self.condition()?;
        let order = if self.eat("order") { self.order()? } else { Vec::new() };
        Ok(Select { list, from, condition, order })
    }

    fn selected(&mut self) -> Result<Vec<Expression>, Fault> {
        let mut all = Vec::new();
        loop {
            if let Token::Keyword(word @ "from") = self.peek() {
                let reason = format!(
                    "Expected identifier or an expression but found unexpected keyword '{word}' in a select list."
                );
                return Err(self.refuse(&reason));
            }
            let selected = self.expression(0)?;
            if matches!(selected.kind, Kind::Call(..)) {
                self.selected_call.get_or_insert(selected.span);
            }
            all.push(selected);
            if !self.eat_symbol(",") {
                return Ok(all);
            }
        }
    }

    /// Reads a condition, if there is one.
    pub(super) fn condition(&mut self) -> Result<Option<Expression>, Fault> {
        if !self.eat("where") {
            return Ok(None);
        }
        self.expression(0).map(Some)
    }

    fn order(&mut self) -> Result<Vec<OrderTerm>, Fault> {
        if !self.eat("by") {
            return Err(self.refuse("Expected BY after ORDER"));
        }
        let mut terms = Vec::new();
        loop {
            let by = self.expression(0)?;
            let descending = self.eat("desc");
            if !descending {
                self.eat("asc");
            }
            // Keys are never null, so that it does not matter where nulls come.
            if self.eat_name("nulls") && !(self.eat_name("first") || self.eat_name("last")) {
                return Err(self.refuse("Expected FIRST OR LAST after NULLS"));
            }
            terms.push(OrderTerm { by, descending });
            if !self.eat_symbol(",") {
                return Ok(terms);
            }
        }
    }

    /// Reads a word, be it a keyword or not.
    fn eat_name(&mut self, word: &str) -> bool {
        let found = match self.peek() {
            Token::Keyword(found) => *found == word,
            Token::Name(found) => found.eq_ignore_ascii_case(word),
            _ => false,
        };
        if found {
            self.advance();
        }
        found
    }

    /// Refuses what is called in what is selected.
    pub(super) fn check_selected(&self) -> Result<(), Fault> {
        self.selected_call.map_or(Ok(()), |span| Err(unexpected_component(span)))
    }
}

/// An operator that stands behind its first operand.
#[derive(Debug, Clone, Copy)]
enum Operator {
    Infix(Infix),
    Between(bool),
    In(bool),
    Is(bool),
}

impl Operator {
    fn is_negated(self) -> bool {
        matches!(self, Self::Between(true) | Self::In(true) | Self::Is(true))
    }
}

/// Two operands with an operator between them; a chain of `AND` or of `OR` is one.
fn joined(infix: Infix, left: Expression, right: Expression) -> Kind {
    let span = left.span;
    match left.kind {
        Kind::Infix(same, mut operands) if same == infix && matches!(infix, Infix::And | Infix::Or) => {
            operands.push(right);
            Kind::Infix(infix, operands)
        }
        kind => Kind::Infix(infix, vec![Expression { kind, span }, right]),
    }
}

/// A number with the other sign.
fn opposite(text: &str) -> String {
    text.strip_prefix('-').map_or_else(|| format!("-{text}"), str::to_owned)
}

/// What a token says.
pub(super) fn text_of(token: Token) -> String {
    match token {
        Token::Name(text) | Token::Quoted(text) | Token::Text(text) | Token::Number(text) | Token::Ion(text) => text,
        Token::Keyword(word) | Token::Symbol(word) => word.to_owned(),
        Token::Parameter | Token::End => String::new(),
    }
}
