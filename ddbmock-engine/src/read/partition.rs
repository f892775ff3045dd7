//! The part of a table or an index that a query reads: a partition, and a range of sort keys in it.
//!
//! Order of checks once the key is known: the number of clauses, equality on the partition key, operators that no key
//! is compared by, the types of values, clauses outside the key, on a key of several attributes that none before the
//! last is a range, and values that no key has. Source: captures of 2026, key conditions; production captures for those
//! operators.

use std::ops::Bound;

use ddbmock_model::{Error, Item, Rule, Value};

use crate::expression::{KeyClause, KeyComparison};
use crate::key;
use crate::schema::{KeyAttribute, KeySchema, check_partition_size, check_sort_size, empty_kind, is_of};

/// A partition, and a range of sort keys in it.
#[derive(Debug)]
pub(crate) struct Partition<'q> {
    /// The values of the partition key, in its order.
    pub(crate) equal: Vec<Value<'q>>,
    /// The clauses on the sort key, in its order; only the last may be a range.
    pub(crate) sort: Vec<KeyComparison<'q>>,
}

impl<'q> Partition<'q> {
    /// What the clauses of a key condition say of a key.
    pub(crate) fn of(schema: &KeySchema, clauses: &[KeyClause<'q>]) -> Result<Self, Error> {
        Self::checked(schema, clauses).map_err(|error| error.hinted(hint(schema, clauses)))
    }

    fn checked(schema: &KeySchema, clauses: &[KeyClause<'q>]) -> Result<Self, Error> {
        check_count(schema, clauses)?;
        let find =
            |attribute: &KeyAttribute| clauses.iter().find(|clause| clause.attribute == attribute.name);
        let equal = equal_values(schema, clauses)?;
        check_indexable(schema, clauses)?;
        check_types(schema, clauses)?;
        if clauses.iter().any(|clause| !schema.has(clause.attribute)) {
            let missed = schema.attributes().find(|attribute| find(attribute).is_none());
            return Err(missed_element(missed.map_or("", |attribute| &attribute.name)));
        }
        let sort: Vec<_> = schema
            .sort
            .iter()
            .map(|attribute| find(attribute).and_then(|clause| clause.comparison))
            .collect();
        check_leading(schema, &sort)?;
        clauses.iter().try_for_each(check_filled)?;
        clauses.iter().try_for_each(|clause| check_sizes(schema, clause))?;
        Ok(Self { equal, sort: sort.into_iter().flatten().collect() })
    }

    /// The keys of what it reads: a range, ends included or not.
    pub(crate) fn range(&self) -> (Bound<Vec<u8>>, Bound<Vec<u8>>) {
        let mut beginning = key::partition(self.equal.iter().copied());
        let (last, leading) = match self.sort.split_last() {
            Some((last, leading)) => (Some(*last), leading),
            None => (None, &[][..]),
        };
        for comparison in leading {
            comparison.values().for_each(|value| key::push_sort(&mut beginning, value));
        }
        let at = |value| {
            let mut key = beginning.clone();
            key::push_sort(&mut key, value);
            key
        };
        let from = |key: Vec<u8>| Bound::Included(key);
        let until = |key: &[u8]| key::after(key).map_or(Bound::Unbounded, Bound::Excluded);
        let past = |value| key::after(&at(value)).map_or(Bound::Unbounded, Bound::Included);
        match last {
            None => (from(beginning.clone()), until(&beginning)),
            Some(KeyComparison::Equal(value)) => (from(at(value)), until(&at(value))),
            Some(KeyComparison::Less(value)) => (from(beginning.clone()), Bound::Excluded(at(value))),
            Some(KeyComparison::LessOrEqual(value)) => (from(beginning.clone()), until(&at(value))),
            Some(KeyComparison::Greater(value)) => (past(value), until(&beginning)),
            Some(KeyComparison::GreaterOrEqual(value)) => (from(at(value)), until(&beginning)),
            Some(KeyComparison::Between(low, high)) => (from(at(low)), until(&at(high))),
            Some(KeyComparison::BeginsWith(value)) => {
                key::push_sort_beginning(&mut beginning, value);
                (from(beginning.clone()), until(&beginning))
            }
        }
    }

    /// Whether a key is in it: whether its partition key is, but for the last attribute; the last attribute of that;
    /// and whether its sort key is.
    pub(crate) fn holds(&self, schema: &KeySchema, key: &Item) -> Held {
        let value = |attribute: &KeyAttribute| key.get(&attribute.name);
        let same = |(attribute, wanted): (&KeyAttribute, &Value<'_>)| value(attribute) == Some(*wanted);
        let mut equal: Vec<bool> = schema.partition.iter().zip(&self.equal).map(same).collect();
        let last_partition = equal.pop().unwrap_or(true);
        let sort =
            schema.sort.iter().zip(&self.sort).all(|(attribute, comparison)| {
                value(attribute).is_some_and(|value| within(value, *comparison))
            });
        Held { leading_partition: equal.into_iter().all(|same| same), last_partition, sort }
    }
}

/// Which parts of a key are in a partition's range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    /// The partition key but for its last attribute.
    pub(crate) leading_partition: bool,
    /// The last attribute of the partition key.
    pub(crate) last_partition: bool,
    /// The sort key.
    pub(crate) sort: bool,
}

fn within(value: Value<'_>, comparison: KeyComparison<'_>) -> bool {
    let bytes = |value| {
        let mut key = Vec::new();
        key::push_sort(&mut key, value);
        key
    };
    let own = bytes(value);
    match comparison {
        KeyComparison::Equal(other) => own == bytes(other),
        KeyComparison::Less(other) => own < bytes(other),
        KeyComparison::LessOrEqual(other) => own <= bytes(other),
        KeyComparison::Greater(other) => own > bytes(other),
        KeyComparison::GreaterOrEqual(other) => own >= bytes(other),
        KeyComparison::Between(low, high) => own >= bytes(low) && own <= bytes(high),
        KeyComparison::BeginsWith(other) => {
            let mut beginning = Vec::new();
            key::push_sort_beginning(&mut beginning, other);
            own.starts_with(&beginning)
        }
    }
}

/// What a person would like to know of clauses that do not fit a key.
fn hint(schema: &KeySchema, clauses: &[KeyClause<'_>]) -> String {
    let told = |clause: &KeyClause<'_>| match clause.values().next() {
        Some(value) => format!("{} ({})", clause.attribute, value.type_name()),
        None => clause.attribute.to_owned(),
    };
    let clauses: Vec<String> = clauses.iter().map(told).collect();
    format!("the key is {}; the condition is on {}", schema.told(), clauses.join(" and "))
}

fn check_count(schema: &KeySchema, clauses: &[KeyClause<'_>]) -> Result<(), Error> {
    let attributes = schema.attributes().count();
    if clauses.len() <= attributes {
        return Ok(());
    }
    let text = format!(
        "The number of query conditions ({}) exceeds the number of key attributes defined in the schema ({attributes})",
        clauses.len()
    );
    Err(Error::validation(Rule("query.count"), text))
}

/// The values of the partition key, each of whose attributes must be compared for equality.
fn equal_values<'q>(schema: &KeySchema, clauses: &[KeyClause<'q>]) -> Result<Vec<Value<'q>>, Error> {
    let mut values = Vec::with_capacity(schema.partition.len());
    let mut unequal = Vec::new();
    for attribute in &schema.partition {
        let clause = clauses.iter().find(|clause| clause.attribute == attribute.name);
        match clause.map(|clause| clause.comparison) {
            Some(Some(KeyComparison::Equal(value))) => values.push(value),
            Some(None) => return Err(not_indexable()),
            Some(_) if schema.partition.len() == 1 => {
                let text = "Query key condition not supported";
                return Err(Error::validation(Rule("query.not_equal"), text));
            }
            None if schema.partition.len() == 1 => return Err(missed_element(&attribute.name)),
            _ => unequal.push(attribute.name.as_str()),
        }
    }
    if unequal.is_empty() {
        return Ok(values);
    }
    let text = format!(
        "HASH key attributes {} must have equality conditions specified in the query",
        unequal.join(", ")
    );
    Err(Error::validation(Rule("query.hash_not_equal"), text))
}

fn missed_element(name: &str) -> Error {
    let text = format!("Query condition missed key schema element: {name}");
    Error::validation(Rule("query.missed"), text)
}

/// Keys are compared by order and by their beginning, and in no other way.
fn check_indexable(schema: &KeySchema, clauses: &[KeyClause<'_>]) -> Result<(), Error> {
    let other = |clause: &KeyClause<'_>| clause.comparison.is_none() && schema.has(clause.attribute);
    if clauses.iter().any(other) { Err(not_indexable()) } else { Ok(()) }
}

fn not_indexable() -> Error {
    let text = "Attempted conditional constraint is not an indexable operation";
    Error::validation(Rule("query.not_indexable"), text)
}

fn check_types(schema: &KeySchema, clauses: &[KeyClause<'_>]) -> Result<(), Error> {
    let fits = |clause: &KeyClause<'_>| {
        let attribute = schema.attributes().find(|attribute| attribute.name == clause.attribute);
        attribute.is_none_or(|attribute| clause.values().all(|value| is_of(value, attribute.scalar)))
    };
    if clauses.iter().all(fits) {
        return Ok(());
    }
    let text =
        "One or more parameter values were invalid: Condition parameter type does not match schema type";
    Err(Error::validation(Rule("query.type"), text))
}

/// Sort key attributes are given from the left, and all but the last given one for equality.
fn check_leading(schema: &KeySchema, sort: &[Option<KeyComparison<'_>>]) -> Result<(), Error> {
    let Some(last) = sort.iter().rposition(Option::is_some) else {
        return Ok(());
    };
    let unequal: Vec<&str> = (0..last)
        .filter(|at| !matches!(sort[*at], Some(KeyComparison::Equal(_))))
        .map(|at| schema.sort[at].name.as_str())
        .collect();
    if unequal.is_empty() {
        return Ok(());
    }
    let text = format!(
        "RANGE key attributes {} must have equality conditions specified in the query because a condition is present \
         on key attribute {}",
        unequal.join(", "),
        schema.sort[last].name
    );
    Err(Error::validation(Rule("query.range_not_equal"), text))
}

/// A key is never empty, so it is not asked for. Assumed.
fn check_filled(clause: &KeyClause<'_>) -> Result<(), Error> {
    let Some(KeyComparison::Equal(value)) = clause.comparison else {
        return Ok(());
    };
    let Some(kind) = empty_kind(value) else {
        return Ok(());
    };
    let text = format!(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
         {kind} value. Key: {}",
        clause.attribute
    );
    Err(Error::validation(Rule("query.empty"), text))
}

/// A key is never larger than its most, so what is larger is not asked for. Source: captures of 2026, PartiQL on keys;
/// assumed for key conditions.
fn check_sizes(schema: &KeySchema, clause: &KeyClause<'_>) -> Result<(), Error> {
    let of_partition = schema.partition.iter().any(|attribute| attribute.name == clause.attribute);
    let check = if of_partition { check_partition_size } else { check_sort_size };
    clause.values().try_for_each(check)
}
