//! From a statement as it is written to the trees that expressions become too: conditions, updates, projections.
//!
//! What is refused is found in the order written; then where `MISSING` stands and may not. What is wrong with operands
//! is found once they are bound. Source: captures of 2026, PartiQL.

use ddbmock_model::{AttributeValue, Rule};

use super::fault::{unexpected_component, unrecognized_function, unsupported_token};
use super::keyword::TypeName;
use super::literal::{self, Template, empty_component, kind_of};
use super::tree::{Expression, Infix, Kind, Step};
use crate::expression::Fault;
use crate::expression::tree::{
    Comparator, ConditionTree, Element, Function, INDEX_MAX, Leaves, Name, Node, OPERATORS_MAX, Operand,
    Operator, ProjectionTree, Test, Written, too_many_operators,
};

/// A value of a tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// One that the statement holds, by its place among them.
    Constant(usize),
    /// What a question mark stands for, by its place among them.
    Parameter(usize),
    /// A list or a map with question marks in it, by its place among those.
    Filled(usize),
}

/// Where the values of a statement's trees come from.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Where each comes from.
    pub(super) sources: Vec<Source>,
    /// Those that the statement holds.
    pub(super) constants: Vec<AttributeValue>,
    /// Those with question marks in them.
    pub(super) templates: Vec<Template>,
}

/// What a statement has become so far.
#[derive(Debug, Default)]
pub(super) struct Lowering {
    leaves: Leaves,
    pub(super) values: Values,
    /// Whether `MISSING` stood where it may not.
    missing: bool,
    operators: usize,
}

impl Lowering {
    /// A condition.
    pub(super) fn condition(&mut self, expression: &Expression) -> Result<ConditionTree, Fault> {
        let root = self.node(expression)?;
        if self.operators > OPERATORS_MAX {
            return Err(too_many_operators());
        }
        Ok(ConditionTree { leaves: self.take_leaves(), root })
    }

    /// What is selected.
    pub(super) fn projection(&mut self, list: &[Expression]) -> Result<ProjectionTree, Fault> {
        for selected in list {
            match selected.kind {
                Kind::Name(_) | Kind::Path(..) => self.path(selected)?,
                _ => return Err(unexpected_component(selected.span)),
            };
        }
        Ok(ProjectionTree { leaves: self.take_leaves() })
    }

    /// The paths of a tree that is whole.
    pub(super) fn take_leaves(&mut self) -> Leaves {
        std::mem::take(&mut self.leaves)
    }

    /// Refuses `MISSING` where nothing is compared with it.
    pub(super) fn check_missing(&self) -> Result<(), Fault> {
        if !self.missing {
            return Ok(());
        }
        Err(Fault::new(Rule("partiql.missing"), "MISSING must be compared using IS operator"))
    }

    fn node(&mut self, expression: &Expression) -> Result<Node, Fault> {
        match &expression.kind {
            Kind::Infix(infix @ (Infix::And | Infix::Or), operands) => {
                self.operators += operands.len() - 1;
                let nodes = operands.iter().map(|operand| self.node(operand)).collect::<Result<_, _>>()?;
                Ok(if *infix == Infix::And { Node::All(nodes) } else { Node::Any(nodes) })
            }
            Kind::Not(negated) => {
                self.operators += 1;
                Ok(Node::Not(Box::new(self.node(negated)?)))
            }
            Kind::Infix(infix, operands) => {
                let comparator = comparator(*infix).ok_or_else(|| unsupported_operator(*infix))?;
                self.test(Operator::Compare(comparator), operands).map(Node::Test)
            }
            Kind::Between(negated, operands) => {
                let test = self.test(Operator::Between, &operands[..])?;
                Ok(self.negated(*negated, test))
            }
            Kind::In(negated, operands) => {
                let test = self.membership(operands)?;
                Ok(self.negated(*negated, test))
            }
            Kind::Is(negated, operand, name) => {
                let test = self.is(operand, *name)?;
                Ok(self.negated(*negated, test))
            }
            Kind::Call(name, operands) => match self.call(expression, name, operands)? {
                Test { operator: Operator::Function(Function::Size), .. } => Err(not_boolean()),
                test => Ok(Node::Test(test)),
            },
            _ => {
                self.operand(expression)?;
                Err(not_boolean())
            }
        }
    }

    /// Whether an operand is one of several.
    fn membership(&mut self, [first, choices]: &[Expression; 2]) -> Result<Test, Fault> {
        self.operators += 1;
        let mut all = vec![self.operand(first)?];
        let Kind::List(choices) = &choices.kind else {
            return Err(unsupported_token(kind_of(&choices.kind), choices.span));
        };
        for choice in choices {
            all.push(self.operand(choice)?);
        }
        Ok(Test { operator: Operator::In, operands: all })
    }

    /// A test, or that it fails, which counts as an operator of its own.
    fn negated(&mut self, negated: bool, test: Test) -> Node {
        if !negated {
            return Node::Test(test);
        }
        self.operators += 1;
        Node::Not(Box::new(Node::Test(test)))
    }

    fn test(&mut self, operator: Operator, operands: &[Expression]) -> Result<Test, Fault> {
        self.operators += 1;
        let operands = operands.iter().map(|operand| self.operand(operand)).collect::<Result<_, _>>()?;
        Ok(Test { operator, operands })
    }

    fn is(&mut self, expression: &Expression, name: TypeName) -> Result<Test, Fault> {
        self.operators += 1;
        let operand = self.operand(expression)?;
        match name {
            TypeName::Missing => {
                let operator = Operator::Function(Function::AttributeNotExists);
                Ok(Test { operator, operands: vec![operand] })
            }
            TypeName::Of(name) => {
                let name = Operand::Value(self.constant(AttributeValue::S(name.to_owned())));
                Ok(Test {
                    operator: Operator::Function(Function::AttributeType),
                    operands: vec![operand, name],
                })
            }
            TypeName::Other(name) => {
                let text = format!(
                    "Unsupported data type for IS operator: {name}. Supported data types are [MISSING, NULL, BOOLEAN, \
                     BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST] at {}",
                    expression.span
                );
                Err(Fault::new(Rule("partiql.is_type"), text))
            }
        }
    }

    fn call(&mut self, call: &Expression, name: &str, operands: &[Expression]) -> Result<Test, Fault> {
        if let Some(Kind::Select(_)) = operands.first().map(|operand| &operand.kind) {
            return Err(unsupported_token("SELECT", operands[0].span));
        }
        let function = Function::named(name).ok_or_else(|| unrecognized_function(name, call.span))?;
        self.test(Operator::Function(function), operands)
    }

    fn operand(&mut self, expression: &Expression) -> Result<Operand, Fault> {
        match &expression.kind {
            Kind::Name(_) | Kind::Path(..) => Ok(Operand::Path(self.path(expression)?)),
            Kind::Missing => Ok(Operand::Value(self.misplaced_missing())),
            Kind::Call(name, operands) => Ok(Operand::Call(self.call(expression, name, operands)?)),
            Kind::Infix(infix, _) => Err(unsupported_operator(*infix)),
            Kind::Select(_) => Err(unsupported_token("SELECT", expression.span)),
            Kind::Not(_) | Kind::Between(..) | Kind::In(..) | Kind::Is(..) | Kind::Case(_) => {
                Err(unsupported_token(kind_of(&expression.kind), expression.span))
            }
            _ => self.value(expression).map(Operand::Value),
        }
    }

    /// A value that is no path, by its place.
    pub(super) fn operand_value(&mut self, expression: &Expression) -> Result<usize, Fault> {
        match expression.kind {
            Kind::Missing => Ok(self.misplaced_missing()),
            _ => self.value(expression),
        }
    }

    fn misplaced_missing(&mut self) -> usize {
        self.missing = true;
        self.constant(AttributeValue::Null(true))
    }

    /// A value, by its place.
    pub(super) fn value(&mut self, expression: &Expression) -> Result<usize, Fault> {
        Ok(self.template(literal::value(expression)?))
    }

    /// A value that is read, by its place.
    pub(super) fn template(&mut self, template: Template) -> usize {
        match template {
            Template::Value(value) => self.constant(value),
            Template::Parameter(place) => self.source(Source::Parameter(place)),
            filled => {
                self.values.templates.push(filled);
                self.source(Source::Filled(self.values.templates.len() - 1))
            }
        }
    }

    fn constant(&mut self, value: AttributeValue) -> usize {
        self.values.constants.push(value);
        self.source(Source::Constant(self.values.constants.len() - 1))
    }

    fn source(&mut self, source: Source) -> usize {
        self.values.sources.push(source);
        self.values.sources.len() - 1
    }

    /// A path, by its place.
    pub(super) fn path(&mut self, expression: &Expression) -> Result<usize, Fault> {
        self.leaves.paths.push(written(expression)?);
        Ok(self.leaves.paths.len() - 1)
    }
}

/// The path that an expression is.
pub(super) fn written(expression: &Expression) -> Result<Written, Fault> {
    match &expression.kind {
        Kind::Name(name) => Ok(Written { head: name_of(name)?, rest: Vec::new() }),
        Kind::Path(head, steps) => {
            let Kind::Name(name) = &head.kind else {
                return Err(unexpected_component(expression.span));
            };
            let head = name_of(name)?;
            Ok(Written { head, rest: steps.iter().map(element).collect::<Result<_, _>>()? })
        }
        _ => Err(unexpected_component(expression.span)),
    }
}

fn name_of(name: &str) -> Result<Name, Fault> {
    if name.is_empty() { Err(empty_component()) } else { Ok(Name::Literal(name.into())) }
}

fn element(step: &Step) -> Result<Element, Fault> {
    match step {
        Step::Name(name) => name_of(name).map(Element::Name),
        Step::Index(index) => match &index.kind {
            Kind::Number(digits) => {
                let index_in_range = digits.parse().ok().filter(|place| *place <= INDEX_MAX);
                index_in_range.map(Element::Index).ok_or_else(|| unexpected_component(index.span))
            }
            _ => Err(unexpected_component(index.span)),
        },
        Step::Any(span) => Err(unexpected_component(*span)),
    }
}

fn comparator(infix: Infix) -> Option<Comparator> {
    Some(match infix {
        Infix::Equal => Comparator::Equal,
        Infix::NotEqual => Comparator::NotEqual,
        Infix::Less => Comparator::Less,
        Infix::LessOrEqual => Comparator::LessOrEqual,
        Infix::Greater => Comparator::Greater,
        Infix::GreaterOrEqual => Comparator::GreaterOrEqual,
        _ => return None,
    })
}

fn not_boolean() -> Fault {
    let text = "WHERE clause must contain an expression that resolves to a boolean";
    Fault::new(Rule("partiql.not_boolean"), text)
}

fn unsupported_operator(infix: Infix) -> Fault {
    let text = format!(
        "Unsupported operator in Condition Expression. Operator: {}",
        infix.text().to_ascii_uppercase()
    );
    Fault::new(Rule("partiql.operator"), text)
}
