//! The list of constraints: what it says, line by line.

use ddbmock_engine::Wording;
use serde_json::Value;

use super::violation::Violation;

const LISTS: &str = include_str!("../../constraints.txt");

/// The constraints of an operation.
pub(super) struct Listed {
    pub(super) operation: &'static str,
    /// A request that breaks none.
    pub(super) request: Value,
    orders: Vec<Order>,
    pub(super) members: Vec<Member>,
}

/// What is told together, in its order, and before what: members by their paths, group by group.
#[derive(Clone)]
pub(super) struct Groups {
    pub(super) all: Vec<Vec<&'static str>>,
    /// Whether what is in none of them is told after them; else there is no telling.
    pub(super) come_first: bool,
}

impl Groups {
    /// The group of a violation, and its place there.
    pub(super) fn place(&self, violation: &Violation<'_>) -> Option<(usize, usize)> {
        let place = |group: &[&str]| group.iter().position(|words| violation.is_of(words));
        self.all.iter().enumerate().find_map(|(number, group)| Some((number, place(group)?)))
    }
}

/// Which groups there are, and when.
struct Order {
    /// The layer; nothing for both.
    wording: Option<Wording>,
    /// Members of which one is left out; nothing for any request.
    without: Vec<&'static str>,
    /// As the older layer has them, if it is not said.
    groups: Option<Groups>,
}

/// A member, and what it has to be.
pub(super) struct Member {
    /// From the request's first member: in lower camel case, with `N.member` for any element of a list and
    /// `<key>.member` for any entry of a map.
    pub(super) path: &'static str,
    pub(super) kind: &'static str,
    pub(super) constraints: Vec<Constraint>,
    /// What may be said instead, whatever is broken.
    pub(super) instead: Vec<Instead>,
}

/// What may be said instead of a constraint's own words.
pub(super) struct Instead {
    /// Whether only the newer layer says so.
    is_newer: bool,
    /// Whether it is said before anything is told together.
    is_first: bool,
    text: &'static str,
}

impl Member {
    /// What a wording may say instead.
    pub(super) fn instead(&self, wording: Wording) -> impl Iterator<Item = &'static str> {
        let is_said = move |one: &&Instead| !one.is_newer || wording == Wording::Current;
        self.instead.iter().filter(is_said).map(|one| one.text)
    }
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

    /// What is told together where `missing` are left out. The older layer tells of all members that have no other
    /// words, in the order of the list.
    pub(super) fn groups(&self, wording: Wording, missing: &[&str]) -> Groups {
        let fits = |order: &&Order| {
            order.wording.is_none_or(|only| only == wording)
                && (order.without.is_empty() || order.without.iter().any(|member| missing.contains(member)))
        };
        // What is left out is said last.
        let order = self.orders.iter().rev().find(fits);
        let groups = order.and_then(|order| order.groups.clone());
        groups.unwrap_or_else(|| {
            let first = |member: &&Member| member.instead.iter().any(|one| one.is_first);
            let joined = |member: &&Member| member.instead(Wording::Classic).next().is_none();
            let first = self.members.iter().filter(first).map(|member| vec![member.path]);
            let joined = self.members.iter().filter(joined).map(|member| member.path).collect();
            Groups { all: first.chain([joined]).collect(), come_first: false }
        })
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
            let (orders, members): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with('('));
            Listed {
                operation,
                request,
                orders: orders.into_iter().map(order).collect(),
                members: members.into_iter().map(member).collect(),
            }
        })
        .collect()
}

fn order(line: &'static str) -> Order {
    let (when, groups) = line.strip_prefix('(').and_then(|line| line.split_once(')')).expect(line);
    let (layer, without) = when.split_once(" without ").unwrap_or((when, ""));
    let without = without.split(" or ").filter(|path| !path.is_empty()).collect();
    let wording = match layer {
        "newer" => Some(Wording::Current),
        "any" => None,
        _ => panic!("{line}: there is no such layer"),
    };
    let group = |group: &'static str| group.trim().split(", ").collect();
    let groups = (!groups.is_empty())
        .then(|| Groups { all: groups.split('|').map(group).collect(), come_first: true });
    Order { wording, without, groups }
}

fn member(line: &'static str) -> Member {
    let (head, rest) = line.split_once(": ").expect(line);
    let (path, kind) = head.split_once(' ').expect(line);
    let mut parts = rest.split(" | ");
    let (rest, instead) = (parts.next().unwrap_or_default(), parts.map(instead).collect());
    let (rest, pattern) =
        rest.split_once("pattern ").map_or((rest, None), |(rest, pattern)| (rest, Some(pattern)));
    let mut constraints: Vec<Constraint> =
        rest.split(", ").filter(|part| !part.is_empty()).flat_map(constraint).collect();
    constraints.extend(pattern.map(Constraint::Pattern));
    Member { path, kind, constraints, instead }
}

fn instead(text: &'static str) -> Instead {
    let (newer, first) = (text.strip_prefix("(newer) "), text.strip_prefix("(first) "));
    let text = newer.or(first).unwrap_or(text);
    Instead { is_newer: newer.is_some(), is_first: first.is_some(), text }
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
