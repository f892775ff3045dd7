//! The licences of what the project needs.

use super::project::Project;

/// The file that lists what is accepted, which `cargo deny` reads too.
const LIST: &str = "deny.toml";

pub(super) fn refused(project: &Project) -> Vec<String> {
    let text = project.text(LIST).unwrap_or_default();
    let Some(accepted) = listed(&text) else {
        return vec![format!("{LIST} has no list `allow = [...]`")];
    };
    let packages = project.metadata.packages.iter();
    let refused = packages.filter_map(|package| match package.licence.as_deref() {
        Some(licence) if is_accepted(licence, &accepted) => None,
        Some(licence) => Some(format!("{}: {licence}", package.name)),
        None => Some(format!("{} names no licence", package.name)),
    });
    refused.collect()
}

/// The licences of the list `allow`: the texts in quotes up to its end.
fn listed(text: &str) -> Option<Vec<&str>> {
    let (list, _) = text.split_once("\nallow = [")?.1.split_once(']')?;
    Some(list.split('"').skip(1).step_by(2).collect())
}

/// Whether an SPDX expression leaves a way to accept it.
fn is_accepted(expression: &str, accepted: &[&str]) -> bool {
    // `A/B` is how crates wrote `A OR B` before expressions.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest, accepted).is_some_and(|is_accepted| is_accepted && rest.is_empty())
}

/// Terms with `OR` between; `None` if there is no such thing.
fn any_of(rest: &mut &[&str], accepted: &[&str]) -> Option<bool> {
    let mut any = all_of(rest, accepted)?;
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        any |= all_of(rest, accepted)?;
    }
    Some(any)
}

fn all_of(rest: &mut &[&str], accepted: &[&str]) -> Option<bool> {
    let mut all = term(rest, accepted)?;
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        all &= term(rest, accepted)?;
    }
    Some(all)
}

fn term(rest: &mut &[&str], accepted: &[&str]) -> Option<bool> {
    match *rest {
        ["(", inside @ ..] => {
            *rest = inside;
            let any = any_of(rest, accepted)?;
            *rest = rest.strip_prefix(&[")"])?;
            Some(any)
        }
        [licence, "WITH", exception, after @ ..] => {
            *rest = after;
            Some(accepted.contains(&format!("{licence} WITH {exception}").as_str()))
        }
        [licence, after @ ..] => {
            *rest = after;
            Some(accepted.contains(&licence.trim_end_matches('+')))
        }
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_accepted, listed};

    const LIST: &str = r#"
[licenses]
allow = [
    "MIT", "Apache-2.0 WITH LLVM-exception",
    "Unicode-3.0",
    "MPL-2.0",
]

[bans]
deny = ["GPL-3.0"]
"#;

    #[test]
    fn expressions() {
        let accepted = listed(LIST).unwrap();
        assert_eq!(accepted, ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0", "MPL-2.0"]);
        assert_eq!(listed("[licenses]\n"), None);
        let check =
            |expression, expected| assert_eq!(is_accepted(expression, &accepted), expected, "{expression}");
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
