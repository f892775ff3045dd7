//! Constraints on single members of a request: their texts, and how several are reported together.
//!
//! The frame is `N validation error(s) detected: `, at most ten. A member is named by its path in lower camel case.
//! Source: captured texts, classic and current; each operation lists its members in the service's order.

use std::fmt::Display;

use crate::call::Said;
use crate::error::{Error, Rule};
use crate::shape::Enumeration;

/// The most violations one refusal reports.
const REPORTED_MAX: usize = 10;

/// The frame around a single refusal, as newer operations use it for more than member constraints.
pub const ENVELOPE: &str = "1 validation error detected: ";

/// A constraint that a member does not meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The constraint's rule.
    pub rule: Rule,
    /// One element of the refusal's list.
    pub text: String,
}

impl Violation {
    fn new(rule: Rule, value: impl Display, path: &str, constraint: impl Display) -> Self {
        let text = format!("Value {value} at '{path}' failed to satisfy constraint: {constraint}");
        Self { rule, text }
    }

    fn unechoed(rule: Rule, member: &str, constraint: &str) -> Self {
        Self { rule, text: format!("Value at '{member}' failed to satisfy constraint: {constraint}") }
    }

    /// The refusal of this violation without the frame, as a few checks of the newer layer have it.
    pub fn bare(self) -> Error {
        Error::validation(self.rule, self.text)
    }
}

/// Reports all violations together.
///
/// # Errors
/// `ValidationException` if there are any.
pub fn joined(violations: impl IntoIterator<Item = Option<Violation>>) -> Result<(), Error> {
    let found: Vec<Violation> = violations.into_iter().flatten().take(REPORTED_MAX).collect();
    let Some(first) = found.first() else {
        return Ok(());
    };
    let texts: Vec<&str> = found.iter().map(|violation| violation.text.as_str()).collect();
    let plural = if texts.len() == 1 { "" } else { "s" };
    let text = format!("{} validation error{plural} detected: {}", texts.len(), texts.join("; "));
    Err(Error::validation(first.rule, text))
}

/// Reports one violation and no other.
///
/// # Errors
/// `ValidationException` if there is one.
pub fn alone(violation: Option<Violation>) -> Result<(), Error> {
    joined([violation])
}

/// A required member was left out.
pub fn required(said: &Said, path: &str) -> Option<Violation> {
    if said.is_missing(path) { null(path) } else { None }
}

/// The violation of a required member that is not there.
pub fn null(path: &str) -> Option<Violation> {
    Some(Violation::new(Rule("member.required"), "null", path, "Member must not be null"))
}

/// A member holds a word that its enumeration does not have.
pub fn word<E: Enumeration>(said: &Said, path: &str) -> Option<Violation> {
    let given = said.unknown_word(path)?;
    let words = E::WORDS.join(", ");
    let constraint = format!("Member must satisfy enum value set: [{words}]");
    Some(Violation::new(Rule("member.enum"), format_args!("'{given}'"), path, constraint))
}

/// The newer layer's own sentence for a word that is no `ReturnValues`: neither word nor member, and a slip.
/// Source: captured in 31 of 33 Regions, October 2026.
pub fn return_values_word(said: &Said) -> Option<Violation> {
    said.unknown_word("returnValues")?;
    let text = "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, \
                UPDATE_NEW, NONE]";
    Some(Violation { rule: Rule("member.return_values"), text: text.to_owned() })
}

/// The newer layer's form for an empty name: the member in upper camel case, no value.
pub fn empty_name(said: &Said, path: &str, member: &str, name: &str) -> Option<Violation> {
    if !name.is_empty() || said.is_missing(path) {
        return None;
    }
    let text = format!(
        "Value at '{member}' failed to satisfy constraint: Member must have length greater than or equal to 1"
    );
    Some(Violation { rule: Rule("member.empty_name"), text })
}

/// The newer layer's form for a list or a map that is empty: the member in upper camel case, no value.
pub fn filled(member: &str, length: usize) -> Option<Violation> {
    if length > 0 {
        return None;
    }
    let constraint = "Member must have length greater than or equal to 1";
    Some(Violation::unechoed(Rule("member.filled"), member, constraint))
}

/// The newer layer's form for a text that is shorter than `least`.
pub fn no_shorter(member: &str, length: usize, least: usize) -> Option<Violation> {
    if length >= least {
        return None;
    }
    let constraint = format!("Member must have length greater than or equal to {least}");
    Some(Violation::unechoed(Rule("member.no_shorter"), member, &constraint))
}

/// The newer layer's form for a text or a list that is longer than `most`.
pub fn no_longer(member: &str, length: usize, most: usize) -> Option<Violation> {
    if length <= most {
        return None;
    }
    let constraint = format!("Member must have length less than or equal to {most}");
    Some(Violation::unechoed(Rule("member.no_longer"), member, &constraint))
}

/// Names of tables that are the keys of a map, of which `echo` is what is printed.
pub fn table_names<'n>(
    path: &str,
    names: impl IntoIterator<Item = &'n String>,
    echo: impl FnOnce() -> String,
) -> Option<Violation> {
    if names.into_iter().all(|name| crate::table_name::is_fit(name)) {
        return None;
    }
    let constraint = "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member \
                      must have length greater than or equal to 3, Member must satisfy regular expression pattern: \
                      [a-zA-Z0-9_.-]+]";
    Some(Violation::new(Rule("member.map_keys"), format_args!("'{}'", echo()), path, constraint))
}

/// The lengths of a map's values, which are fit if they are from `least` to `most`.
pub fn map_values(
    path: &str,
    fit: bool,
    (least, most): (usize, usize),
    echo: impl FnOnce() -> String,
) -> Option<Violation> {
    if fit {
        return None;
    }
    let constraint = format!(
        "Map value must satisfy constraint: [Member must have length less than or equal to {most}, Member must have \
         length greater than or equal to {least}]"
    );
    Some(Violation::new(Rule("member.map_values"), format_args!("'{}'", echo()), path, constraint))
}

/// A text or a list is shorter than `least`. `value` is what is printed for it.
pub fn shorter(path: &str, value: impl Display, length: usize, least: usize) -> Option<Violation> {
    if length >= least {
        return None;
    }
    let constraint = format!("Member must have length greater than or equal to {least}");
    Some(Violation::new(Rule("member.length_min"), format_args!("'{value}'"), path, constraint))
}

/// A text or a list is longer than `most`.
pub fn longer(path: &str, value: impl Display, length: usize, most: usize) -> Option<Violation> {
    if length <= most {
        return None;
    }
    let constraint = format!("Member must have length less than or equal to {most}");
    Some(Violation::new(Rule("member.length_max"), format_args!("'{value}'"), path, constraint))
}

/// A text has fewer than the least or more than the most characters.
pub fn length(path: &str, text: &str, (least, most): (usize, usize)) -> Option<Violation> {
    let characters = text.chars().count();
    shorter(path, text, characters, least).or_else(|| longer(path, text, characters, most))
}

/// The newer layer's form for a number below `least`: the member in upper camel case, no value.
pub fn at_least(member: &str, value: i64, least: i64) -> Option<Violation> {
    if value >= least {
        return None;
    }
    let constraint = format!("Member must have value greater than or equal to {least}");
    Some(Violation::unechoed(Rule("member.at_least"), member, &constraint))
}

/// The newer layer's form for a number above `most`.
pub fn at_most(member: &str, value: i64, most: i64) -> Option<Violation> {
    if value <= most {
        return None;
    }
    let constraint = format!("Member must have value less than or equal to {most}");
    Some(Violation::unechoed(Rule("member.at_most"), member, &constraint))
}

/// A number is below `least`.
pub fn below(path: &str, value: i64, least: i64) -> Option<Violation> {
    if value >= least {
        return None;
    }
    let constraint = format!("Member must have value greater than or equal to {least}");
    Some(Violation::new(Rule("member.value_min"), format_args!("'{value}'"), path, constraint))
}

/// A number is above `most`.
pub fn above(path: &str, value: i64, most: i64) -> Option<Violation> {
    if value <= most {
        return None;
    }
    let constraint = format!("Member must have value less than or equal to {most}");
    Some(Violation::new(Rule("member.value_max"), format_args!("'{value}'"), path, constraint))
}

/// A number that is given is below the least or above the most.
pub fn range(path: &str, value: Option<i64>, (least, most): (i64, i64)) -> Option<Violation> {
    let value = value?;
    below(path, value, least).or_else(|| above(path, value, most))
}

/// A token is not of whole groups of sixteen hexadecimal digits, the only ones that lists of jobs give out.
pub fn token(path: &str, text: &str) -> Option<Violation> {
    let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if !text.is_empty() && text.len().is_multiple_of(16) && text.bytes().all(digit) {
        return None;
    }
    let constraint = "Member must satisfy regular expression pattern: ([0-9a-f]{16})+";
    Some(Violation::new(Rule("member.token"), format_args!("'{text}'"), path, constraint))
}

/// A name holds a character that names cannot have.
pub fn pattern(path: &str, name: &str) -> Option<Violation> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    if !name.is_empty() && name.bytes().all(allowed) {
        return None;
    }
    let constraint = "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
    Some(Violation::new(Rule("member.pattern"), format_args!("'{name}'"), path, constraint))
}
