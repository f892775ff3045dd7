//! The grammar of expressions: operators by how strongly they bind, terms, paths.
//!
//! How deep expressions stand in each other is bounded before anything recurses. Reasons are the service's. Source:
//! captures of 2026, PartiQL parsing.

use super::fault::Span;
use super::keyword::{FUNCTIONS, TypeName, type_name};
use super::lexer::Token;
use super::parser::{Parser, text_of};
use super::tree::{COMPARISON, CaseKind, EQUALITY, Expression, Infix, Kind, NEGATION, Step};
use crate::expression::Fault;

/// How deep expressions may stand in each other. No value that can be stored is nested so deep.
const DEPTH_MAX: usize = 96;

impl Parser {
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

    fn type_name(&mut self) -> Result<TypeName, Fault> {
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
                steps.push(self.dot_step()?);
            } else if self.eat_symbol("[") {
                steps.push(self.index_step()?);
            } else {
                return Ok(steps);
            }
        }
    }

    fn dot_step(&mut self) -> Result<Step, Fault> {
        let span = self.span();
        match self.peek() {
            Token::Name(_) | Token::Quoted(_) => Ok(Step::Name(text_of(self.advance()))),
            Token::Symbol("*") => {
                self.advance();
                Ok(Step::Any(span))
            }
            _ => Err(self.refuse("Invalid path dot component")),
        }
    }

    fn index_step(&mut self) -> Result<Step, Fault> {
        let span = self.span();
        let step = if self.eat_symbol("*") { Step::Any(span) } else { Step::Index(self.expression(0)?) };
        self.expect_symbol("]", "Expected RIGHT_BRACKET")?;
        Ok(step)
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
            // Changes of what is read stand nowhere but at the beginning, and yet are read.
            "from" => {
                self.from()?;
                return Err(self.refuse("Unexpected keyword"));
            }
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
