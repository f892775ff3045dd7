//! The grammar of expressions: operators, by how strongly they bind, around terms.
//!
//! How deep expressions stand in each other is bounded before anything recurses. Reasons are the service's. Source:
//! captures of 2026, PartiQL parsing.

use super::keyword::{TypeName, type_name};
use super::lexer::Token;
use super::parser::Parser;
use super::tree::{COMPARISON, EQUALITY, Expression, Infix, Kind, NEGATION};
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
