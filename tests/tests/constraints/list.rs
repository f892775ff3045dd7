//! The list of constraints: what it says, line by line.

use serde_json::Value;

const LISTS: &str = include_str!("../../constraints.txt");

/// The constraints of an operation.
pub(super) struct Listed {
    pub(super) operation: &'static str,
    /// A request that breaks none.
    pub(super) request: Value,
    pub(super) members: Vec<Member>,
}

/// A member, and what it has to be.
pub(super) struct Member {
    /// From the request's first member: in lower camel case, with `N.member` for any element of a list and
    /// `<key>.member` for any entry of a map.
    pub(super) path: &'static str,
    pub(super) kind: &'static str,
    pub(super) constraints: Vec<Constraint>,
    /// What may be said instead, whatever is broken.
    pub(super) instead: Vec<&'static str>,
}

/// What a member has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Constraint {
    Required,
    LengthLeast(usize),
    LengthMost(usize),
    ValueLeast(i64),
    ValueMost(i64),
    Pattern(&'static str),
    Words(&'static str),
}

impl Listed {
    pub(super) fn prefix(&self) -> &'static str {
        match self.operation {
            "DescribeStream" | "GetRecords" | "GetShardIterator" | "ListStreams" => {
                "DynamoDBStreams_20120810"
            }
            _ => "DynamoDB_20120810",
        }
    }
}

pub(super) fn listed() -> Vec<Listed> {
    let sections = LISTS.split("\n\n").filter(|section| section.starts_with('['));
    sections
        .map(|section| {
            let mut lines = section.lines();
            let operation =
                lines.next().and_then(|head| head.strip_prefix('[')?.strip_suffix(']')).expect(section);
            let request = lines.next().and_then(|line| serde_json::from_str(line).ok()).expect(section);
            Listed { operation, request, members: lines.map(member).collect() }
        })
        .collect()
}

fn member(line: &'static str) -> Member {
    let (head, rest) = line.split_once(": ").expect(line);
    let (path, kind) = head.split_once(' ').expect(line);
    let mut parts = rest.split(" | ");
    let (rest, instead) = (parts.next().unwrap_or_default(), parts.collect());
    let (rest, pattern) =
        rest.split_once("pattern ").map_or((rest, None), |(rest, pattern)| (rest, Some(pattern)));
    let mut constraints: Vec<Constraint> =
        rest.split(", ").filter(|part| !part.is_empty()).flat_map(constraint).collect();
    constraints.extend(pattern.map(Constraint::Pattern));
    Member { path, kind, constraints, instead }
}

fn constraint(text: &'static str) -> Vec<Constraint> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let (least, most) = rest.split_once("..").unwrap_or_default();
    match word {
        "required" => vec![Constraint::Required],
        "words" => vec![Constraint::Words(rest)],
        "length" => {
            let least = least.parse().ok().filter(|least| *least > 0).map(Constraint::LengthLeast);
            least.into_iter().chain(most.parse().ok().map(Constraint::LengthMost)).collect()
        }
        "value" => {
            let least = least.parse().ok().map(Constraint::ValueLeast);
            least.into_iter().chain(most.parse().ok().map(Constraint::ValueMost)).collect()
        }
        _ => panic!("{text}: not a constraint"),
    }
}
