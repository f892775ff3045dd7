//! What the service says of a value whose JSON type is not the declared one.
//!
//! Source: production captures, serialization errors: every declared type against every JSON type.

use std::borrow::Cow;

use ddbmock_model::{Message, Rule};

/// A declared type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// A string, also an enumeration's word and a number's text.
    #[default]
    Text,
    /// A boolean.
    Boolean,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Long,
    /// A number, also a moment: seconds since 1970.
    Double,
    /// Bytes in base64.
    Blob,
    /// A list.
    List(&'static Kind),
    /// A map from names.
    Map(&'static Kind),
    /// A structure, by its shape's name.
    Structure(&'static str),
}

/// What a value is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Place {
    /// Nothing: it is the whole body.
    #[default]
    Body,
    /// A structure.
    Member,
    /// A list or a map.
    Element,
}

/// A JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    Null,
    Text,
    Boolean(bool),
    /// A number without point and exponent, whatever its size.
    Whole,
    /// A number with a point or an exponent.
    Decimal,
    List,
    Map,
}

impl Given {
    /// The type of a JSON text.
    pub(super) fn of(json: &str) -> Self {
        match json.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b'"') => Self::Text,
            Some(b't') => Self::Boolean(true),
            Some(b'f') => Self::Boolean(false),
            Some(b'[') => Self::List,
            Some(b'{') => Self::Map,
            _ => Self::number(json),
        }
    }

    /// The type of a number's text. `-0` is whole. Source: captures of 2026, BOOL and NULL coercion.
    pub(super) fn number(text: &str) -> Self {
        if text.contains(['.', 'e', 'E']) { Self::Decimal } else { Self::Whole }
    }

    /// The service's name for a token that holds a single value.
    fn token(self) -> &'static str {
        match self {
            Self::Boolean(true) => "TRUE_VALUE",
            Self::Boolean(false) => "FALSE_VALUE",
            Self::Whole => "NUMBER_VALUE",
            Self::Decimal => "DECIMAL_VALUE",
            Self::Null | Self::Text | Self::List | Self::Map => "STRING_VALUE",
        }
    }
}

impl Kind {
    /// Whether a JSON type is one that the type is written as.
    pub(super) fn takes(self, given: Given) -> bool {
        match self {
            Self::Text | Self::Blob => given == Given::Text,
            Self::Boolean => matches!(given, Given::Boolean(_) | Given::Text),
            Self::Integer | Self::Long | Self::Double => matches!(given, Given::Whole | Given::Decimal),
            Self::List(_) => given == Given::List,
            Self::Map(_) | Self::Structure(_) => given == Given::Map,
        }
    }

    /// The class behind the type, as the service's reader names it.
    fn class(self) -> Cow<'static, str> {
        match self {
            Self::Text => "java.lang.String".into(),
            Self::Boolean => "java.lang.Boolean".into(),
            Self::Integer => "java.lang.Integer".into(),
            Self::Long => "java.lang.Long".into(),
            Self::Double => "java.lang.Double".into(),
            Self::Blob => "java.nio.ByteBuffer".into(),
            Self::List(element) => format!("java.util.List<{}>", element.class()).into(),
            Self::Map(value) => format!("java.util.Map<java.lang.String, {}>", value.class()).into(),
            Self::Structure(shape) => format!("com.amazonaws.dynamodb.v20120810.{shape}").into(),
        }
    }
}

/// What the service says of a body that is JSON and no object.
pub(super) fn no_structure() -> Message {
    let mut message = Message::new(Rule("wire.body_not_object"), "");
    message.hint = Some("the body must be a JSON object".into());
    message
}

/// What the service says of a value that is not of its declared type.
pub(crate) fn message(kind: Kind, place: Place, given: Given) -> Message {
    match given {
        _ if place == Place::Body => no_structure(),
        Given::Map => {
            Message::new(Rule("wire.unexpected_map"), "Start of structure or map found where not expected")
        }
        Given::List => unexpected_list(kind),
        _ => unexpected_scalar(kind, place, given),
    }
}

fn unexpected_list(kind: Kind) -> Message {
    let class = if matches!(kind, Kind::Map(_) | Kind::List(_)) { "" } else { "class " };
    let text = format!("Unrecognized collection type {class}{}", kind.class());
    Message::new(Rule("wire.unexpected_list"), text)
}

fn unexpected_scalar(kind: Kind, place: Place, given: Given) -> Message {
    match (kind, place) {
        (Kind::Boolean, _) if given == Given::Text => {
            Message::new(Rule("wire.not_a_boolean"), "Unexpected token received from parser")
        }
        (Kind::Text | Kind::Boolean | Kind::Integer | Kind::Long | Kind::Double, _) => {
            let class = kind.class();
            let name = class.trim_start_matches("java.lang.");
            let text = format!("{} cannot be converted to {name}", given.token());
            Message::new(Rule("wire.not_convertible"), text)
        }
        (Kind::Blob, _) => {
            let text = "only base-64-encoded strings are convertible to bytes";
            Message::new(Rule("wire.not_base64_text"), text)
        }
        (Kind::Structure(_), Place::Element) => {
            Message::new(Rule("wire.unexpected_value"), "Unexpected value type in payload")
        }
        (Kind::List(_) | Kind::Map(_), Place::Element) => Message::new(Rule("wire.cast"), CAST),
        (Kind::List(_) | Kind::Map(_) | Kind::Structure(_), _) => {
            Message::new(Rule("wire.unexpected_field"), "Unexpected field type")
        }
    }
}

/// A defect of the service's reader, seen by callers. Source: production captures, serialization errors.
const CAST: &str = "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class \
                    java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and \
                    java.lang.Class are in module java.base of loader 'bootstrap')";
