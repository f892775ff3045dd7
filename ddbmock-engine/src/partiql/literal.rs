//! The values that a statement holds, checked as they are read; question marks in lists and maps are filled in later.
//!
//! Source: captures of 2026, PartiQL literals.

use std::collections::BTreeMap;

use ddbmock_model::{
    AttributeValue, Item, LEVELS_MAX, Number, NumberFault, Rule, ValueFault, Wording, attributes,
};

use super::tree::{CaseKind, Expression, Infix, Kind};
use crate::check::worded;
use crate::expression::Fault;

/// The highest exponents are those of underflows. Source: captures of 2026, PartiQL literals.
const EXPONENT_UNDERFLOW: i64 = 2_147_483_646;

/// A value as a statement holds it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Template {
    /// A value that is there as a whole.
    Value(AttributeValue),
    /// What a question mark stands for, by its place among them.
    Parameter(usize),
    /// A list with question marks in it.
    List(Vec<Template>),
    /// A map with question marks in it.
    Map(BTreeMap<String, Template>),
}

impl Template {
    /// The value, once it is known what the question marks stand for.
    pub(super) fn filled(&self, parameters: &[AttributeValue]) -> AttributeValue {
        match self {
            Self::Value(value) => value.clone(),
            Self::Parameter(place) => parameters[*place].clone(),
            Self::List(list) => AttributeValue::L(list.iter().map(|one| one.filled(parameters)).collect()),
            Self::Map(map) => {
                let filled = |(name, one): (&String, &Self)| (name.clone(), one.filled(parameters));
                AttributeValue::M(map.iter().map(filled).collect())
            }
        }
    }
}

/// Where in a value something stands, as refusals print it.
#[derive(Debug, Clone)]
struct Place {
    path: String,
    levels: usize,
}

impl Place {
    fn root() -> Self {
        Self { path: "root".to_owned(), levels: 0 }
    }

    fn below(&self, step: &str) -> Self {
        Self { path: format!("{}{step}", self.path), levels: self.levels + 1 }
    }

    fn refuse(&self, rule: Rule, text: &str) -> Fault {
        Fault::new(rule, format!("{text} under {}", self.path))
    }
}

/// The value that an expression is.
pub(super) fn value(expression: &Expression) -> Result<Template, Fault> {
    read(expression, &Place::root())
}

/// The item that an expression is. Each of its attributes is a root of its own.
pub(super) fn item(expression: &Expression) -> Result<Template, Fault> {
    match &expression.kind {
        Kind::Map(entries) => entries_of(entries, |_| Place::root()),
        _ => value(expression),
    }
}

fn read(expression: &Expression, place: &Place) -> Result<Template, Fault> {
    // No value may stand in more lists and maps.
    if place.levels > LEVELS_MAX {
        return Err(place.refuse(Rule("partiql.levels"), "Nesting Levels have exceeded supported limits"));
    }
    let constant = |value| Ok(Template::Value(value));
    match &expression.kind {
        Kind::Null => constant(AttributeValue::Null(true)),
        Kind::Bool(boolean) => constant(AttributeValue::Bool(*boolean)),
        Kind::Text(text) => constant(AttributeValue::S(text.clone())),
        Kind::Number(text) => {
            check_number(text, place)?;
            constant(AttributeValue::N(text.clone()))
        }
        Kind::Parameter(parameter) => Ok(Template::Parameter(*parameter)),
        Kind::Bag(members) => bag(members, place).map(Template::Value),
        Kind::List(elements) => {
            let read = |(index, element)| read(element, &place.below(&format!("[{index}]")));
            let elements: Vec<Template> = (0..).zip(elements).map(read).collect::<Result<_, _>>()?;
            Ok(list(elements))
        }
        Kind::Map(entries) => entries_of(entries, |name| place.below(&format!(".{name}"))),
        Kind::Ion(content) => {
            let text = format!(
                "Ion Literals are not supported: {} under key {} at {}",
                ion(content),
                place.path,
                expression.span
            );
            Err(Fault::new(Rule("partiql.ion"), text))
        }
        _ => Err(unsupported(expression, place)),
    }
}

/// A list whose elements are all there is there as a whole.
fn list(elements: Vec<Template>) -> Template {
    let whole = |one: &Template| matches!(one, Template::Value(_));
    if !elements.iter().all(whole) {
        return Template::List(elements);
    }
    Template::Value(AttributeValue::L(elements.iter().map(|one| one.filled(&[])).collect()))
}

/// As [`list`], of maps.
fn map(entries: BTreeMap<String, Template>) -> Template {
    let whole = |one: &Template| matches!(one, Template::Value(_));
    if !entries.values().all(whole) {
        return Template::Map(entries);
    }
    let filled = entries.into_iter().map(|(name, one)| (name, one.filled(&[])));
    Template::Value(AttributeValue::M(filled.collect()))
}

fn entries_of(
    entries: &[(Expression, Expression)],
    place: impl Fn(&str) -> Place,
) -> Result<Template, Fault> {
    let read = |(name, entry): &(Expression, Expression)| match &name.kind {
        Kind::Text(text) if text.is_empty() => Err(empty_component()),
        Kind::Text(text) => Ok((text.clone(), read(entry, &place(text))?)),
        _ => Err(unsupported(name, &place(""))),
    };
    Ok(map(entries.iter().map(read).collect::<Result<_, Fault>>()?))
}

/// A name that is empty, in a path or in a map.
pub(super) fn empty_component() -> Fault {
    Fault::new(Rule("partiql.empty_component"), "Path component cannot be an empty string")
}

fn check_number(text: &str, place: &Place) -> Result<(), Fault> {
    let exponent =
        text.to_ascii_lowercase().split_once('e').and_then(|(_, exponent)| exponent.parse::<i64>().ok());
    let fault = match Number::parse_as(text, Wording::Classic) {
        Ok(_) => return Ok(()),
        Err(NumberFault::Overflow) if exponent >= Some(EXPONENT_UNDERFLOW) => NumberFault::Underflow,
        Err(fault) => fault,
    };
    let (rule, text) = worded(&ValueFault::Number(fault, text.to_owned()), Wording::Classic);
    Err(place.refuse(rule, &text))
}

/// A set: of numbers or of strings, as its first member is.
fn bag(members: &[Expression], place: &Place) -> Result<AttributeValue, Fault> {
    let unsupported_member = |member: &Expression, at: &str| {
        let text = "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags";
        match member.kind {
            Kind::Text(_) | Kind::Number(_) | Kind::Bool(_) | Kind::Null => {
                Fault::new(Rule("partiql.bag_member"), format!("{text}{at}"))
            }
            _ => unsupported(member, place),
        }
    };
    match members.first().map(|member| &member.kind) {
        None => Err(Fault::new(Rule("partiql.empty_bag"), "Empty bags are not supported")),
        Some(Kind::Number(_)) => {
            let texts = members.iter().map(|member| match &member.kind {
                Kind::Number(text) => check_number(text, place).map(|()| text.clone()),
                Kind::Null => Err(place.refuse(Rule("partiql.bag_null"), NULL_MEMBER)),
                _ => Err(unsupported_member(member, "")),
            });
            numbers(texts.collect::<Result<_, _>>()?, place)
        }
        Some(_) => {
            let texts = members.iter().map(|member| match &member.kind {
                Kind::Text(text) => Ok(text.clone()),
                _ => Err(unsupported_member(member, &format!(" at {}", member.span))),
            });
            strings(texts.collect::<Result<_, _>>()?)
        }
    }
}

const NULL_MEMBER: &str = "One or more parameter values were invalid: Numeric sets may not contain null";

fn numbers(texts: Vec<String>, place: &Place) -> Result<AttributeValue, Fault> {
    let listed = texts.join(", ");
    let set = AttributeValue::Ns(texts);
    if Item::strict_as(&attributes! { "v" => set.clone() }, Wording::Classic).is_ok() {
        return Ok(set);
    }
    let text = format!(
        "One or more parameter values were invalid: Input collection [{listed}] contains duplicates!"
    );
    Err(place.refuse(Rule("partiql.bag_numbers"), &text))
}

fn strings(texts: Vec<String>) -> Result<AttributeValue, Fault> {
    let set = AttributeValue::Ss(texts);
    match Item::strict_as(&attributes! { "v" => set.clone() }, Wording::Classic) {
        Ok(_) => Ok(set),
        Err(fault) => {
            let (rule, text) = worded(&fault, Wording::Classic);
            Err(Fault::new(rule, text))
        }
    }
}

/// Something that is no value. A function is called by its name where the whole value is one.
fn unsupported(expression: &Expression, place: &Place) -> Fault {
    let kind = match &expression.kind {
        Kind::Call(name, _) if place.levels == 0 => name.as_str(),
        _ => kind_of(&expression.kind),
    };
    let text = format!("Unsupported data type: {kind} under key {} at {}", place.path, expression.span);
    Fault::new(Rule("partiql.data_type"), text)
}

/// What the service calls an expression.
pub(super) fn kind_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::Ion(_) => "Lit",
        Kind::Missing => "Missing",
        Kind::Parameter(_) => "Parameter",
        Kind::Name(_) => "Id",
        Kind::Path(..) => "Path",
        Kind::List(_) => "List",
        Kind::Map(_) => "Struct",
        Kind::Bag(_) => "Bag",
        Kind::Call(..) => "Call",
        Kind::Is(..) => "IsType",
        Kind::Case(CaseKind::Simple) => "SimpleCase",
        Kind::Case(CaseKind::Searched) => "SearchedCase",
        Kind::Infix(Infix::Plus, _) => "Plus",
        Kind::Infix(Infix::Minus, _) => "Minus",
        Kind::Infix(..) | Kind::Not(_) | Kind::Between(..) | Kind::In(..) => "NAry",
        Kind::Select(_) => "Select",
    }
}

/// The type of what stands between backticks: bytes in double braces; others are not captured.
fn ion(content: &str) -> &'static str {
    match content.trim_start() {
        blob if blob.starts_with("{{\"") || blob.starts_with("{{'") => "CLOB",
        blob if blob.starts_with("{{") => "BLOB",
        number if number.starts_with(|first: char| first.is_ascii_digit() || first == '-') => "DECIMAL",
        text if text.starts_with('"') => "STRING",
        list if list.starts_with('[') => "LIST",
        structure if structure.starts_with('{') => "STRUCT",
        sexp if sexp.starts_with('(') => "SEXP",
        _ => "SYMBOL",
    }
}
