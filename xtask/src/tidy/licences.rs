//! The licences of what the project needs.

use super::project::Project;

const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

pub(super) fn refused(project: &Project) -> Vec<String> {
    let packages = project.metadata.packages.iter();
    let refused = packages.filter_map(|package| match package.licence.as_deref() {
        Some(licence) if is_accepted(licence) => None,
        Some(licence) => Some(format!("{}: {licence}", package.name)),
        None => Some(format!("{} names no licence", package.name)),
    });
    refused.collect()
}

/// Whether an SPDX expression leaves a way to accept it.
fn is_accepted(expression: &str) -> bool {
    // `A/B` is how crates wrote `A OR B` before expressions.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest).is_some_and(|accepted| accepted && rest.is_empty())
}

/// Terms with `OR` between; `None` if there is no such thing.
fn any_of(rest: &mut &[&str]) -> Option<bool> {
    let mut accepted = all_of(rest)?;
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        accepted |= all_of(rest)?;
    }
    Some(accepted)
}

fn all_of(rest: &mut &[&str]) -> Option<bool> {
    let mut accepted = term(rest)?;
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        accepted &= term(rest)?;
    }
    Some(accepted)
}

fn term(rest: &mut &[&str]) -> Option<bool> {
    match *rest {
        ["(", inside @ ..] => {
            *rest = inside;
            let accepted = any_of(rest)?;
            *rest = rest.strip_prefix(&[")"])?;
            Some(accepted)
        }
        [licence, "WITH", exception, after @ ..] => {
            *rest = after;
            Some(ACCEPTED.contains(&format!("{licence} WITH {exception}").as_str()))
        }
        [licence, after @ ..] => {
            *rest = after;
            Some(ACCEPTED.contains(&licence.trim_end_matches('+')))
        }
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_accepted;

    #[test]
    fn expressions() {
        let check = |expression, expected| assert_eq!(is_accepted(expression), expected, "{expression}");
        check("MIT", true);
        check("GPL-3.0", false);
        check("MIT/Apache-2.0", true);
        check("GPL-3.0 OR MIT", true);
        check("GPL-3.0 AND MIT", false);
        check("(MIT OR GPL-3.0) AND Unicode-3.0", true);
        check("MIT AND (GPL-3.0 OR AGPL-3.0)", false);
        check("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true);
        check("Apache-2.0 WITH Other-exception", false);
        check("MPL-2.0+", true);
        check("(MIT", false);
        check("MIT MIT", false);
        check("", false);
    }
}
