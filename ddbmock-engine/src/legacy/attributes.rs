//! `AttributesToGet`: the names of the attributes that are wanted.

use std::collections::BTreeSet;

use ddbmock_model::{Error, Rule};

use super::invalid;
use crate::check::{Voice, empty_name};

/// Checks the names: none is empty, and none is there twice.
pub(crate) fn check_attributes(names: &[String], voice: Voice) -> Result<(), Error> {
    if names.iter().any(String::is_empty) {
        return Err(empty_name(voice));
    }
    let mut seen = BTreeSet::new();
    match names.iter().find(|name| !seen.insert(name.as_str())) {
        Some(name) => {
            let text = format!("Duplicate value in attribute name: {name}");
            Err(invalid(voice, Rule("legacy.attribute_twice"), &text))
        }
        None => Ok(()),
    }
}
