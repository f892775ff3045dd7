//! `ORDER BY`: in which order what a statement reads is answered.
//!
//! Source: captures of 2026, PartiQL indexes and `ORDER BY`.

use std::cmp::Ordering;
use std::ops::Bound;

use ddbmock_model::{Error, Rule};

use super::extent::Extent;
use super::literal::kind_of;
use super::tree::{Expression, Kind, OrderTerm};
use crate::key;
use crate::read::KeyRange;
use crate::schema::KeySchema;
use crate::storage::Direction;

/// Terms name attributes of the key.
pub(super) fn check(terms: &[OrderTerm], schema: &KeySchema) -> Result<(), Error> {
    for OrderTerm { by: Expression { kind, span }, .. } in terms {
        let Kind::Name(name) = kind else {
            let text = format!(
                "Argument to ORDER BY must be of type VariableReference. Type: {} at {span}",
                kind_of(kind).to_ascii_uppercase()
            );
            return Err(Error::validation(Rule("partiql.order_path"), text));
        };
        if !schema.has(name) {
            let text = format!("Attribute {name} in ORDER BY clause must be part of the primary key");
            return Err(Error::validation(Rule("partiql.order_attribute"), text));
        }
    }
    Ok(())
}

/// Puts ranges in the order of terms, and says how each is read: without a term for the sort key descending.
pub(super) fn apply(terms: &[OrderTerm], schema: &KeySchema, read: &mut Extent) -> Result<Direction, Error> {
    if terms.is_empty() {
        return Ok(Direction::Forward);
    }
    let term = |name: Option<&str>| {
        terms.iter().find(|term| matches!(&term.by.kind, Kind::Name(by) if Some(by.as_str()) == name))
    };
    let partition = term(Some(&schema.partition[0].name));
    match (read.partitions, partition) {
        (None, _) => {
            let text = "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.";
            return Err(Error::validation(Rule("partiql.order_everything"), text));
        }
        (Some(2..), None) => {
            let text = "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE \
                        clause.";
            return Err(Error::validation(Rule("partiql.order_partitions"), text));
        }
        _ => {}
    }
    let descending = term(schema.sort_name()).is_none_or(|term| term.descending);
    arrange(&mut read.ranges, partition.is_some_and(|term| term.descending), descending);
    Ok(if descending { Direction::Backward } else { Direction::Forward })
}

/// Keys begin with the hash of their partition: in their order, partitions are in the order of hashes.
fn arrange(ranges: &mut [KeyRange], partitions_descend: bool, descending: bool) {
    let low = |range: &KeyRange| match &range.0 {
        Bound::Included(low) | Bound::Excluded(low) => low.clone(),
        Bound::Unbounded => Vec::new(),
    };
    // The hash, that partitions are told apart by.
    let partition = |range: &KeyRange| low(range).get(..key::HASH_BYTES).map(<[u8]>::to_vec);
    ranges.sort_by(|one, other| {
        let partitions = partition(one).cmp(&partition(other));
        let inside = low(one).cmp(&low(other));
        let turned = |order: Ordering, turn: bool| if turn { order.reverse() } else { order };
        turned(partitions, partitions_descend).then(turned(inside, descending))
    });
}
