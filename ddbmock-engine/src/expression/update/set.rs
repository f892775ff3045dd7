//! Sets of values, put together and taken apart.

use std::borrow::Cow;

use ddbmock_model::{Draft, Number, Set, SetKind, Value};
use rustc_hash::FxHashSet;

use super::run_fault::RunFault;

/// The members of both sets, which must be of one kind.
pub(super) fn union<'a>(one: Value<'a>, two: Value<'a>) -> Result<Draft<'a>, RunFault> {
    let (kind, one, two) = alike(one, two)?;
    let members = one.iter().chain(two.iter());
    let mut members = match kind {
        SetKind::Numbers => sorted(members.map(|member| (number(member), member))),
        SetKind::Strings | SetKind::Binaries => sorted(members.map(|member| ((), member))),
    };
    members.dedup();
    Ok(draft(kind, members))
}

/// Members in the order of what each of them is sorted by, made once a member, then of their bytes.
fn sorted<'a, K: Ord>(keyed: impl Iterator<Item = (K, &'a [u8])>) -> Vec<&'a [u8]> {
    let mut keyed: Vec<(K, &[u8])> = keyed.collect();
    // Both halves are in order already, which this sort sees.
    keyed.sort();
    keyed.into_iter().map(|(_, member)| member).collect()
}

/// The members of the first set that are not in the second, if there are any. The sets must be of one kind.
///
/// Only members of the first are gathered: an update may take one large set out of many small ones.
pub(super) fn difference<'a>(one: Value<'a>, two: Value<'a>) -> Result<Option<Draft<'a>>, RunFault> {
    let (kind, one, two) = alike(one, two)?;
    let own: FxHashSet<&[u8]> = one.iter().collect();
    let gone: FxHashSet<&[u8]> = two.iter().filter(|member| own.contains(member)).collect();
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

fn number(member: &[u8]) -> Option<Number> {
    Number::parse(std::str::from_utf8(member).ok()?).ok()
}
