//! The grammar of terms: what operators stand between, with the steps of a path behind it. Reasons are the service's.
//! Source: captures of 2026, PartiQL parsing.

use super::fault::Span;
use super::keyword::FUNCTIONS;
use super::lexer::Token;
use super::parser::{Parser, text_of};
use super::tree::{CaseKind, Expression, Infix, Kind, Step};
use crate::expression::Fault;

impl Parser {
    /// Reads a term and the steps behind it.
    pub(super) fn path(&mut self) -> Result<Expression, Fault> {
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
    pub(super) fn list(&mut self, end: &'static str, reason: &str) -> Result<Vec<Expression>, Fault> {
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
