//! How requests are written and answers read, where only tests do.

use std::borrow::Cow;
use std::convert::Infallible;

use ddbmock_model::op::{BatchStatementError, SearchVectors};
use ddbmock_model::{AttributeMap, BatchStatementErrorCode, Item, KeyConditions, Message, Rule};
use serde::de::{self, Deserializer, MapAccess, SeqAccess};

use crate::read::mismatch::Place;
use crate::read::{Context, Kind, Wire, structure};
use crate::write::{Json, Written, written};

impl Wire for Item {
    const KIND: Kind = AttributeMap::KIND;

    fn absent() -> Self {
        Self::strict(&AttributeMap::new()).unwrap()
    }

    fn from_map<'de, A: MapAccess<'de>>(entries: A, context: &mut Context) -> Result<Self, A::Error> {
        let attributes = AttributeMap::from_map(entries, context)?;
        Self::strict(&attributes).map_err(|error| de::Error::custom(format!("{error:?}")))
    }
}

macro_rules! counts {
    ($($type:ty),+) => {$(
        impl Wire for $type {
            const KIND: Kind = Kind::Long;

            fn absent() -> Self {
                0
            }

            fn read<'de, D: Deserializer<'de>>(
                source: D,
                place: Place,
                context: &mut Context,
            ) -> Result<Option<Self>, D::Error> {
                Ok(i64::read(source, place, context)?.map(|count| count.try_into().unwrap()))
            }
        }
    )+};
}
counts!(u64, usize);

impl Wire for [f64; 2] {
    const KIND: Kind = Vec::<f64>::KIND;

    fn absent() -> Self {
        [0.0; 2]
    }

    fn from_list<'de, A: SeqAccess<'de>>(elements: A, context: &mut Context) -> Result<Self, A::Error> {
        Ok(Vec::from_list(elements, context)?.try_into().unwrap())
    }
}

impl Wire for Cow<'static, str> {
    const KIND: Kind = Kind::Text;

    fn absent() -> Self {
        Self::default()
    }

    fn from_text<E: de::Error>(text: &str, _: &mut Context) -> Result<Self, E> {
        Ok(text.to_owned().into())
    }
}

impl Wire for Message {
    const KIND: Kind = Kind::Text;

    fn absent() -> Self {
        Self::new(Rule("test"), "")
    }

    fn from_text<E: de::Error>(text: &str, _: &mut Context) -> Result<Self, E> {
        Ok(Self::new(Rule("test"), text.to_owned()))
    }
}

/// The members of a [`BatchStatementError`], which is none without a message.
#[derive(Default)]
struct StatementError {
    code: BatchStatementErrorCode,
    message: String,
    item: Option<Item>,
}

structure! { StatementError is "BatchStatementError";
    optional "Code" => code,
    optional "Message" => message,
    optional "Item" => item,
}

impl StatementError {
    fn error(self) -> BatchStatementError {
        let Self { code, message, item } = self;
        BatchStatementError { code, message: Message::new(Rule("test"), message), item }
    }
}

impl Wire for BatchStatementError {
    const KIND: Kind = StatementError::KIND;

    fn absent() -> Self {
        StatementError::absent().error()
    }

    fn from_map<'de, A: MapAccess<'de>>(entries: A, context: &mut Context) -> Result<Self, A::Error> {
        StatementError::from_map(entries, context).map(StatementError::error)
    }
}

/// An answer without a body.
impl Wire for () {
    const KIND: Kind = Kind::Structure("nothing");

    fn absent() -> Self {}
}

/// What is never answered.
impl Wire for Infallible {
    const KIND: Kind = Kind::Structure("nothing");

    fn absent() -> Self {
        unreachable!("it is never answered")
    }
}

impl Written for KeyConditions {
    fn write(&self, out: &mut Json) {
        match self {
            Self::Named(conditions) => conditions.write(out),
            Self::Positional(..) => unreachable!("it is of the first version"),
        }
    }
}

written! { @writes SearchVectors;
    "TableName" => table_name,
    "IndexName" => index_name,
    "SearchVector" => search_vector,
    "TopK" => top_k,
    "SearchConditionExpression" => search_condition_expression,
    "ProjectionExpression" => projection_expression,
    "ExpressionAttributeNames" => expression_attribute_names,
    "ExpressionAttributeValues" => expression_attribute_values,
    "ReturnConsumedCapacity" => return_consumed_capacity,
}
