//! Items as rows of CSV: what becomes of their values, and what values become of it.
//!
//! Source: developer guide, "Amazon S3 import formats": a column of a key has the key's type, all others are strings.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ddbmock_engine::{AttributeDefinition, AttributeMap, AttributeValue, Item, ScalarType, Value};
use ddbmock_protocol::document;

/// The most columns. Source: API reference, CsvOptions.
pub(super) const COLUMNS_MAX: usize = 255;

/// The columns of a sheet, each named after an attribute.
pub(super) struct Columns {
    names: Vec<String>,
}

impl Columns {
    /// Columns of these names.
    ///
    /// # Errors
    /// What is wrong with them, and what to do.
    pub(super) fn new(names: Vec<String>) -> Result<Self, String> {
        if let Some((at, name)) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return Err(format!("column {} is named {name:?}, like one before it. Name each once", at + 1));
        }
        if names.iter().any(String::is_empty) {
            return Err("a column has no name. Name each after an attribute".to_owned());
        }
        if names.len() > COLUMNS_MAX {
            return Err(format!("there are more than {COLUMNS_MAX} columns. Take another format"));
        }
        Ok(Self { names })
    }

    /// Their names.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The cells of an item's row.
    ///
    /// # Errors
    /// The name of an attribute that has no column.
    pub(super) fn row(&self, item: &Item) -> Result<Vec<Vec<u8>>, String> {
        let other = item.attributes().names().find(|name| !self.names.iter().any(|known| known == name));
        if let Some(name) = other {
            return Err(format!("an item has an attribute {name:?}, and there is no column of that name"));
        }
        Ok(self.names.iter().map(|name| item.get(name).map(cell).unwrap_or_default()).collect())
    }

    /// The item of a row. An empty cell is no attribute.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn item<'r>(
        &self,
        row: impl ExactSizeIterator<Item = &'r [u8]>,
        keys: &[AttributeDefinition],
    ) -> Result<AttributeMap, String> {
        if row.len() != self.names.len() {
            return Err(format!("it has {} columns, and there are {}", row.len(), self.names.len()));
        }
        let filled = self.names.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        filled.map(|(name, cell)| Ok((name.clone(), value(name, cell, keys)?))).collect()
    }
}

/// What is written of a value.
fn cell(value: Value<'_>) -> Vec<u8> {
    match value {
        Value::S(text) | Value::N(text) => text.as_bytes().to_vec(),
        Value::B(bytes) => STANDARD.encode(bytes).into_bytes(),
        Value::Bool(boolean) => boolean.to_string().into_bytes(),
        Value::Null => b"null".to_vec(),
        Value::Ss(_) | Value::Ns(_) | Value::Bs(_) | Value::L(_) | Value::M(_) => document::value_json(value),
    }
}

/// The value of a cell: of its key's type, else a string.
fn value(name: &str, cell: &[u8], keys: &[AttributeDefinition]) -> Result<AttributeValue, String> {
    let text = std::str::from_utf8(cell).map_err(|_| format!("column {name:?} is no text"))?.to_owned();
    let key = keys.iter().find(|key| key.attribute_name == name);
    Ok(match key.map(|key| key.attribute_type) {
        Some(ScalarType::N) => AttributeValue::N(text),
        Some(ScalarType::B) => {
            let bytes =
                STANDARD.decode(text).map_err(|error| format!("column {name:?} is no base64: {error}"))?;
            AttributeValue::B(bytes)
        }
        _ => AttributeValue::S(text),
    })
}
