//! What a refusal prints of a list or a map that it refuses: as Java prints objects, or as it was on the wire.
//!
//! Source: captures of 2026, batch operations.

mod java;
mod json;

use std::fmt::{self, Write};

use java::Java;
use json::Json;

use crate::AttributeValue;

/// What is printed may come to many times its size on the wire: a refusal ends it at so many bytes.
const BYTES_MAX: usize = 1 << 20;

/// As Java prints it.
pub(crate) fn java(value: &impl Java) -> String {
    let mut out = Paper::default();
    // It fails at the end of the paper, and not otherwise.
    let _ = value.java(&mut out);
    out.0
}

/// As it was on the wire.
pub(crate) fn json(value: &impl Json) -> String {
    let mut out = Paper::default();
    let _ = value.json(&mut out);
    out.0
}

/// A text with an end.
#[derive(Default)]
pub(crate) struct Paper(String);

impl Write for Paper {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > BYTES_MAX {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

/// Prints parts with something between them.
fn separated<T>(
    parts: impl IntoIterator<Item = T>,
    separator: &str,
    out: &mut Paper,
    mut print: impl FnMut(T, &mut Paper) -> fmt::Result,
) -> fmt::Result {
    for (place, part) in parts.into_iter().enumerate() {
        out.write_str(if place == 0 { "" } else { separator })?;
        print(part, out)?;
    }
    Ok(())
}

/// The types of a value with what stands under each: one, unless only a hand-written request holds it.
fn parts(value: &AttributeValue) -> &[AttributeValue] {
    match value {
        AttributeValue::Mixed(parts) => parts,
        single => std::slice::from_ref(single),
    }
}
