//! How a constraint is broken, and how that is told.

use std::collections::BTreeSet;
use std::fmt;

use ddbmock_engine::Wording;
use serde_json::{Map, Value, json};

use super::list::{Constraint, Listed, Member};

/// A constraint that a request breaks.
#[derive(Clone)]
pub(super) struct Violation<'l> {
    member: &'l Member,
    constraint: Constraint,
    /// What stands there; nothing if the member is left out.
    value: Option<Value>,
}

/// The key of the entry that is made in a map.
const KEY: &str = "songs";

/// Every way to break a constraint of an operation.
pub(super) fn violations(listed: &Listed) -> Vec<Violation<'_>> {
    let all =
        listed.members.iter().flat_map(|member| member.constraints.iter().map(move |one| (member, *one)));
    all.map(|(member, constraint)| {
        let value = match constraint {
            Constraint::Required => None,
            _ => Some(broken(member, constraint, listed)),
        };
        Violation { member, constraint, value }
    })
    .collect()
}

/// Every name that breaks two constraints at once: it has letters that names have not, and too few or too many of them.
pub(super) fn misspelled(listed: &Listed) -> Vec<[Violation<'_>; 2]> {
    let mut all = Vec::new();
    for member in &listed.members {
        let pattern = member.constraints.iter().find(|one| matches!(one, Constraint::Pattern(_)));
        for (pattern, length) in
            pattern.into_iter().flat_map(|one| member.constraints.iter().map(move |two| (one, two)))
        {
            let letters = match length {
                Constraint::LengthLeast(least) if *least > 1 => least - 1,
                Constraint::LengthMost(most) => most + 1,
                _ => continue,
            };
            let value = Some(json!("\u{1}".repeat(letters)));
            let violation =
                |constraint: &Constraint| Violation { member, constraint: *constraint, value: value.clone() };
            all.push([pattern, length].map(violation));
        }
    }
    all
}

/// A value that breaks a constraint and no other of its member.
fn broken(member: &Member, constraint: Constraint, listed: &Listed) -> Value {
    let least = |one: &Constraint| if let Constraint::LengthLeast(least) = one { Some(*least) } else { None };
    match (constraint, member.kind) {
        (Constraint::Words(_), _) => json!("NO_WORD"),
        (Constraint::Pattern(pattern), _) => {
            let wrong = if pattern.contains("\\$") { "$" } else { "\u{1}" };
            json!(wrong.repeat(member.constraints.iter().find_map(least).unwrap_or(1)))
        }
        (Constraint::ValueLeast(least), _) => json!(least - 1),
        (Constraint::ValueMost(most), _) => json!(most + 1),
        (Constraint::LengthLeast(least), "string") => json!("1".repeat(least - 1)),
        (Constraint::LengthMost(most), "string") => json!("1".repeat(most + 1)),
        (Constraint::LengthLeast(1), "list") => json!([]),
        (Constraint::LengthLeast(1), "map") => json!({}),
        (Constraint::LengthMost(most), "list") => {
            let elements = found(&listed.request, member.path).and_then(Value::as_array);
            let element = elements.and_then(|elements| elements.first()).cloned();
            Value::Array(vec![element.unwrap_or_else(|| made(member, listed)); most + 1])
        }
        (Constraint::LengthMost(most), "map") => {
            let entries = found(&listed.request, member.path).and_then(Value::as_object);
            let entry = entries.and_then(|entries| entries.values().next()).expect("the request has one");
            (0..=most).map(|number| (format!("{KEY}{number}"), entry.clone())).collect()
        }
        (constraint, kind) => {
            panic!("{}: there is no telling what {kind} breaks {constraint:?}", member.path)
        }
    }
}

/// An element of a list that the right request does not have.
fn made(list: &Member, listed: &Listed) -> Value {
    let element = format!("{}.N.member", list.path);
    let is_text = listed.members.iter().any(|member| member.path == element && member.kind == "string");
    if is_text { json!("a") } else { json!({}) }
}

/// A step of a path.
enum Step {
    Member(String),
    Element,
    Entry,
}

fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut parts = path.split('.').peekable();
    while let Some(part) = parts.next() {
        match part {
            "N" => steps.push(Step::Element),
            "<key>" => steps.push(Step::Entry),
            _ => {
                let mut letters = part.chars();
                let first = letters.next().map(|first| first.to_ascii_uppercase());
                steps.push(Step::Member(first.into_iter().chain(letters).collect()));
            }
        }
        if matches!(part, "N" | "<key>") {
            parts.next_if_eq(&"member");
        }
    }
    steps
}

fn found<'r>(request: &'r Value, path: &str) -> Option<&'r Value> {
    steps(path).iter().try_fold(request, |value, step| match step {
        Step::Member(name) => value.get(name),
        Step::Element => value.as_array()?.first(),
        Step::Entry => value.as_object()?.values().next(),
    })
}

impl Violation<'_> {
    /// A request with it.
    pub(super) fn body(&self, request: &Value) -> Value {
        let mut body = request.clone();
        place(&mut body, &steps(self.member.path), self.value.as_ref());
        body
    }

    /// Where a message tells of it.
    pub(super) fn place(&self, message: &str, wording: Wording) -> Option<usize> {
        let ends = message.match_indices("' failed to satisfy constraint: ");
        let own = ends.filter_map(|(at, constraint)| {
            let (before, rest) = (&message[..at], &message[at + constraint.len()..]);
            let path = before.rsplit_once(" at '")?.1;
            let is_told = generic(path).eq_ignore_ascii_case(self.member.path) && self.is_told_by(rest);
            is_told.then_some(at)
        });
        own.chain(self.member.instead(wording).filter_map(|instead| message.find(instead))).next()
    }

    /// Whether nothing else may be said instead.
    pub(super) fn has_own_words(&self, wording: Wording) -> bool {
        self.member.instead(wording).next().is_none()
    }

    /// The member of which it is.
    pub(super) fn path(&self) -> &'static str {
        self.member.path
    }

    /// Whether a group has it: its member, or the member with this constraint.
    pub(super) fn is_of(&self, group: &str) -> bool {
        let constraint = match group.strip_prefix(self.member.path) {
            Some("") => return true,
            Some(rest) => rest.trim_start(),
            None => return false,
        };
        match self.constraint {
            Constraint::Required => constraint == "required",
            Constraint::LengthLeast(_) => constraint == "length least",
            _ => false,
        }
    }

    /// Whether the member is left out.
    pub(super) fn is_missing(&self) -> bool {
        self.constraint == Constraint::Required
    }

    fn is_told_by(&self, rest: &str) -> bool {
        let told = match self.constraint {
            Constraint::Required => "Member must not be null".to_owned(),
            Constraint::LengthLeast(least) => {
                format!("Member must have length greater than or equal to {least}")
            }
            Constraint::LengthMost(most) => format!("Member must have length less than or equal to {most}"),
            Constraint::ValueLeast(least) => {
                format!("Member must have value greater than or equal to {least}")
            }
            Constraint::ValueMost(most) => format!("Member must have value less than or equal to {most}"),
            Constraint::Pattern(pattern) => {
                format!("Member must satisfy regular expression pattern: {pattern}")
            }
            Constraint::Words(words) => return told_words(rest) == Some(words.split(' ').collect()),
        };
        rest.strip_prefix(&told).is_some_and(|rest| rest.is_empty() || rest.starts_with("; "))
    }

    /// Whether a request can have both: neither member stands within the other.
    pub(super) fn is_apart_from(&self, other: &Self) -> bool {
        let (one, other) = (self.member.path, other.member.path);
        let is_within = |one: &str, other| {
            one.strip_prefix(other).is_some_and(|rest: &str| rest.is_empty() || rest.starts_with('.'))
        };
        !is_within(one, other) && !is_within(other, one)
    }
}

/// A path of a message as the lists have it.
fn generic(path: &str) -> String {
    let step = |step: &str| match step {
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => "N".to_owned(),
        key if key == "id" || key.starts_with(KEY) => "<key>".to_owned(),
        name => name.to_owned(),
    };
    path.split('.').map(step).collect::<Vec<_>>().join(".")
}

fn told_words(rest: &str) -> Option<BTreeSet<&str>> {
    let words = rest.strip_prefix("Member must satisfy enum value set: [")?.split(']').next()?;
    Some(words.split(", ").collect())
}

/// Puts a value where a path leads, or takes out what is there; what leads there is made where it is not.
///
/// Of the elements of a list it is the one that has the path's next member, else the first.
fn place(at: &mut Value, steps: &[Step], value: Option<&Value>) {
    let [step, rest @ ..] = steps else {
        *at = value.cloned().unwrap_or_default();
        return;
    };
    let next = match step {
        Step::Member(name) => {
            let map = object(at);
            if rest.is_empty() && value.is_none() {
                map.remove(name);
                return;
            }
            map.entry(name).or_insert(Value::Null)
        }
        Step::Entry => {
            let map = object(at);
            if map.is_empty() {
                map.insert(KEY.to_owned(), Value::Null);
            }
            map.values_mut().next().expect("there is one")
        }
        Step::Element => {
            if !at.is_array() {
                *at = json!([]);
            }
            let list = at.as_array_mut().expect("it is one");
            if list.is_empty() {
                list.push(Value::Null);
            }
            let has_next = |element: &Value| matches!(rest.first(), Some(Step::Member(name)) if element.get(name).is_some());
            let at = list.iter().position(has_next).unwrap_or(0);
            &mut list[at]
        }
    };
    place(next, rest, value);
}

fn object(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = json!({});
    }
    value.as_object_mut().expect("it is one")
}

impl fmt::Display for Violation<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {:?}", self.member.path, self.constraint)
    }
}
