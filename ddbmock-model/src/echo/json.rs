//! As it was on the wire.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Paper, parts, separated};
use crate::op::KeysAndAttributes;
use crate::{AttributeValue, Key};

/// What stands on the wire.
pub(crate) trait Json {
    /// Prints it, without blanks.
    fn json(&self, out: &mut Paper) -> fmt::Result;
}

impl Json for str {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("\"")?;
        for character in self.chars() {
            match character {
                '"' | '\\' => write!(out, "\\{character}")?,
                '\0'..='\x1f' => write!(out, "\\u{:04x}", u32::from(character))?,
                other => out.write_char(other)?,
            }
        }
        out.write_str("\"")
    }
}

impl Json for String {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        self.as_str().json(out)
    }
}

impl Json for bool {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Json for Vec<u8> {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        STANDARD.encode(self).json(out)
    }
}

impl<T: Json> Json for Vec<T> {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("[")?;
        separated(self, ",", out, T::json)?;
        out.write_str("]")
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("{")?;
        separated(self, ",", out, |(name, value), out| json_member(name, value, out))?;
        out.write_str("}")
    }
}

fn json_member(name: &str, value: &impl Json, out: &mut Paper) -> fmt::Result {
    name.json(out)?;
    out.write_str(":")?;
    value.json(out)
}

impl Json for Key {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        match self {
            Self::Named(attributes) => attributes.to_map().json(out),
            Self::Positional(partition, sort) => {
                out.write_str("{")?;
                json_member("HashKeyElement", partition, out)?;
                if let Some(sort) = sort {
                    out.write_str(",")?;
                    json_member("RangeKeyElement", sort, out)?;
                }
                out.write_str("}")
            }
        }
    }
}

impl Json for KeysAndAttributes {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("{")?;
        json_member("Keys", &self.keys, out)?;
        if let Some(names) = &self.attributes_to_get {
            out.write_str(",")?;
            json_member("AttributesToGet", names, out)?;
        }
        if self.consistent_read {
            out.write_str(",")?;
            json_member("ConsistentRead", &true, out)?;
        }
        if let Some(expression) = &self.projection_expression {
            out.write_str(",")?;
            json_member("ProjectionExpression", expression, out)?;
        }
        if let Some(names) = &self.expression_attribute_names {
            out.write_str(",")?;
            json_member("ExpressionAttributeNames", names, out)?;
        }
        out.write_str("}")
    }
}

impl Json for AttributeValue {
    fn json(&self, out: &mut Paper) -> fmt::Result {
        out.write_str("{")?;
        separated(parts(self), ",", out, |part, out| {
            let name = part.type_name();
            match part {
                Self::S(text) | Self::N(text) => json_member(name, text, out),
                Self::B(bytes) => json_member(name, bytes, out),
                Self::Bool(boolean) | Self::Null(boolean) => json_member(name, boolean, out),
                Self::Ss(texts) | Self::Ns(texts) => json_member(name, texts, out),
                Self::Bs(members) => json_member(name, members, out),
                Self::L(elements) => json_member(name, elements, out),
                Self::M(map) => json_member(name, map, out),
                Self::Mixed(_) => Ok(()),
            }
        })?;
        out.write_str("}")
    }
}
