//! A statement with its parameters.

use std::sync::Arc;

use ddbmock_model::{AttributeValue, Caller, Error, Item, LEVELS_MAX, ReturnValues, Rule, Value};

use super::literal::Template;
use super::lower::Source;
use super::statement::{self, DeedTree, LEVELS_ANY, Statement, VALUES, packed};
use super::tree::OrderTerm;
use crate::check::{Voice, check_item_size, strict_list, strict_within};
use crate::expression::{Condition, Projection, Update};
use crate::simulation::Simulation;

/// How many maps and lists may stand around a value of a parameter, the list of all of them included: one more than
/// elsewhere. Source: captures of 2026, nesting.
const PARAMETER_LEVELS_MAX: usize = LEVELS_MAX + 2;

/// The parameters of a statement, which are in order.
#[derive(Debug)]
pub(crate) struct Parameters<'r> {
    sent: &'r [AttributeValue],
    /// All of them, one after the other.
    strict: Option<Item>,
}

impl<'r> Parameters<'r> {
    /// Parameters, used or not.
    ///
    /// # Errors
    /// What is wrong with a value.
    pub(crate) fn strict(sent: Option<&'r [AttributeValue]>) -> Result<Self, Error> {
        let strict = |sent| strict_list((VALUES, sent), Voice::older(), PARAMETER_LEVELS_MAX);
        Ok(Self { sent: sent.unwrap_or_default(), strict: sent.map(strict).transpose()? })
    }
}

/// A statement with its parameters.
#[derive(Debug)]
pub(crate) struct Prepared<'r> {
    statement: Arc<Statement>,
    parameters: Parameters<'r>,
    /// The lists and maps that they stand in, one after the other.
    filled: Option<Item>,
}

/// A statement whose trees are bound to values.
#[derive(Debug)]
pub(crate) struct Bound<'p> {
    /// The table, as it is named.
    pub(crate) table: &'p str,
    /// The index, if one is named.
    pub(crate) index: Option<&'p str>,
    /// What must hold of items.
    pub(crate) condition: Option<Condition<'p>>,
    /// What is done.
    pub(crate) deed: Deed<'p>,
}

impl Bound<'_> {
    /// Whether it reads; else it writes, or says whether there is an item.
    pub(crate) fn reads(&self) -> bool {
        matches!(self.deed, Deed::Select(..))
    }
}

/// `EXISTS` stands in transactions alone.
pub(crate) fn check_elsewhere(bound: &Bound<'_>) -> Result<(), Error> {
    match bound.deed {
        Deed::Exists => Err(Voice::older().refuse_expression(statement::exists_elsewhere())),
        _ => Ok(()),
    }
}

/// What a statement does.
#[derive(Debug)]
pub(crate) enum Deed<'p> {
    /// Reads items, or parts of them, in an order.
    Select(Option<Projection<'p>>, &'p [OrderTerm]),
    /// Stores an item whose key no other has.
    Insert(Item),
    /// Changes an item, and answers with some of it.
    Update(Update<'p>, ReturnValues),
    /// Removes an item, and answers with some of it.
    Delete(ReturnValues),
    /// Says whether there is an item.
    Exists,
}

impl<'r> Prepared<'r> {
    /// A statement and its parameters, of which it may leave some unused.
    ///
    /// # Errors
    /// What is wrong with the text, then that parameters are missing.
    pub(crate) fn new(world: &Simulation, text: &str, parameters: Parameters<'r>) -> Result<Self, Error> {
        let statement = world.statements.tree(text, || Statement::parse(text));
        let statement = statement.map_err(|fault| Voice::older().refuse_expression(fault))?;
        let sent = parameters.sent;
        if statement.parameters > sent.len() {
            let text = "Number of parameters in request and statement don't match.";
            let hint = format!("the statement has {}, the request {}", statement.parameters, sent.len());
            return Err(Error::validation(Rule("partiql.parameters"), text).hinted(hint));
        }
        let filled: Vec<_> = statement.templates.iter().map(|template| template.filled(sent)).collect();
        let filled = (!filled.is_empty()).then(|| packed(&filled));
        Ok(Self { statement, parameters, filled })
    }

    /// An index that is read has a key of two attributes at the most: that is looked at before operands are. Whether
    /// there is one is not. Source: captures of 2026, multi-attribute keys.
    pub(crate) fn check_index(&self, world: &Simulation, caller: &Caller<'_>) -> Result<(), Error> {
        let Some(name) = &self.statement.index else {
            return Ok(());
        };
        let definition = world.table(caller, &self.statement.table).ok().map(|table| table.definition());
        let mut indexes = definition.iter().flat_map(|definition| &definition.indexes);
        let schema = indexes.find(|index| index.name == *name).map(|index| &index.schema);
        if schema.is_none_or(|schema| schema.partition.len() <= 1 && schema.sort.len() <= 1) {
            return Ok(());
        }
        let text = "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE \
                    keys.";
        Err(Error::validation(Rule("partiql.many_attributes"), text))
    }

    /// Binds it.
    ///
    /// # Errors
    /// What is wrong with operands, now that all values are known.
    pub(crate) fn bound(&self) -> Result<Bound<'_>, Error> {
        let Statement { table, index, condition, .. } = &*self.statement;
        let values = self.values();
        let bind = |tree| Condition::of_tree(Arc::clone(tree), values.clone());
        let condition = condition.as_ref().map(bind).transpose();
        let condition = condition.map_err(|fault| Voice::older().refuse_expression(fault))?;
        Ok(Bound { table, index: index.as_deref(), condition, deed: self.deed(values)? })
    }

    fn deed<'p>(&'p self, values: Vec<Value<'p>>) -> Result<Deed<'p>, Error> {
        match &self.statement.deed {
            DeedTree::Select { projection, order } => Ok(Deed::Select(
                projection.as_ref().map(|tree| Projection::of_leaves(Arc::clone(tree))),
                order,
            )),
            DeedTree::Insert(template) => self.inserted(template).map(Deed::Insert),
            DeedTree::Update { tree, sets, returning } => {
                let checked = sets.iter().try_for_each(|set| set.check(&values));
                let update = checked.and_then(|()| Update::of_tree(Arc::clone(tree), values));
                Ok(Deed::Update(update.map_err(|fault| Voice::older().refuse_expression(fault))?, *returning))
            }
            DeedTree::Delete(returning) => Ok(Deed::Delete(*returning)),
            DeedTree::Exists => Ok(Deed::Exists),
        }
    }

    /// The item that a statement inserts. How deep it is matters only if it is stored.
    fn inserted(&self, template: &Template) -> Result<Item, Error> {
        let AttributeValue::M(attributes) = template.filled(self.parameters.sent) else {
            let text = "Unsupported data type: Parameter under key root";
            return Err(Error::validation(Rule("partiql.insert_type"), text));
        };
        let voice = Voice::older();
        let item = strict_within(&attributes, voice, LEVELS_ANY)?;
        check_item_size(&item, voice.item_bytes_max)?;
        Ok(item)
    }

    /// The values of its trees, by their places.
    fn values(&self) -> Vec<Value<'_>> {
        let [constants, parameters, filled] =
            [&self.statement.constants, &self.parameters.strict, &self.filled]
                .map(|packed| list(packed.as_ref()));
        let value = |source: &Source| match source {
            Source::Constant(place) => constants[*place],
            Source::Parameter(place) => parameters[*place],
            Source::Filled(place) => filled[*place],
        };
        self.statement.sources.iter().map(value).collect()
    }
}

/// The values that are packed one after the other.
fn list(packed: Option<&Item>) -> Vec<Value<'_>> {
    match packed.and_then(|item| item.get(VALUES)) {
        Some(Value::L(list)) => list.iter().collect(),
        _ => Vec::new(),
    }
}
