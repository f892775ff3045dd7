//! Whether document paths get in each other's way.

use ddbmock_model::Rule;

use super::fault::Fault;
use super::path::{Path, Step};

/// How two paths get in each other's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clash {
    /// One leads through the other, or they are the same.
    Overlap,
    /// At the same place one expects a list and the other a map.
    Conflict,
}

/// The places of the paths in path order.
///
/// # Errors
/// Two paths overlap or, if none do, conflict: the first pair in the order written.
pub(super) fn sorted(paths: &[Path<'_>]) -> Result<Vec<usize>, Fault> {
    let mut order: Vec<usize> = (0..paths.len()).collect();
    order.sort_by(|one, two| paths[*one].cmp(&paths[*two]));
    // Paths that clash have no path between them in this order that does not clash with one of them.
    let clash = order.windows(2).any(|pair| clash(paths[pair[0]], paths[pair[1]]).is_some());
    if clash { Err(first(paths)) } else { Ok(order) }
}

fn clash(one: Path<'_>, two: Path<'_>) -> Option<Clash> {
    let differing = one.steps().zip(two.steps()).find(|(one, two)| one != two);
    match differing {
        None => Some(Clash::Overlap),
        Some((Step::Index(_), Step::Name(_)) | (Step::Name(_), Step::Index(_))) => Some(Clash::Conflict),
        Some(_) => None,
    }
}

/// The refusal of paths of which some clash. Source: captures of 2026: paths are named in the order written.
fn first(paths: &[Path<'_>]) -> Fault {
    let pairs = || (0..paths.len()).flat_map(|two| (0..two).map(move |one| (paths[one], paths[two])));
    if let Some((one, two)) = pairs().find(|(one, two)| clash(*one, *two) == Some(Clash::Overlap)) {
        let text = format!(
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: {one}, \
             path two: {two}"
        );
        return Fault::new(Rule("expression.overlap"), text);
    }
    let mut conflicts = pairs().filter(|(one, two)| clash(*one, *two).is_some());
    let (one, two) = conflicts.next().expect("some of the paths clash");
    let text = format!(
        "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: {one}, \
         path two: {two}"
    );
    Fault::new(Rule("expression.conflict"), text)
}
