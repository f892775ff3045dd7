//! TransactWriteItems: makes up to a hundred writes, to one table or to several, all of them or none.
//!
//! Order, after the members: empty names in any action; what is wrong with a value of any, but for its depth; then
//! action by action everything else that needs the request alone. Then what is said once the tables are known, and
//! reasons. The token comes last: what it stands for was done, so that a request that is made again fits. Source:
//! captures of 2026, transactions; the place of the token is assumed.

use std::collections::BTreeMap;

use ddbmock_model::op::{TransactWriteItem, TransactWriteItems, TransactWriteItemsOutput};
use ddbmock_model::{
    AttributeMap, Attributes, Call, Caller, Error, Item, ItemCollectionMetrics, Key, LEVELS_MAX,
    ReturnItemCollectionMetrics, Wording,
};

use crate::change::Written;
use crate::check::{
    Parameters, Voice, check_item_size, empty_name, empty_name_of_placeholder, has_empty_name, parse,
    placeholder_values_within, strict, strict_within,
};
use crate::collection::metrics_of_all;
use crate::expression::{Cache, Kind, Update};
use crate::limits::Limits;
use crate::look_up::LookUp;
use crate::simulation::Simulation;
use crate::table::Table;
use crate::transaction::{ActionRow, Transacted, begin, by_table, find_rows, write_once, written_row};
use crate::write::{Action, Conditional, Write};

/// How many maps and lists may stand around a value of an expression: one more than elsewhere. Source: captures of
/// 2026, nesting.
const VALUE_LEVELS_MAX: usize = LEVELS_MAX + 1;
/// As deep as any request is read.
const LEVELS_SENT: usize = 64;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<TransactWriteItems>,
) -> Result<TransactWriteItemsOutput, Error> {
    let request = &call.request;
    let wording = world.check_members(call)?;
    let asked: Vec<Asked<'_>> = request.transact_items.iter().filter_map(Asked::of).collect();
    let (strict, fault) = strict_until_fault(&asked, wording);
    let writes = asked.iter().zip(&strict).map(|(asked, strict)| asked.write(strict, &world.expressions));
    let writes = writes.collect::<Result<Vec<_>, _>>().and_then(|writes| fault.map_or(Ok(writes), Err));
    let writes = writes.map_err(|error| first_fault(&asked).unwrap_or(error))?;
    let filled =
        |write: &Write<'_>, table: &Table| write.check_filled(&table.schema, &table.definition().indexes);
    let rows = find_rows(world, caller, &writes, written_row, filled)?;

    let token = request.client_request_token.as_deref();
    let begun = begin::<TransactWriteItems>(world, caller, token, &request.transact_items)?;
    let Transacted { consumed, written } =
        write_once(world, &rows, &writes, begun, request.return_consumed_capacity)?;
    let made = |written: Vec<Written>| {
        let made: Vec<_> = written.iter().zip(writes.iter().map(|(_, write)| write)).collect();
        metrics(world, request, &rows, &made)
    };
    let item_collection_metrics = written.map(made).transpose()?.unwrap_or_default();
    Ok(TransactWriteItemsOutput { consumed_capacity: consumed, item_collection_metrics })
}

/// An action: what it asks for.
struct Asked<'r> {
    verb: Verb<'r>,
    table_name: &'r str,
    head: Conditional<'r>,
    values: Option<&'r Attributes>,
}

/// What an action does.
#[derive(Clone, Copy)]
enum Verb<'r> {
    Check(&'r Key),
    Put(&'r Attributes),
    Delete(&'r Key),
    Update(&'r Key, &'r str),
}

/// What an action is about, its values in order, and those of its expressions.
struct Strict {
    subject: Subject,
    values: Option<Item>,
}

enum Subject {
    Item(Item),
    Key(LookUp),
}

macro_rules! asked {
    ($action:ident, $verb:expr, $condition:expr) => {
        Asked {
            verb: $verb,
            table_name: &$action.table_name,
            head: Conditional {
                voice: Voice::older(),
                condition: $condition,
                names: $action.expression_attribute_names.as_ref(),
                on_failure: $action.return_values_on_condition_check_failure,
            },
            values: $action.expression_attribute_values.as_ref(),
        }
    };
}

impl<'r> Asked<'r> {
    fn of(action: &'r TransactWriteItem) -> Option<Self> {
        let TransactWriteItem { condition_check, put, delete, update } = action;
        if let Some(check) = condition_check {
            let condition = Some(check.condition_expression.as_str());
            return Some(asked!(check, Verb::Check(&check.key), condition));
        }
        if let Some(put) = put {
            return Some(asked!(put, Verb::Put(&put.item), put.condition_expression.as_deref()));
        }
        if let Some(delete) = delete {
            return Some(asked!(delete, Verb::Delete(&delete.key), delete.condition_expression.as_deref()));
        }
        let update = update.as_ref()?;
        let verb = Verb::Update(&update.key, &update.update_expression);
        Some(asked!(update, verb, update.condition_expression.as_deref()))
    }

    /// Names go with an expression; values may be there without one.
    fn check_presence(&self) -> Result<(), Error> {
        let Conditional { voice, condition, names, .. } = self.head;
        let expressions = &[("UpdateExpression", self.update()), ("ConditionExpression", condition)];
        Parameters { expressions, legacy: &[], names, values: None }.check_presence(voice)
    }

    /// What needs neither a table nor the texts of expressions. A condition's size is told by the older layer, an
    /// update's never. Source: captures of 2026, sizes and counts.
    fn strict(&self, wording: Wording) -> Result<Strict, Error> {
        let Conditional { voice, condition, names, .. } = self.head;
        self.check_presence()?;
        let values = placeholder_values_within(names, self.values, voice, VALUE_LEVELS_MAX)?;
        let subject = match self.verb {
            Verb::Put(item) => Subject::Item(item.strict_by(|sent| strict(sent, voice))?),
            Verb::Check(key) | Verb::Delete(key) | Verb::Update(key, _) => {
                Subject::Key(LookUp::strict(key, voice)?)
            }
        };
        let check_size = |kind: Kind, text: Option<&str>, wording| {
            let checked = text.map_or(Ok(()), |text| kind.check_size(text, wording));
            checked.map_err(|fault| voice.refuse_expression(fault))
        };
        check_size(Kind::Update, self.update(), Wording::Current)?;
        check_size(Kind::Condition, condition, wording)?;
        match &subject {
            Subject::Item(item) => check_item_size(item, Limits::TODAY.item_bytes_max)?,
            Subject::Key(_) => {}
        }
        Ok(Strict { subject, values })
    }

    /// The write, its expressions read.
    fn write<'v>(&self, strict: &'v Strict, cache: &Cache) -> Result<(&'r str, Write<'v>), Error>
    where
        'r: 'v,
    {
        let Strict { subject, values } = strict;
        // Values are no fault where nothing could use them. Source: captures of 2026, transactions, of a put.
        let used = self.head.condition.is_some() || self.update().is_some();
        let values = values.as_ref().filter(|_| used);
        let write = self.head.write(values, cache, |placeholders| {
            let voice = self.head.voice;
            let update =
                parse(self.update(), voice, |text| Update::parse(text, placeholders, voice.wording, cache))?;
            Ok(match (subject, self.verb) {
                (Subject::Item(item), _) => Action::Put(item.clone()),
                (Subject::Key(key), Verb::Delete(_)) => Action::Delete(key.clone()),
                (Subject::Key(key), Verb::Update(..)) => Action::Update(key.clone(), update),
                (Subject::Key(key), _) => Action::Check(key.clone()),
            })
        })?;
        Ok((self.table_name, write))
    }

    fn update(&self) -> Option<&'r str> {
        match self.verb {
            Verb::Update(_, text) => Some(text),
            _ => None,
        }
    }

    /// What it is about, as it was sent. With what is packed already nothing is wrong.
    fn sent(&self) -> Option<&'r AttributeMap> {
        match self.verb {
            Verb::Put(item) => item.sent(),
            Verb::Check(Key::Named(key))
            | Verb::Delete(Key::Named(key))
            | Verb::Update(Key::Named(key), _) => key.sent(),
            _ => None,
        }
    }

    fn empty_name(&self) -> Option<Error> {
        let named = self.sent().filter(|attributes| has_empty_name(attributes));
        let of_values = || self.values.and_then(Attributes::sent).and_then(empty_name_of_placeholder);
        named.map(|_| empty_name(Voice::older())).or_else(of_values)
    }

    fn value_fault(&self) -> Option<Error> {
        let voice = Voice::older();
        let of_attributes = |attributes: &AttributeMap| strict_within(attributes, voice, LEVELS_SENT).err();
        let of_values = || placeholder_values_within(None, self.values, voice, LEVELS_SENT).err();
        self.sent().and_then(of_attributes).or_else(of_values)
    }
}

/// Those actions that are in order up to the first that is not, and what is wrong with that.
fn strict_until_fault(asked: &[Asked<'_>], wording: Wording) -> (Vec<Strict>, Option<Error>) {
    let mut fault = None;
    let strict =
        asked.iter().map_while(|asked| asked.strict(wording).map_err(|error| fault = Some(error)).ok());
    (strict.collect(), fault)
}

/// What comes before everything else that is wrong with any action.
fn first_fault(asked: &[Asked<'_>]) -> Option<Error> {
    asked.iter().find_map(Asked::empty_name).or_else(|| asked.iter().find_map(Asked::value_fault))
}

/// How large the collections are that were written to, for each table that has any. What was only checked is none.
fn metrics(
    world: &Simulation,
    request: &TransactWriteItems,
    rows: &[ActionRow<'_>],
    made: &[(&Written, &Write<'_>)],
) -> Result<BTreeMap<String, Vec<ItemCollectionMetrics>>, Error> {
    let mut all = BTreeMap::new();
    if request.return_item_collection_metrics == ReturnItemCollectionMetrics::None {
        return Ok(all);
    }
    for places in by_table(rows) {
        let ActionRow { table_name, table, .. } = &rows[places[0]];
        let made = places.iter().map(|place| made[*place]);
        let made = made.filter(|(_, write)| !matches!(write.action, Action::Check(_)));
        let of_table = metrics_of_all(world, table, made, request.return_item_collection_metrics)?;
        if !of_table.is_empty() {
            all.insert((*table_name).to_owned(), of_table);
        }
    }
    Ok(all)
}
