//! Sets of values, put together and taken apart.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use ddbmock_model::{Draft, Number, Set, SetKind, Value};

use super::run_fault::RunFault;

/// The members of both sets, which must be of one kind.
pub(super) fn union<'a>(one: Value<'a>, two: Value<'a>) -> Result<Draft<'a>, RunFault> {
    let (kind, one, two) = alike(one, two)?;
    let mut members: Vec<&[u8]> = one.iter().chain(two.iter()).collect();
    // Both halves are in order already, which this sort sees.
    members.sort_by(|one, two| order(kind, one, two));
    members.dedup();
    Ok(draft(kind, members))
}

/// The members of the first set that are not in the second, if there are any. The sets must be of one kind.
pub(super) fn difference<'a>(one: Value<'a>, two: Value<'a>) -> Result<Option<Draft<'a>>, RunFault> {
    let (kind, one, two) = alike(one, two)?;
    let gone: BTreeSet<&[u8]> = two.iter().collect();
    let members: Vec<&[u8]> = one.iter().filter(|member| !gone.contains(member)).collect();
    Ok(if members.is_empty() { None } else { Some(draft(kind, members)) })
}

fn alike<'a>(one: Value<'a>, two: Value<'a>) -> Result<(SetKind, Set<'a>, Set<'a>), RunFault> {
    match (one, two) {
        (Value::Ss(one), Value::Ss(two)) => Ok((SetKind::Strings, one, two)),
        (Value::Ns(one), Value::Ns(two)) => Ok((SetKind::Numbers, one, two)),
        (Value::Bs(one), Value::Bs(two)) => Ok((SetKind::Binaries, one, two)),
        _ => Err(RunFault::TYPE),
    }
}

fn draft(kind: SetKind, members: Vec<&[u8]>) -> Draft<'_> {
    Draft::Set(kind, members.into_iter().map(Cow::Borrowed).collect())
}

/// The order in which a set holds its members.
fn order(kind: SetKind, one: &[u8], two: &[u8]) -> Ordering {
    match kind {
        SetKind::Numbers => number(one).cmp(&number(two)),
        SetKind::Strings | SetKind::Binaries => one.cmp(two),
    }
}

fn number(member: &[u8]) -> Option<Number> {
    Number::parse(std::str::from_utf8(member).ok()?).ok()
}
