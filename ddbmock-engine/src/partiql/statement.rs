//! A statement that is read: nothing is wrong with it but what its parameters, or the table, may show.

use std::sync::Arc;

use ddbmock_model::{AttributeValue, Item, ReturnValues, Rule, Wording};

use super::fault::Span;
use super::literal::{self, Template, kind_of};
use super::lower::{self, Lowering};
use super::syntax;
use super::tree::{self, Expression, Kind, OrderTerm, Select, StatementTree};
use super::update::{self, SetOperand};
use crate::expression::Fault;
use crate::expression::tree::{ConditionTree, ProjectionTree, UpdateTree};

/// More lists and maps than stand in each other in what is read.
pub(super) const LEVELS_ANY: usize = 256;

/// A statement that is read.
#[derive(Debug)]
pub(crate) struct Statement {
    /// The table, as it is named.
    pub(super) table: String,
    /// The index, if one is named.
    pub(super) index: Option<String>,
    /// What must hold of items.
    pub(super) condition: Option<Arc<ConditionTree>>,
    /// What is done.
    pub(super) deed: DeedTree,
    /// How many question marks it has.
    pub(super) parameters: usize,
    /// Where the values of its trees come from.
    pub(super) sources: Vec<lower::Source>,
    /// The values that it holds, one after the other.
    pub(super) constants: Option<Item>,
    /// Those with question marks in them.
    pub(super) templates: Vec<Template>,
}

/// What a statement does, before it has values.
#[derive(Debug)]
pub(super) enum DeedTree {
    Select { projection: Option<Arc<ProjectionTree>>, order: Vec<OrderTerm> },
    Insert(Template),
    Update { tree: Arc<UpdateTree>, sets: Vec<SetOperand>, returning: ReturnValues },
    Delete(ReturnValues),
    Exists,
}

impl Statement {
    /// The statement of a text.
    ///
    /// # Errors
    /// What is wrong with the text, then with what it is about, then in the order written with what it holds.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let (statement, parameters) = syntax::parse(text)?;
        let mut lowering = Lowering::default();
        let Lowered { from: FromClause { table, index }, condition, deed } =
            lowered(&statement, &mut lowering)?;
        lowering.check_missing()?;
        let lower::Values { sources, constants, templates } = lowering.values;
        let constants = if constants.is_empty() { None } else { Some(packed(&constants)) };
        let condition = condition.map(Arc::new);
        Ok(Self { table, index, condition, deed, parameters, sources, constants, templates })
    }
}

/// Values, one after the other, as the only attribute of an item: all of them are strict already.
pub(super) fn packed(values: &[AttributeValue]) -> Item {
    Item::strict_list(VALUES, values, Wording::Classic, LEVELS_ANY).expect("every value was checked")
}

/// The attribute that values stand in.
pub(super) const VALUES: &str = "v";

/// What a statement is about: a table, or an index of it.
struct FromClause {
    table: String,
    index: Option<String>,
}

/// A statement, without its values.
struct Lowered {
    from: FromClause,
    condition: Option<ConditionTree>,
    deed: DeedTree,
}

fn lowered(statement: &StatementTree, lowering: &mut Lowering) -> Result<Lowered, Fault> {
    match statement {
        StatementTree::Select(select) => {
            let (from, condition, projection) = selected(select, lowering)?;
            let order = select.order.clone();
            if !order.is_empty() && condition.is_none() {
                let text = "Must have WHERE clause in the statement when using ORDER BY clause.";
                return Err(Fault::new(Rule("partiql.order_alone"), text));
            }
            let deed = DeedTree::Select { projection: projection.map(Arc::new), order };
            Ok(Lowered { from, condition, deed })
        }
        StatementTree::Exists(select) => {
            let (from, condition, _) = selected(select, lowering)?;
            Ok(Lowered { from, condition, deed: DeedTree::Exists })
        }
        StatementTree::Insert { into, item } => {
            let from = written(into, insert_into_index)?;
            Ok(Lowered { from, condition: None, deed: DeedTree::Insert(literal::item(item)?) })
        }
        StatementTree::Update { table, edits, condition, returning } => {
            let from = written(table, write_to_index)?;
            let condition = condition_of(condition.as_ref(), lowering)?;
            let (tree, sets) = update::update(lowering, edits)?;
            let deed = DeedTree::Update { tree: Arc::new(tree), sets, returning: *returning };
            Ok(Lowered { from, condition, deed })
        }
        StatementTree::Delete { from, condition, returning } => {
            let from = written(from, write_to_index)?;
            check_returning(*returning)?;
            let condition = condition_of(condition.as_ref(), lowering)?;
            Ok(Lowered { from, condition, deed: DeedTree::Delete(*returning) })
        }
        StatementTree::Edits => Err(not_single()),
        StatementTree::Expression(expression) => Err(no_statement(expression)),
    }
}

type Selected = (FromClause, Option<ConditionTree>, Option<ProjectionTree>);

fn selected(select: &Select, lowering: &mut Lowering) -> Result<Selected, Fault> {
    let ((table, _), index) = names(&select.from)?;
    let from = FromClause { table: table.clone(), index: index.map(|(index, _)| index.clone()) };
    let projection = select.list.as_deref().map(|list| lowering.projection(list)).transpose()?;
    Ok((from, condition_of(select.condition.as_ref(), lowering)?, projection))
}

fn condition_of(
    condition: Option<&Expression>,
    lowering: &mut Lowering,
) -> Result<Option<ConditionTree>, Fault> {
    condition.map(|condition| lowering.condition(condition)).transpose()
}

type Named<'s> = (&'s (String, Span), Option<&'s (String, Span)>);

/// The table and the index that a statement is about.
fn names(source: &tree::Source) -> Result<Named<'_>, Fault> {
    if source.alias {
        return Err(Fault::new(Rule("partiql.alias"), "Aliasing is not supported"));
    }
    match (&source.names[..], source.single) {
        (names, true) if names.iter().any(|(name, _)| name.is_empty()) => Err(literal::empty_component()),
        ([table], true) => Ok((table, None)),
        ([table, index], true) => Ok((table, Some(index))),
        (_, true) => {
            let text = "A path may contain at most 2 components in the FROM clause";
            Err(Fault::new(Rule("partiql.from_components"), text))
        }
        (_, false) => Err(not_single()),
    }
}

fn not_single() -> Fault {
    Fault::new(Rule("partiql.single_source"), "Only select from a single table or index is supported.")
}

/// The table that is written to; `refuse` says what is told of an index, with the place of the table.
fn written(source: &tree::Source, refuse: fn(Span) -> Fault) -> Result<FromClause, Fault> {
    match names(source)? {
        ((table, _), None) => Ok(FromClause { table: table.clone(), index: None }),
        ((_, span), Some(_)) => Err(refuse(*span)),
    }
}

fn insert_into_index(at: Span) -> Fault {
    let text =
        format!("FROM clause may only contain a single table name in data manipulation statements at {at}");
    Fault::new(Rule("partiql.insert_index"), text)
}

fn write_to_index(_: Span) -> Fault {
    Fault::new(Rule("partiql.write_index"), "This operation is not supported on an index")
}

/// What is removed is answered with whole, and as it was.
fn check_returning(returning: ReturnValues) -> Result<(), Fault> {
    let asked = match returning {
        ReturnValues::None | ReturnValues::AllOld => return Ok(()),
        ReturnValues::AllNew => "ALL NEW",
        ReturnValues::UpdatedOld => "MODIFIED OLD",
        ReturnValues::UpdatedNew => "MODIFIED NEW",
    };
    let text = format!(
        "Invalid returning clause: RETURNING {asked} *. Only RETURNING ALL OLD * is allowed in DELETE statements."
    );
    Err(Fault::new(Rule("partiql.returning"), text))
}

/// The refusal of an expression where a statement should be.
fn no_statement(expression: &Expression) -> Fault {
    match &expression.kind {
        Kind::Infix(..)
        | Kind::Not(_)
        | Kind::Between(..)
        | Kind::In(..)
        | Kind::Call(..)
        | Kind::Select(_) => exists_elsewhere(),
        kind => Fault::new(Rule("partiql.operation"), format!("Unsupported operation: {}", kind_of(kind))),
    }
}

/// The refusal of `EXISTS` where it may not be, and of what is taken for it.
pub(super) fn exists_elsewhere() -> Fault {
    let text = "EXISTS can only be used in ExecuteTransaction write requests.";
    Fault::new(Rule("partiql.exists"), text)
}
