//! The writes of an update, applied.
//!
//! The item is rebuilt along the paths written to; all the rest is kept as it is stored. Writes stand in path order
//! and never clash, so those below one map or list are neighbours. List indexes are those of the list as it was:
//! elements are taken out, and new ones appended, only as the new list is put together.

use std::borrow::Cow;

use ddbmock_model::{Draft, Item, List, Map, Value};

use super::run_fault::RunFault;
use super::weight;
use crate::expression::path::{Path, Step};

/// What is to stand at a path. Without a value, what stands there is taken out.
pub(super) struct Write<'a> {
    pub(super) path: Path<'a>,
    pub(super) value: Option<Draft<'a>>,
}

/// Applies writes, in path order, to an item.
pub(super) fn apply<'a>(item: &'a Item, mut writes: Vec<Write<'a>>) -> Result<Item, RunFault> {
    let weighed = weight::check(&writes);
    let attributes = entries(item.attributes(), &mut writes, 0)?;
    weighed?;
    Ok(Item::from_drafts(&attributes))
}

type Entries<'a> = Vec<(&'a str, Draft<'a>)>;

/// A map's entries after the writes below it, all of whose paths have led here with their first `depth` steps.
fn entries<'a>(map: Map<'a>, writes: &mut [Write<'a>], depth: usize) -> Result<Entries<'a>, RunFault> {
    let mut entries = Vec::with_capacity(map.len() + writes.len());
    let mut stored = map.iter().peekable();
    for group in groups(writes, depth) {
        let Some(Step::Name(name)) = group[0].path.step(depth) else {
            return Err(RunFault::PATH);
        };
        while let Some((before, value)) = stored.next_if(|(stored, _)| *stored < name) {
            entries.push((before, Draft::Kept(value)));
        }
        let stored = stored.next_if(|(stored, _)| *stored == name).map(|(_, value)| value);
        let value = written(stored, group, depth + 1)?;
        entries.extend(value.map(|value| (name, value)));
    }
    entries.extend(stored.map(|(name, value)| (name, Draft::Kept(value))));
    Ok(entries)
}

/// A list's elements after the writes below it. What is written behind its end is appended in the order of indexes.
fn elements<'a>(list: List<'a>, writes: &mut [Write<'a>], depth: usize) -> Result<Vec<Draft<'a>>, RunFault> {
    let mut elements = Vec::with_capacity(list.len() + writes.len());
    let mut stored = list.iter();
    let mut at = 0;
    for group in groups(writes, depth) {
        let Some(Step::Index(index)) = group[0].path.step(depth) else {
            return Err(RunFault::PATH);
        };
        elements.extend(stored.by_ref().take(index - at).map(Draft::Kept));
        elements.extend(written(stored.next(), group, depth + 1)?);
        at = index + 1;
    }
    elements.extend(stored.map(Draft::Kept));
    Ok(elements)
}

/// The writes, parted by their step at a depth.
fn groups<'w, 'a>(writes: &'w mut [Write<'a>], depth: usize) -> impl Iterator<Item = &'w mut [Write<'a>]> {
    writes.chunk_by_mut(move |one, two| one.path.step(depth) == two.path.step(depth))
}

/// What stands, after the writes, where something or nothing was stored.
fn written<'a>(
    stored: Option<Value<'a>>,
    writes: &mut [Write<'a>],
    depth: usize,
) -> Result<Option<Draft<'a>>, RunFault> {
    if writes[0].path.len() == depth {
        return Ok(writes[0].value.take());
    }
    match stored {
        Some(Value::M(map)) => {
            let entries = entries(map, writes, depth)?.into_iter();
            Ok(Some(Draft::M(entries.map(|(name, value)| (Cow::Borrowed(name), value)).collect())))
        }
        Some(Value::L(list)) => Ok(Some(Draft::L(elements(list, writes, depth)?))),
        _ => Err(RunFault::PATH),
    }
}
