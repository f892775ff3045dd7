//! The grammar of conditions.
//!
//! After an opening parenthesis an operand and a condition look alike until a comparator is seen: a [`Part`] is
//! either. Conditions are read without recursion, operands with a bounded one.

use ddbmock_model::Wording;

use super::tree::{ConditionTree, Function, Node, Operand, Operator, Test};
use crate::expression::fault::{Fault, Kind};
use crate::expression::finding::Finding;
use crate::expression::lexer::{Keyword, Token};
use crate::expression::parser::{Parser, redundant_parentheses, too_many_operators};

/// More parentheses around one place than any sound condition has: each stands for one of 300 operators, or for one
/// element of a path.
const DEPTH_MAX: usize = 340;

/// The functions that only updates have.
const UPDATE_FUNCTIONS: [&str; 2] = ["if_not_exists", "list_append"];

/// Reads a condition.
pub(super) fn parse(kind: Kind, text: &str, wording: Wording) -> Result<ConditionTree, Fault> {
    let parser = Parser::new(text, kind, wording)?;
    let mut syntax = Syntax { parser, level: Level::default(), outer: Vec::new(), last_group: None };
    match syntax.condition() {
        Ok(root) => Ok(ConditionTree { leaves: syntax.parser.finish()?, root }),
        Err(error) => Err(syntax.parser.parentheses_before(error)),
    }
}

/// What stands between two operators or two parentheses.
enum Part {
    Operand(Operand),
    Condition(Node),
}

/// What is read so far since a parenthesis was opened.
#[derive(Default)]
struct Level {
    /// The place of the parenthesis among the tokens.
    start: usize,
    /// The alternatives before the last OR.
    any: Vec<Node>,
    /// What stands before the last AND since then.
    all: Vec<Node>,
    /// Whether NOT stands before what is read next.
    negated: bool,
}

impl Level {
    fn is_empty(&self) -> bool {
        self.any.is_empty() && self.all.is_empty() && !self.negated
    }

    fn and(&mut self, node: Node) {
        let negated = std::mem::take(&mut self.negated);
        self.all.push(if negated { Node::Not(Box::new(node)) } else { node });
    }

    fn or(&mut self) {
        let all = std::mem::take(&mut self.all);
        self.any.push(one_or(all, Node::All));
    }
}

/// A node alone, or several together.
fn one_or(mut nodes: Vec<Node>, together: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(node) if nodes.is_empty() => node,
        last => {
            nodes.extend(last);
            together(nodes)
        }
    }
}

struct Syntax<'t> {
    parser: Parser<'t>,
    level: Level,
    /// The levels around this one, outermost first.
    outer: Vec<Level>,
    /// The tokens between which the last parentheses stood that were closed.
    last_group: Option<(usize, usize)>,
}

impl Syntax<'_> {
    fn condition(&mut self) -> Result<Node, Fault> {
        loop {
            let part = self.first()?;
            let part = self.climbed(part)?;
            match self.parser.peek() {
                Token::Keyword(keyword @ (Keyword::And | Keyword::Or)) => self.join(part, keyword)?,
                _ => return self.node(part),
            }
        }
    }

    /// What a part is, or is the end of, once the parentheses are closed that end behind it.
    fn climbed(&mut self, mut part: Part) -> Result<Part, Fault> {
        while !matches!(self.parser.peek(), Token::Keyword(Keyword::And | Keyword::Or)) {
            part = self.whole(part)?;
            let Some(outer) = self.outer.pop() else {
                break;
            };
            let inner = std::mem::replace(&mut self.level, outer);
            part = self.closed(inner.start, part)?;
        }
        Ok(part)
    }

    /// Reads up to the first operand, through NOT and opening parentheses.
    fn first(&mut self) -> Result<Part, Fault> {
        loop {
            if !self.level.negated && self.parser.eat_keyword(Keyword::Not) {
                self.parser.count_operator()?;
                self.level.negated = true;
            }
            if self.parser.peek() != Token::Open {
                let operand = self.operand()?;
                return self.test(operand);
            }
            if self.outer.len() >= DEPTH_MAX {
                return Err(self.parser.too_deep(redundant_parentheses));
            }
            let level = Level { start: self.parser.at(), ..Level::default() };
            self.outer.push(std::mem::replace(&mut self.level, level));
            self.parser.advance();
        }
    }

    /// Takes a part that AND or OR follows into the level.
    fn join(&mut self, part: Part, keyword: Keyword) -> Result<(), Fault> {
        let node = self.node(part)?;
        self.parser.advance();
        self.parser.count_operator()?;
        self.level.and(node);
        if keyword == Keyword::Or {
            self.level.or();
        }
        Ok(())
    }

    /// All of a level, of which this is the last part.
    fn whole(&mut self, part: Part) -> Result<Part, Fault> {
        if self.level.is_empty() {
            return Ok(part);
        }
        let node = self.node(part)?;
        self.level.and(node);
        self.level.or();
        Ok(Part::Condition(one_or(std::mem::take(&mut self.level.any), Node::Any)))
    }

    /// What parentheses hold, once they are closed, and what follows if that belongs to it.
    fn closed(&mut self, start: usize, part: Part) -> Result<Part, Fault> {
        self.close(start)?;
        match part {
            Part::Condition(_) => Ok(part),
            Part::Operand(operand) => {
                self.extend(&operand)?;
                self.test(operand)
            }
        }
    }

    /// A part that must be a condition: of operands only the functions are, and of those not `size`.
    fn node(&mut self, part: Part) -> Result<Node, Fault> {
        match part {
            Part::Condition(node) => Ok(node),
            Part::Operand(Operand::Call(test)) => {
                if test.operator == Operator::Function(Function::Size) {
                    self.parser.note(Finding::Misused(test.operator.text()));
                }
                Ok(Node::Test(test))
            }
            Part::Operand(Operand::Path(_) | Operand::Value(_)) => Err(self.parser.unexpected()),
        }
    }

    /// Parentheses that hold nothing but parentheses are redundant.
    fn close(&mut self, start: usize) -> Result<(), Fault> {
        let end = self.parser.at();
        self.parser.expect(Token::Close)?;
        if self.last_group == Some((start + 1, end - 1)) {
            self.parser.note(Finding::Parentheses);
        }
        self.last_group = Some((start, end));
        Ok(())
    }

    /// A path in parentheses may go on behind them.
    fn extend(&mut self, operand: &Operand) -> Result<(), Fault> {
        match operand {
            Operand::Path(path) => self.parser.extend(*path),
            Operand::Value(_) | Operand::Call(_) => Ok(()),
        }
    }

    /// What follows an operand, if it is a test of that operand.
    fn test(&mut self, left: Operand) -> Result<Part, Fault> {
        let operator = match self.parser.peek() {
            Token::Comparator(comparator) => Operator::Compare(comparator),
            Token::Keyword(Keyword::Between) => Operator::Between,
            Token::Keyword(Keyword::In) => Operator::In,
            _ => return Ok(Part::Operand(left)),
        };
        self.parser.advance();
        self.parser.count_operator()?;
        self.note_misused(&left);
        let mut operands = vec![left];
        match operator {
            Operator::Between => operands.extend(self.bounds()?),
            Operator::In => operands.extend(self.list()?),
            Operator::Compare(_) | Operator::Function(_) => operands.push(self.value_operand()?),
        }
        Ok(Part::Condition(Node::Test(Test { operator, operands })))
    }

    fn bounds(&mut self) -> Result<[Operand; 2], Fault> {
        let lower = self.value_operand()?;
        self.parser.expect(Token::Keyword(Keyword::And))?;
        Ok([lower, self.value_operand()?])
    }

    /// One operand or more, in parentheses.
    fn list(&mut self) -> Result<Vec<Operand>, Fault> {
        self.parser.expect(Token::Open)?;
        let mut operands = vec![self.value_operand()?];
        while self.parser.eat(Token::Comma) {
            operands.push(self.value_operand()?);
        }
        self.parser.expect(Token::Close)?;
        Ok(operands)
    }

    /// An operand that must have a value: of functions only `size` has one.
    fn value_operand(&mut self) -> Result<Operand, Fault> {
        let operand = self.operand()?;
        self.note_misused(&operand);
        Ok(operand)
    }

    fn note_misused(&mut self, operand: &Operand) {
        if let Operand::Call(test) = operand
            && test.operator != Operator::Function(Function::Size)
        {
            self.parser.note(Finding::Misused(test.operator.text()));
        }
    }

    fn operand(&mut self) -> Result<Operand, Fault> {
        match self.parser.peek() {
            Token::Open => self.operand_group(),
            Token::ValuePlaceholder => Ok(Operand::Value(self.parser.value()?)),
            Token::Name if self.parser.peek_second() == Token::Open => self.call(),
            _ => Ok(Operand::Path(self.parser.path()?)),
        }
    }

    fn operand_group(&mut self) -> Result<Operand, Fault> {
        let start = self.parser.at();
        self.parser.enter(redundant_parentheses)?;
        self.parser.expect(Token::Open)?;
        let operand = self.operand()?;
        self.close(start)?;
        self.parser.leave();
        self.extend(&operand)?;
        Ok(operand)
    }

    fn call(&mut self) -> Result<Operand, Fault> {
        self.parser.count_operator()?;
        let name = self.parser.advance();
        let function = Function::named(name).unwrap_or_else(|| {
            self.parser.note(unknown(name));
            Function::Size
        });
        self.parser.enter(too_many_operators)?;
        let operands = self.list()?;
        self.parser.leave();
        Ok(Operand::Call(Test { operator: Operator::Function(function), operands }))
    }
}

/// A function that no condition has. Not captured for those of updates.
fn unknown(name: &str) -> Finding {
    if UPDATE_FUNCTIONS.contains(&name) {
        return Finding::Foreign { name: name.to_owned(), expression: "a condition" };
    }
    Finding::Function { name: name.to_owned(), known: Function::NAMES }
}
