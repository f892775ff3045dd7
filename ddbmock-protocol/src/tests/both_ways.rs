//! Whatever an operation is asked or answers is read as it is written and written as it is read: nothing is lost.
//!
//! What is drawn are the service's own shapes, so that each member has the service's name and type.

use std::any::TypeId;
use std::convert::Infallible;
use std::fmt::Debug;
use std::sync::Mutex;

use ddbmock_model::{Call, Caller, DynamoDb, Error, Operation, op, unknown_operation};
use fastrand::Rng;
use serde_json::Value;

use super::shapes::{FIRST, LATEST, Shapes};
use crate::read::{Body, Wire, read_back};
use crate::v20111205;
use crate::write::{Written, encode};

/// How many requests and answers of each operation are drawn.
const DRAWN: u64 = 200;

/// Reads something and writes it again.
type Again = fn(&str) -> String;

/// An operation: its name, its request, and its answer, if there ever is one.
struct Both {
    operation: &'static str,
    asked: Again,
    answered: Option<Again>,
}

macro_rules! list {
    ($($name:ident $method:ident,)+) => {
        const OPERATIONS: &[fn() -> Both] = &[$(|| Both {
            operation: stringify!($name),
            asked: asked::<op::$name>,
            answered: answered_by::<op::$name>(),
        }),+];
    };
}
ddbmock_model::operations!(list);

fn asked<T: Body + Written + Debug + PartialEq>(sent: &str) -> String {
    let call = T::decode(sent).unwrap();
    assert_eq!(call, T::decode_as_sent(sent).unwrap(), "{sent}");
    let written = String::from_utf8(encode(&call.request)).unwrap();
    assert_eq!(call.request, T::decode(&written).unwrap().request, "{written}");
    written
}

fn answered<T: Wire + Written + Debug + PartialEq>(told: &str) -> String {
    let answer: T = read_back(told);
    let written = String::from_utf8(encode(&answer)).unwrap();
    assert_eq!(answer, read_back(&written), "{written}");
    written
}

/// Some answers have no body, and some are never given.
fn answered_by<T: Operation>() -> Option<Again>
where
    T::Output: Wire + Written + Debug + PartialEq,
{
    let answer = TypeId::of::<T::Output>();
    let is_body = answer != TypeId::of::<Infallible>() && answer != TypeId::of::<()>();
    is_body.then_some(answered::<T::Output>)
}

/// Draws a shape again and again; each time all of it must come back.
fn check(shapes: &Shapes, shape: &str, again: Again) {
    for seed in 0..DRAWN {
        let drawn = shapes.drawn(shape, &mut Rng::with_seed(seed));
        let back = again(&drawn.to_string());
        let parsed = serde_json::from_str(&back).unwrap();
        assert_eq!(shapes.misfit(shape, &parsed), None, "{shape}, {seed}:\n{parsed}");
        assert_eq!(lost(&drawn, &parsed), None, "{shape}, {seed}:\n{drawn}\n{parsed}");
    }
}

/// The first place at which something of a value is not in another: members can be added, and what is not set left out.
fn lost(value: &Value, other: &Value) -> Option<String> {
    let at = |place: String, value, other| lost(value, other).map(|rest| format!("{place} {rest}"));
    match (value, other) {
        (Value::Object(value), Value::Object(other)) => {
            value.iter().find_map(|(name, value)| match other.get(name) {
                Some(other) => at(name.clone(), value, other),
                None => (*value != Value::Bool(false)).then(|| format!("{name} is missing")),
            })
        }
        (Value::Array(value), Value::Array(other)) if value.len() == other.len() => {
            let mut pairs = value.iter().zip(other).enumerate();
            pairs.find_map(|(place, (value, other))| at(place.to_string(), value, other))
        }
        _ => (value != other).then(|| format!("is {other}")),
    }
}

#[test]
fn requests_and_answers() {
    let shapes = Shapes::of(LATEST);
    for both in OPERATIONS {
        let Both { operation, asked, answered } = both();
        let messages = shapes.messages(operation);
        let messages = messages.unwrap_or_else(|| panic!("tests/shapes has nothing of {operation}"));
        check(&shapes, messages.request, asked);
        assert_eq!(messages.answer.is_some(), answered.is_some(), "{operation}");
        if let (Some(answer), Some(answered)) = (messages.answer, answered) {
            check(&shapes, answer, answered);
        }
    }
}

/// Notes what it is asked.
struct Noting(Mutex<String>);

macro_rules! note {
    ($($name:ident $method:ident,)+) => {
        impl DynamoDb for Noting {
            $(fn $method(&self, _: &Caller<'_>, call: Call<op::$name>) -> Result<<op::$name as Operation>::Output, Error> {
                *self.0.lock().unwrap() = format!("{call:?}");
                Err(unknown_operation())
            })+
        }
    };
}
ddbmock_model::operations!(note);

/// What a request of the first version is read as, or refused with: some words are.
fn noted(operation: &str, body: &Value) -> String {
    let run = v20111205::find(&format!("DynamoDB_20111205.{operation}")).unwrap().run;
    let noting = Noting(Mutex::default());
    let refused = run(&noting, &Caller::default(), &body.to_string()).unwrap_err();
    format!("{}{refused:?}", noting.0.into_inner().unwrap())
}

/// Every value with another text, number or boolean somewhere in it.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(members) => {
            let with = |name: &String, other| {
                let mut members = members.clone();
                members.insert(name.clone(), other);
                members.into()
            };
            let of = |(name, value)| others(value).into_iter().map(move |other| with(name, other));
            members.iter().flat_map(of).collect()
        }
        Value::Array(elements) => {
            let with = |place: usize, other| {
                let mut elements = elements.clone();
                elements[place] = other;
                elements.into()
            };
            let of = |(place, value)| others(value).into_iter().map(move |other| with(place, other));
            elements.iter().enumerate().flat_map(of).collect()
        }
        Value::String(text) => vec![format!("AAAA{text}").into()], // is base64 if it was
        Value::Number(number) => vec![(number.as_f64().unwrap() + 1.0).into()],
        Value::Bool(boolean) => vec![(!boolean).into()],
        Value::Null => vec![],
    }
}

/// It is read into today's requests: of two that differ anywhere, so does what they are read as.
#[test]
fn requests_of_the_first_version() {
    let shapes = Shapes::of(FIRST);
    for operation in shapes.operations() {
        let request = shapes.messages(operation).unwrap().request;
        let drawn = (0..DRAWN / 4).map(|seed| shapes.drawn(request, &mut Rng::with_seed(seed)));
        // Some are refused before they are asked.
        let asked =
            drawn.map(|body| (noted(operation, &body), body)).filter(|(noted, _)| noted.starts_with("Call"));
        let mut count = 0;
        for (first, body) in asked {
            let other = others(&body).into_iter().find(|other| noted(operation, other) == first);
            assert_eq!(other, None, "{operation}:\n{body}");
            count += 1;
        }
        assert!(count > 0, "nothing is asked of {operation}");
    }
}
