//! Strings, booleans, whole numbers, bytes and the words of enumerations.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ddbmock_model::{Enumeration, Message, Rule};
use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess};
use serde_json::value::RawValue;

use super::mismatch::{Given, Kind, Place};
use super::{Context, Wire};

impl Wire for String {
    const KIND: Kind = Kind::Text;

    fn absent() -> Self {
        Self::new()
    }

    fn from_text<E: de::Error>(text: &str, _: &mut Context) -> Result<Self, E> {
        Ok(text.to_owned())
    }
}

impl Wire for bool {
    const KIND: Kind = Kind::Boolean;

    fn absent() -> Self {
        false
    }

    fn from_text<E: de::Error>(text: &str, context: &mut Context) -> Result<Self, E> {
        written_boolean(text).ok_or_else(|| context.refuse(Given::Text))
    }

    fn from_boolean<E: de::Error>(boolean: bool, _: &mut Context) -> Result<Self, E> {
        Ok(boolean)
    }
}

/// The boolean a word stands for, in any case, blanks not trimmed. Source: captures of 2026, BOOL and NULL coercion.
fn written_boolean(word: &str) -> Option<bool> {
    let is = |other: &&str| word.eq_ignore_ascii_case(other);
    if ["true", "t", "yes", "y", "1"].iter().any(is) {
        return Some(true);
    }
    ["false", "f", "no", "n", "0"].iter().any(is).then_some(false)
}

/// A boolean that only the older layer reads from a string. Source: captures of 2026, layers.
pub(super) struct OlderBoolean(pub(super) bool);

impl Wire for OlderBoolean {
    const KIND: Kind = Kind::Boolean;

    fn absent() -> Self {
        Self(false)
    }

    fn from_text<E: de::Error>(text: &str, context: &mut Context) -> Result<Self, E> {
        context.said.older_layer = true;
        bool::from_text(text, context).map(Self)
    }

    fn from_boolean<E: de::Error>(boolean: bool, _: &mut Context) -> Result<Self, E> {
        Ok(Self(boolean))
    }
}

/// A boolean inside an attribute value.
pub(super) struct ValueBoolean(pub(super) bool);

impl Wire for ValueBoolean {
    const KIND: Kind = Kind::Boolean;

    fn absent() -> Self {
        Self(false)
    }

    fn from_text<E: de::Error>(text: &str, context: &mut Context) -> Result<Self, E> {
        OlderBoolean::from_text(text, context).map(|OlderBoolean(boolean)| Self(boolean))
    }

    fn from_boolean<E: de::Error>(boolean: bool, _: &mut Context) -> Result<Self, E> {
        Ok(Self(boolean))
    }

    /// Source: captures of 2026, BOOL and NULL coercion: here the service says nothing more.
    fn from_list<'de, A: SeqAccess<'de>>(_: A, context: &mut Context) -> Result<Self, A::Error> {
        Err(context.refuse_with(Message::new(Rule("wire.list_for_boolean"), "")))
    }
}

/// Bytes in base64.
pub(super) struct Blob(pub(super) Vec<u8>);

impl Wire for Blob {
    const KIND: Kind = Kind::Blob;

    fn absent() -> Self {
        Self(Vec::new())
    }

    fn from_text<E: de::Error>(text: &str, context: &mut Context) -> Result<Self, E> {
        let length = text.encode_utf16().count();
        if !length.is_multiple_of(4) {
            let text = format!("Base64 encoded length is expected a multiple of 4 bytes but found: {length}");
            return Err(context.refuse_with(Message::new(Rule("wire.base64_length"), text)));
        }
        STANDARD.decode(text).map(Self).map_err(|_| {
            // The slip is the service's.
            let text = "Invalid last non-pad Base64 character dectected";
            context.refuse_with(Message::new(Rule("wire.base64"), text))
        })
    }
}

/// A whole number of 32 bits; what is beyond them is the nearest that is not.
pub(crate) struct Integer(i64);

impl From<Integer> for i64 {
    fn from(integer: Integer) -> Self {
        integer.0
    }
}

impl Wire for Integer {
    const KIND: Kind = Kind::Integer;

    fn absent() -> Self {
        Self(0)
    }

    fn read<'de, D: Deserializer<'de>>(
        source: D,
        place: Place,
        context: &mut Context,
    ) -> Result<Option<Self>, D::Error> {
        let Some((whole, exact)) = read_whole(source, (Self::KIND, place), context)? else {
            return Ok(None);
        };
        let held = whole.clamp(i32::MIN.into(), i32::MAX.into());
        // What does not fit goes the way of the older layer. Source: captures of 2026, integers.
        context.said.older_layer |= !exact || held != whole;
        Ok(Some(Self(held)))
    }
}

impl Wire for i64 {
    const KIND: Kind = Kind::Long;

    fn absent() -> Self {
        0
    }

    fn read<'de, D: Deserializer<'de>>(
        source: D,
        place: Place,
        context: &mut Context,
    ) -> Result<Option<Self>, D::Error> {
        let whole = read_whole(source, (Self::KIND, place), context)?;
        Ok(whole.map(|(whole, _)| whole))
    }
}

/// A moment: seconds since 1970, with a fraction.
impl Wire for f64 {
    const KIND: Kind = Kind::Double;

    fn absent() -> Self {
        0.0
    }

    fn read<'de, D: Deserializer<'de>>(
        source: D,
        place: Place,
        context: &mut Context,
    ) -> Result<Option<Self>, D::Error> {
        Ok(read_number(source, (Self::KIND, place), context)?.map(float))
    }
}

/// A number, and whether it was a whole one of 64 bits.
fn read_whole<'de, D: Deserializer<'de>>(
    source: D,
    expected: (Kind, Place),
    context: &mut Context,
) -> Result<Option<(i64, bool)>, D::Error> {
    Ok(read_number(source, expected, context)?.map(truncated))
}

/// The text of a number: the parser makes a float of a large one and refuses a huge one.
fn read_number<'de, D: Deserializer<'de>>(
    source: D,
    (kind, place): (Kind, Place),
    context: &mut Context,
) -> Result<Option<&'de str>, D::Error> {
    let text = <&RawValue>::deserialize(source)?.get();
    match Given::of(text) {
        Given::Null => Ok(None),
        Given::Whole | Given::Decimal => Ok(Some(text)),
        given => {
            context.expect(kind, place);
            Err(context.refuse(given))
        }
    }
}

fn float(text: &str) -> f64 {
    text.parse().expect("a number of JSON is one of Rust, if an infinite one")
}

/// A number cut towards zero and held in 64 bits. Source: captures of 2026, integers.
fn truncated(text: &str) -> (i64, bool) {
    if let Ok(whole) = text.parse() {
        return (whole, true);
    }
    let float = float(text);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "this cast cuts towards zero and saturates, as wanted"
    )]
    let whole = float as i64;
    #[expect(clippy::cast_precision_loss, reason = "a whole number that is not the float's is caught so")]
    let exact = (whole as f64 - float).abs() < f64::EPSILON;
    (whole, exact)
}

/// Reads the word of an enumeration. One it does not have is noted, and the operation refuses it in its turn.
pub(crate) fn word<T: Enumeration>(word: &str, context: &mut Context) -> T {
    T::parse(word).unwrap_or_else(|| {
        context.note_unknown(word);
        T::default()
    })
}
