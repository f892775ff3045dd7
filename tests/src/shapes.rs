//! What requests and answers consist of, as lists have it, and what is drawn from them.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// The shapes of today's API version.
pub const LATEST: &str = include_str!("../shapes/2012-08-10.txt");
/// The shapes of the first API version.
pub const FIRST: &str = include_str!("../shapes/2011-12-05.txt");

/// A member of tables that no model has. Source: production captures, CreateTable.
const IN_NO_MODEL: &str = "TableThroughputModeSummary";
/// How deep what is drawn nests.
const DEPTH_MAX: usize = 8;
/// Texts are drawn from these letters.
const LETTERS: &[char] = &['a', 'b', 'Z', '0', '_', ' ', '"', '\\', '\n', '\0', '<', 'é', '\u{2028}', '😀'];

/// The shapes of an API version.
#[derive(Debug)]
pub struct Shapes {
    operations: BTreeMap<&'static str, Messages>,
    structures: BTreeMap<&'static str, Structure>,
    /// The words of each enumeration.
    words: BTreeMap<&'static str, Vec<&'static str>>,
}

/// The shapes of a request and its answer.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    /// What is asked.
    pub request: &'static str,
    /// What is answered, if anything ever is.
    pub answer: Option<&'static str>,
}

#[derive(Debug)]
struct Structure {
    members: Vec<Member>,
    /// Whether it has one of its members and no other.
    is_one: bool,
}

#[derive(Debug)]
struct Member {
    name: &'static str,
    kind: Kind,
    is_required: bool,
}

#[derive(Debug)]
enum Kind {
    Text,
    /// The text of a number.
    Number,
    Integer,
    Long,
    Double,
    Boolean,
    True,
    Blob,
    /// A list of which there is nothing.
    Empty,
    List(Box<Self>),
    Pair(Box<Self>),
    Set(Box<Self>),
    Map(Box<Self>),
    Named(&'static str),
}

/// How something is drawn.
struct Draw<'r> {
    random: &'r mut Rng,
    /// How many of 256 members are there that need not be.
    share: u8,
}

impl Kind {
    fn of(text: &'static str) -> Self {
        let (word, of) = text.split_once(' ').unwrap_or((text, ""));
        let of = || Box::new(Self::of(of));
        match word {
            "text" => Self::Text,
            "number" => Self::Number,
            "integer" | "seconds" => Self::Integer,
            "long" => Self::Long,
            "double" | "moment" => Self::Double,
            "boolean" => Self::Boolean,
            "true" => Self::True,
            "blob" => Self::Blob,
            "empty" => Self::Empty,
            "list" => Self::List(of()),
            "pair" => Self::Pair(of()),
            "set" => Self::Set(of()),
            "map" => Self::Map(of()),
            name => Self::Named(name),
        }
    }
}

impl Structure {
    /// The members in the lines that follow a structure's first one.
    fn of<'l>(head: &str, lines: impl Iterator<Item = &'static str> + 'l) -> Self {
        let members = lines.flat_map(|line| line.trim().split(',')).map(str::trim);
        let has = |member: &&str| !member.is_empty() && !member.starts_with('-');
        let member = |member: &'static str| {
            let (name, kind) = member.split_once(' ').expect(member);
            let is_required = name.ends_with('!');
            Member { name: name.trim_end_matches('!'), kind: Kind::of(kind), is_required }
        };
        Self { members: members.filter(has).map(member).collect(), is_one: head.ends_with(", one of") }
    }
}

impl Shapes {
    /// Reads a list.
    ///
    /// # Panics
    /// If it is none.
    pub fn of(list: &'static str) -> Self {
        let (operations, rest) =
            list.split_once("\n\n").and_then(|(_, list)| list.split_once("\n\n")).expect(list);
        let mut shapes = Self {
            operations: operations.lines().map(messages).collect(),
            structures: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        for paragraph in rest.split("\n\n") {
            let mut lines = paragraph.lines();
            let head = lines.next().expect(paragraph);
            let name = head.split([',', ':']).next().expect(head);
            if let Some((_, words)) = paragraph.split_once(": ") {
                shapes
                    .words
                    .insert(name, words.split_whitespace().filter(|word| !word.starts_with('-')).collect());
            } else {
                shapes.structures.insert(name, Structure::of(head, lines));
            }
        }
        shapes
    }

    /// The shapes of an operation, if it has any.
    pub fn messages(&self, operation: &str) -> Option<Messages> {
        self.operations.get(operation).copied()
    }

    /// The names of the operations.
    pub fn operations(&self) -> impl Iterator<Item = &'static str> {
        self.operations.keys().copied()
    }

    /// Draws a shape: each member that must be there, and of those that need not be some, many or none.
    ///
    /// # Panics
    /// If there is no such shape.
    pub fn drawn(&self, name: &str, random: &mut Rng) -> Value {
        let share = random.u8(..);
        self.nested(name, &mut Draw { random, share }, 0)
    }

    fn nested(&self, name: &str, draw: &mut Draw<'_>, depth: usize) -> Value {
        let Some(Structure { members, is_one }) = self.structures.get(name) else {
            return json!(draw.random.choice(self.words.get(name).expect(name)));
        };
        let chosen: Vec<&Member> = if *is_one {
            // The first one holds no others.
            let most = if depth < DEPTH_MAX { members.len() } else { 1 };
            vec![&members[draw.random.usize(..most)]]
        } else {
            members.iter().filter(|member| member.is_required || draw.random.u8(..) < draw.share).collect()
        };
        let drawn = chosen
            .into_iter()
            .map(|member| (member.name.to_owned(), self.kind(&member.kind, draw, depth + 1)));
        Value::Object(drawn.collect())
    }

    /// What in a value is not of a shape: a member that it does not have, a value of another type, an unknown word.
    pub fn misfit(&self, name: &str, value: &Value) -> Option<String> {
        let Some(Structure { members, is_one }) = self.structures.get(name) else {
            let is_word =
                value.as_str().is_some_and(|word| self.words.get(name).expect(name).contains(&word));
            return (!is_word).then(|| format!("is no {name}: {value}"));
        };
        let Some(told) = value.as_object().filter(|told| !is_one || told.len() == 1) else {
            return Some(format!("is no {name}: {value}"));
        };
        told.iter().filter(|(told, _)| *told != IN_NO_MODEL).find_map(|(told, value)| {
            let Some(member) = members.iter().find(|member| member.name == told) else {
                return Some(format!("{told} is no member of {name}"));
            };
            self.misfit_of(&member.kind, value).map(|misfit| format!("{told} {misfit}"))
        })
    }

    fn misfit_of(&self, kind: &Kind, value: &Value) -> Option<String> {
        let fits = match kind {
            Kind::Text | Kind::Number | Kind::Blob => value.is_string(),
            Kind::Integer | Kind::Long => value.is_i64(),
            Kind::Double => value.is_number(),
            Kind::Boolean => value.is_boolean(),
            Kind::True => *value == true,
            Kind::Empty => *value == json!([]),
            Kind::List(of) | Kind::Pair(of) | Kind::Set(of) => {
                let Value::Array(elements) = value else { return Some(format!("is no list: {value}")) };
                return elements.iter().find_map(|element| self.misfit_of(of, element));
            }
            Kind::Map(of) => {
                let Value::Object(entries) = value else { return Some(format!("is no map: {value}")) };
                return entries.values().find_map(|entry| self.misfit_of(of, entry));
            }
            Kind::Named(name) => return self.misfit(name, value),
        };
        (!fits).then(|| format!("is not of its type: {value}"))
    }

    fn kind(&self, kind: &Kind, draw: &mut Draw<'_>, depth: usize) -> Value {
        let count = draw.random.usize(1..=2);
        match kind {
            Kind::Text => json!(text(draw.random)),
            Kind::Number => json!(draw.random.i16(..).to_string()),
            Kind::Integer => json!(draw.random.u32(..1 << 20)),
            Kind::Long => json!(draw.random.u64(..1 << 50)),
            Kind::Double => json!(f64::from(draw.random.u32(..)) + 0.25),
            Kind::Boolean => json!(draw.random.bool()),
            Kind::True => json!(true),
            Kind::Blob => json!(["", "AAAA", "/+8=", "QQ=="][draw.random.usize(..4)]),
            Kind::Named(name) => self.nested(name, draw, depth),
            Kind::Empty => json!([]),
            Kind::List(of) => (0..count).map(|_| self.kind(of, draw, depth)).collect(),
            Kind::Pair(of) => (0..2).map(|_| self.kind(of, draw, depth)).collect(),
            Kind::Set(of) => Value::Array(vec![self.kind(of, draw, depth)]),
            Kind::Map(of) => {
                let entry =
                    |_| (format!("{}{}", text(draw.random), draw.random.u8(..)), self.kind(of, draw, depth));
                (0..count).map(entry).collect::<Map<_, _>>().into()
            }
        }
    }
}

fn messages(line: &'static str) -> (&'static str, Messages) {
    let (operation, shapes) = line.split_once(": ").expect(line);
    let (request, answer) = shapes.split_once(' ').unwrap_or((shapes, "-"));
    (operation, Messages { request, answer: Some(answer).filter(|answer| !answer.starts_with('-')) })
}

fn text(random: &mut Rng) -> String {
    (0..random.usize(..6)).filter_map(|_| random.choice(LETTERS)).collect()
}
