//! The grammar of updates. It recurses into function calls only, so deep at most.

use ddbmock_model::Wording;

use super::tree::{Action, Clause, Edit, Operator, Term, UpdateTree};
use crate::expression::fault::{Fault, Kind};
use crate::expression::finding::Finding;
use crate::expression::lexer::{Comparator, Keyword, Token};
use crate::expression::parser::{Parser, too_many_operators};

/// The functions that only conditions have.
const CONDITION_FUNCTIONS: [&str; 6] =
    ["attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"];

/// Reads an update.
pub(super) fn parse(text: &str, wording: Wording) -> Result<UpdateTree, Fault> {
    let mut syntax = Syntax { parser: Parser::new(text, Kind::Update, wording)? };
    let mut actions = Vec::new();
    let mut clauses = Vec::new();
    loop {
        let clause = syntax.clause()?;
        if clauses.contains(&clause) {
            syntax.parser.note(Finding::Section(clause.text()));
        }
        clauses.push(clause);
        actions.push(syntax.action(clause)?);
        while syntax.parser.eat(Token::Comma) {
            actions.push(syntax.action(clause)?);
        }
        if syntax.parser.peek() == Token::End {
            break;
        }
    }
    Ok(UpdateTree { leaves: syntax.parser.finish()?, actions })
}

struct Syntax<'t> {
    parser: Parser<'t>,
}

impl Syntax<'_> {
    fn clause(&mut self) -> Result<Clause, Fault> {
        let clause = match self.parser.peek() {
            Token::Keyword(Keyword::Set) => Clause::Set,
            Token::Keyword(Keyword::Remove) => Clause::Remove,
            Token::Keyword(Keyword::Add) => Clause::Add,
            Token::Keyword(Keyword::Delete) => Clause::Delete,
            _ => return Err(self.parser.unexpected()),
        };
        self.parser.advance();
        Ok(clause)
    }

    fn action(&mut self, clause: Clause) -> Result<Action, Fault> {
        let target = self.parser.path()?;
        let edit = match clause {
            Clause::Set => {
                self.parser.expect(Token::Comparator(Comparator::Equal))?;
                Edit::Set(self.written()?)
            }
            Clause::Remove => Edit::Remove,
            Clause::Add => Edit::Add(self.parser.value()?),
            Clause::Delete => Edit::Delete(self.parser.value()?),
        };
        Ok(Action { target, edit })
    }

    /// What SET writes: an operand, or two with an operator between them, or either in parentheses.
    fn written(&mut self) -> Result<Term, Fault> {
        if !self.parser.eat(Token::Open) {
            let left = self.operand()?;
            return self.sum(left);
        }
        let doubled = self.parser.peek() == Token::Open;
        let left = self.operand()?;
        let inner = self.sum(left)?;
        self.parser.expect(Token::Close)?;
        // Parentheses around one operand may be that operand's own, and an operator may follow.
        match inner {
            Term::Operation(Operator::Plus | Operator::Minus, _) => Ok(inner),
            _ if doubled => Ok(inner),
            operand => self.sum(operand),
        }
    }

    fn sum(&mut self, left: Term) -> Result<Term, Fault> {
        let operator = match self.parser.peek() {
            Token::Plus => Operator::Plus,
            Token::Minus => Operator::Minus,
            _ => return Ok(left),
        };
        self.parser.advance();
        self.parser.count_operator()?;
        Ok(Term::Operation(operator, vec![left, self.operand()?]))
    }

    fn operand(&mut self) -> Result<Term, Fault> {
        if !self.parser.eat(Token::Open) {
            return self.bare_operand();
        }
        let operand = self.bare_operand()?;
        self.parser.expect(Token::Close)?;
        Ok(operand)
    }

    fn bare_operand(&mut self) -> Result<Term, Fault> {
        match self.parser.peek() {
            Token::ValuePlaceholder => Ok(Term::Value(self.parser.value()?)),
            Token::Name if self.parser.peek_second() == Token::Open => self.call(),
            _ => Ok(Term::Path(self.parser.path()?)),
        }
    }

    fn call(&mut self) -> Result<Term, Fault> {
        self.parser.count_operator()?;
        let name = self.parser.advance();
        let function = Operator::function(name).unwrap_or_else(|| {
            self.parser.note(unknown(name));
            Operator::IfNotExists
        });
        self.parser.enter(too_many_operators)?;
        self.parser.expect(Token::Open)?;
        let mut operands = vec![self.operand()?];
        while self.parser.eat(Token::Comma) {
            operands.push(self.operand()?);
        }
        self.parser.expect(Token::Close)?;
        self.parser.leave();
        Ok(Term::Operation(function, operands))
    }
}

/// A function that no update has. Not captured for those of conditions.
fn unknown(name: &str) -> Finding {
    if CONDITION_FUNCTIONS.contains(&name) {
        return Finding::Foreign { name: name.to_owned(), expression: "an update" };
    }
    Finding::Function { name: name.to_owned(), known: Operator::FUNCTIONS }
}
