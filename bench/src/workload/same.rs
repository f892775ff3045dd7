//! Whether an answer holds what it should. Servers may write the same in another order.

use serde_json::{Map, Value};

use super::shown;

/// A body as JSON.
pub(crate) fn parsed(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}: {}", shown(body)))
}

/// Checks that an answer has what is expected of it; what else it has is its own business.
pub(crate) fn same(expected: &Value, actual: &Value) -> Result<(), String> {
    let nothing = Map::new();
    for (name, value) in expected.as_object().unwrap_or(&nothing) {
        let found = actual.get(name).unwrap_or(&Value::Null);
        if found != value && sorted(found.clone()) != sorted(value.clone()) {
            let [found, value] = [found, value].map(|value| shown(value.to_string().as_bytes()));
            return Err(format!("{name} is {found}, not {value}"));
        }
    }
    Ok(())
}

/// A value with its sets, which have no order, in the order of their elements.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(values) => values.into_iter().map(sorted).collect(),
        Value::Object(members) => members.into_iter().map(sorted_member).collect(),
        other => other,
    }
}

fn sorted_member((name, value): (String, Value)) -> (String, Value) {
    match value {
        Value::Array(mut values) if matches!(name.as_str(), "SS" | "NS" | "BS") => {
            values.sort_unstable_by(|one, other| one.as_str().cmp(&other.as_str()));
            (name, Value::Array(values))
        }
        other => (name, sorted(other)),
    }
}
