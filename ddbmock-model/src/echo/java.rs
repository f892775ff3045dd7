//! As Java prints objects.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::{Paper, parts, separated};
use crate::java_hash::sized;
use crate::op::{
    BatchStatementRequest, ConditionCheck, Delete, DeleteRequest, Get, KeysAndAttributes,
    ParameterizedStatement, Put, PutRequest, TransactGetItem, TransactWriteItem, Update, WriteRequest,
};
use crate::{AttributeValue, Attributes, Enumeration as _, Key, ReturnValuesOnConditionCheckFailure};

/// What Java can print.
pub(crate) trait Java {
    /// Prints it.
    fn java(&self, out: &mut Paper) -> fmt::Result;
}

impl Java for String {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str(self)
    }
}

impl<T: Java> Java for Vec<T> {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("[")?;
        separated(self, ", ", out, T::java)?;
        out.write_str("]")
    }
}

/// A map is listed as a hash table that was made for its entries.
impl<T: Java> Java for BTreeMap<String, T> {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("{")?;
        separated(sized(self.keys().map(String::as_str)), ", ", out, |name, out| {
            write!(out, "{name}=")?;
            self[name].java(out)
        })?;
        out.write_str("}")
    }
}

impl<T: Java> Java for Option<T> {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        match self {
            Some(value) => value.java(out),
            None => out.write_str("null"),
        }
    }
}

impl Java for Attributes {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        self.to_map().java(out)
    }
}

impl Java for ReturnValuesOnConditionCheckFailure {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str(if *self == Self::None { "null" } else { self.as_str() })
    }
}

/// What is never given.
struct Null;

impl Java for Null {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("null")
    }
}

/// A boolean that is given only where it is true.
struct Set(bool);

impl Java for Set {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str(if self.0 { "true" } else { "null" })
    }
}

/// Prints a structure: all of its fields, whether they are given or not.
fn structure(name: &str, fields: &[(&str, &dyn Java)], out: &mut Paper) -> fmt::Result {
    write!(out, "{name}(")?;
    separated(fields, ", ", out, |(field, value), out| {
        write!(out, "{field}=")?;
        value.java(out)
    })?;
    out.write_str(")")
}

/// Structures as Java prints them, field by field.
macro_rules! structures {
    ($($type:ident { $($name:literal $($field:ident)? $(= $value:expr)?,)+ })+) => {$(
        impl Java for $type {
            fn java(&self, out: &mut Paper) -> fmt::Result {
                structure(stringify!($type), &[$(($name, $(&self.$field)? $(&$value)?)),+], out)
            }
        }
    )+};
}
structures! {
    WriteRequest { "putRequest" put_request, "deleteRequest" delete_request, }
    PutRequest { "item" item, "workloadProfileName" = Null, }
    DeleteRequest { "key" key, "workloadProfileName" = Null, }
    TransactGetItem { "get" get, }
    Get {
        "key" key,
        "tableName" table_name,
        "projectionExpression" projection_expression,
        "expressionAttributeNames" expression_attribute_names,
    }
    ParameterizedStatement {
        "statement" statement,
        "parameters" parameters,
        "returnValuesOnConditionCheckFailure" return_values_on_condition_check_failure,
    }
    TransactWriteItem {
        "conditionCheck" condition_check,
        "put" put,
        "delete" delete,
        "update" update,
    }
    ConditionCheck {
        "key" key,
        "tableName" table_name,
        "conditionExpression" condition_expression,
        "expressionAttributeNames" expression_attribute_names,
        "expressionAttributeValues" expression_attribute_values,
        "returnValuesOnConditionCheckFailure" return_values_on_condition_check_failure,
    }
    Put {
        "item" item,
        "tableName" table_name,
        "conditionExpression" condition_expression,
        "expressionAttributeNames" expression_attribute_names,
        "expressionAttributeValues" expression_attribute_values,
        "returnValuesOnConditionCheckFailure" return_values_on_condition_check_failure,
    }
    Delete {
        "key" key,
        "tableName" table_name,
        "conditionExpression" condition_expression,
        "expressionAttributeNames" expression_attribute_names,
        "expressionAttributeValues" expression_attribute_values,
        "returnValuesOnConditionCheckFailure" return_values_on_condition_check_failure,
    }
    Update {
        "key" key,
        "updateExpression" update_expression,
        "tableName" table_name,
        "conditionExpression" condition_expression,
        "expressionAttributeNames" expression_attribute_names,
        "expressionAttributeValues" expression_attribute_values,
        "returnValuesOnConditionCheckFailure" return_values_on_condition_check_failure,
    }
}

/// How one by places is printed is assumed.
impl Java for Key {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        match self {
            Self::Named(attributes) => attributes.java(out),
            Self::Positional(partition, sort) => {
                structure("Key", &[("hashKeyElement", partition), ("rangeKeyElement", sort)], out)
            }
        }
    }
}

impl Java for BatchStatementRequest {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        let fields: &[(&str, &dyn Java)] = &[
            ("statement", &self.statement),
            ("parameters", &self.parameters),
            ("consistentRead", &Set(self.consistent_read)),
            ("returnValuesOnConditionCheckFailure", &self.return_values_on_condition_check_failure),
        ];
        structure("BatchStatementRequest", fields, out)
    }
}

impl Java for KeysAndAttributes {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        let fields: &[(&str, &dyn Java)] = &[
            ("keys", &self.keys),
            ("attributesToGet", &self.attributes_to_get),
            ("consistentRead", &Set(self.consistent_read)),
            ("projectionExpression", &self.projection_expression),
            ("expressionAttributeNames", &self.expression_attribute_names),
        ];
        structure("KeysAndAttributes", fields, out)
    }
}

/// The members of a value, under the names that Java gives them.
const MEMBERS: [(&str, &str); 16] = [
    ("s", "S"),
    ("n", "N"),
    ("b", "B"),
    ("iNT", ""),
    ("dECIMAL", ""),
    ("dOUBLE", ""),
    ("sS", "SS"),
    ("nS", "NS"),
    ("bS", "BS"),
    ("iNTSET", ""),
    ("dECIMALSET", ""),
    ("dOUBLESET", ""),
    ("m", "M"),
    ("l", "L"),
    ("nULL", "NULL"),
    ("bOOL", "BOOL"),
];

impl Java for AttributeValue {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("AttributeValue(")?;
        separated(MEMBERS, ", ", out, |(member, type_name), out| {
            write!(out, "{member}=")?;
            match parts(self).iter().find(|part| part.type_name() == type_name) {
                Some(part) => java_content(part, out),
                None => out.write_str("null"),
            }
        })?;
        out.write_str(")")
    }
}

fn java_content(value: &AttributeValue, out: &mut Paper) -> fmt::Result {
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => text.java(out),
        AttributeValue::B(bytes) => java_bytes(bytes, out),
        AttributeValue::Bool(boolean) | AttributeValue::Null(boolean) => write!(out, "{boolean}"),
        AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => texts.java(out),
        AttributeValue::Bs(members) => {
            out.write_str("[")?;
            separated(members, ", ", out, |bytes, out| java_bytes(bytes, out))?;
            out.write_str("]")
        }
        AttributeValue::L(elements) => elements.java(out),
        AttributeValue::M(map) => map.java(out),
        AttributeValue::Mixed(_) => out.write_str("null"),
    }
}

/// Java prints a buffer, not what is in it.
fn java_bytes(bytes: &[u8], out: &mut Paper) -> fmt::Result {
    let length = bytes.len();
    write!(out, "java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]")
}
