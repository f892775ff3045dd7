//! As Java prints objects.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::{Paper, attributes, parts, separated};
use crate::java_hash::sized;
use crate::op::{DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};
use crate::{AttributeValue, Key};

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

impl Java for Key {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        attributes(self).java(out)
    }
}

impl Java for KeysAndAttributes {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("KeysAndAttributes(keys=")?;
        self.keys.java(out)?;
        out.write_str(", attributesToGet=")?;
        self.attributes_to_get.java(out)?;
        out.write_str(", consistentRead=")?;
        out.write_str(if self.consistent_read { "true" } else { "null" })?;
        out.write_str(", projectionExpression=")?;
        self.projection_expression.java(out)?;
        out.write_str(", expressionAttributeNames=")?;
        self.expression_attribute_names.java(out)?;
        out.write_str(")")
    }
}

impl Java for WriteRequest {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("WriteRequest(putRequest=")?;
        self.put_request.java(out)?;
        out.write_str(", deleteRequest=")?;
        self.delete_request.java(out)?;
        out.write_str(")")
    }
}

impl Java for PutRequest {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("PutRequest(item=")?;
        self.item.to_map().java(out)?;
        out.write_str(", workloadProfileName=null)")
    }
}

impl Java for DeleteRequest {
    fn java(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("DeleteRequest(key=")?;
        self.key.java(out)?;
        out.write_str(", workloadProfileName=null)")
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
