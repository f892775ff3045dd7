//! The part of a table or an index that a statement reads: one range of keys or more, or all of it.
//!
//! Each way in which a condition can hold that says the partition key is a range; where one does not, everything is
//! read.

use std::ops::{Bound, RangeBounds};

use ddbmock_model::{Error, Rule, Value};

use super::keys::{check_kind, check_type, pins};
use crate::expression::{Branch, Condition, KeyClause, KeyComparison};
use crate::key;
use crate::read::{KeyRange, Partition, borrowed};
use crate::schema::{KeyAttribute, KeySchema, check_partition_size};

/// What a statement reads.
#[derive(Debug)]
pub(super) struct Extent {
    /// The ranges, in the order written; those of a partition stand together, in their order.
    pub(super) ranges: Vec<KeyRange>,
    /// How many partitions they are of; none where everything is read.
    pub(super) partitions: Option<usize>,
    /// Whether all that is asked of items is that they are in them.
    pub(super) covers: bool,
}

/// A range of a partition.
struct Part {
    beginning: Vec<u8>,
    range: KeyRange,
}

impl Extent {
    /// All of it.
    fn everything(covers: bool) -> Self {
        Self { ranges: vec![(Bound::Unbounded, Bound::Unbounded)], partitions: None, covers }
    }

    /// Whether a position is in any of them.
    pub(super) fn holds(&self, position: &[u8]) -> bool {
        self.ranges.iter().any(|range| RangeBounds::<[u8]>::contains(&borrowed(range), position))
    }

    /// What a condition says of a key.
    ///
    /// # Errors
    /// What is wrong with the values of keys, and then ranges that overlap.
    pub(super) fn of(condition: Option<&Condition<'_>>, schema: &KeySchema) -> Result<Self, Error> {
        let Some(condition) = condition else {
            return Ok(Self::everything(true));
        };
        let branches = condition.branches(|name| schema.has(name)).unwrap_or_default();
        let hash = &schema.partition[0];
        if branches.is_empty() || branches.iter().any(|branch| pins(branch, hash).next().is_none()) {
            return Ok(Self::everything(false));
        }
        let sort = schema.sort.first();
        branches.iter().try_for_each(|branch| check_values(branch, hash, sort))?;
        let first = pins(&branches[0], hash).next();
        let several = branches.iter().any(|branch| pins(branch, hash).next() != first);
        let parts = branches.iter().map(|branch| part(branch, schema, several));
        let mut parts: Vec<Part> = parts.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect();
        let clear = branches.iter().all(|branch| is_clear(branch, sort));
        let compared_once = |branch: &Branch<'_>| branch.of_attribute(&hash.name).count() == 1;
        let covers = clear && branches.iter().all(|branch| !branch.more && compared_once(branch));
        let partitions = in_order(&mut parts);
        let ranges = merged(parts, clear)?;
        Ok(Self { ranges, partitions: Some(partitions), covers })
    }
}

/// The values that are compared with a key are fit for one.
fn check_values(branch: &Branch<'_>, hash: &KeyAttribute, sort: Option<&KeyAttribute>) -> Result<(), Error> {
    for attribute in [hash].into_iter().chain(sort) {
        let values = || branch.of_attribute(&attribute.name).flat_map(KeyComparison::values);
        values().try_for_each(|value| check_kind(attribute, value))?;
        values().try_for_each(|value| check_type(attribute, value))?;
    }
    Ok(())
}

/// The range that a way to hold is; none if no key is so large. Sizes are refused only where one partition is read.
fn part<'b>(branch: &Branch<'b>, schema: &KeySchema, several: bool) -> Result<Option<Part>, Error> {
    let (hash, sort) = (&schema.partition[0].name, schema.sort.first().map(|sort| &sort.name));
    let equal = |clause: &&KeyClause<'_>| {
        clause.attribute == *hash && matches!(clause.comparison, Some(KeyComparison::Equal(_)))
    };
    let sorted = |clause: &&KeyClause<'_>| Some(clause.attribute) == sort.map(String::as_str);
    let clauses = branch.clauses.iter().find(equal).into_iter().chain(branch.clauses.iter().find(sorted));
    let clauses: Vec<KeyClause<'b>> = clauses.cloned().collect();
    let partition = if several {
        let mut comparisons = clauses.iter().filter_map(|clause| clause.comparison);
        let equal: Vec<Value<'b>> = comparisons.next().into_iter().flat_map(KeyComparison::values).collect();
        if equal.iter().any(|value| check_partition_size(*value).is_err()) {
            return Ok(None);
        }
        Partition { equal, sort: comparisons.collect() }
    } else {
        Partition::of(schema, &clauses)?
    };
    let (beginning, range) = (key::partition(partition.equal.iter().copied()), partition.range());
    Ok(Some(Part { beginning, range }))
}

/// Whether what is said of the sort key is a range: it is compared once, and excluded from nothing.
fn is_clear(branch: &Branch<'_>, sort: Option<&KeyAttribute>) -> bool {
    let Some(sort) = sort else {
        return true;
    };
    let mut compared = branch.of_attribute(&sort.name);
    let first = compared.next();
    compared.all(|comparison| Some(comparison) == first) && !branch.excluded.contains(&&*sort.name)
}

/// Puts the ranges of each partition together, the partitions in the order in which they are first named; says how many
/// partitions they are of.
fn in_order(parts: &mut [Part]) -> usize {
    let mut partitions: Vec<Vec<u8>> = Vec::new();
    for part in parts.iter() {
        if !partitions.contains(&part.beginning) {
            partitions.push(part.beginning.clone());
        }
    }
    let place = |part: &Part| partitions.iter().position(|one| *one == part.beginning);
    parts.sort_by_cached_key(|part| (place(part), low(&part.range).to_vec()));
    partitions.len()
}

/// Where a range begins.
pub(super) fn low(range: &KeyRange) -> &[u8] {
    match &range.0 {
        Bound::Included(low) | Bound::Excluded(low) => low,
        Bound::Unbounded => &[],
    }
}

/// The ranges. Those that meet are refused if it is clear that they do; else they are read as one.
fn merged(parts: Vec<Part>, clear: bool) -> Result<Vec<KeyRange>, Error> {
    let mut ranges: Vec<KeyRange> = Vec::with_capacity(parts.len());
    let mut before: Option<Vec<u8>> = None;
    for Part { range, beginning } in parts {
        let same = before.as_ref() == Some(&beginning);
        match ranges.last_mut().filter(|last| same && meets(last, &range)) {
            Some(_) if clear => {
                let text = "Overlapping conditions with range keys are not supported in where clause";
                return Err(Error::validation(Rule("partiql.overlap"), text));
            }
            Some(last) => last.1 = higher(&last.1, &range.1),
            None => ranges.push(range),
        }
        before = Some(beginning);
    }
    Ok(ranges)
}

/// Whether a range begins before another one, which does not begin after it, ends.
fn meets(one: &KeyRange, next: &KeyRange) -> bool {
    match (&one.1, &next.0) {
        (Bound::Excluded(end), Bound::Included(start)) => start < end,
        _ => true,
    }
}

fn higher(one: &Bound<Vec<u8>>, other: &Bound<Vec<u8>>) -> Bound<Vec<u8>> {
    match (one, other) {
        (Bound::Excluded(end), Bound::Excluded(later)) => Bound::Excluded(end.max(later).clone()),
        _ => Bound::Unbounded,
    }
}
