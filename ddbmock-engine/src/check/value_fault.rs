//! What is wrong with an attribute value, in the words of either layer.
//!
//! Source: captures of 2026, attribute values; older captures of production for the classic texts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ddbmock_model::{NumberFault, Rule, SetKind, ValueFault, Wording};

const INVALID: &str = "One or more parameter values were invalid: ";

/// The rule and the text of a fault.
pub(crate) fn worded(fault: &ValueFault, wording: Wording) -> (Rule, String) {
    match fault {
        ValueFault::Untyped => (
            Rule("value.untyped"),
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes".to_owned(),
        ),
        ValueFault::ManyTypes => (
            Rule("value.many_types"),
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported \
             datatypes"
                .to_owned(),
        ),
        ValueFault::Number(fault, text) => number(*fault, text, wording),
        ValueFault::NullFalse => (
            Rule("value.null_false"),
            format!("{INVALID}Null attribute value types must have the value of true"),
        ),
        ValueFault::EmptySet(kind) => empty_set(*kind),
        ValueFault::DuplicateStrings(members, second) => (
            Rule("value.duplicate_strings"),
            format!("{INVALID}Input collection {} contains duplicates.", strings(members, *second, wording)),
        ),
        ValueFault::DuplicateNumbers => (Rule("value.duplicate_numbers"), duplicate_numbers(wording)),
        ValueFault::DuplicateBinaries(members, second) => (
            Rule("value.duplicate_binaries"),
            format!("{INVALID}Input collection {}of type BS contains duplicates.", binaries(members, *second, wording)),
        ),
        ValueFault::TooDeep => (
            Rule("value.too_deep"),
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported \
             limit"
                .to_owned(),
        ),
        ValueFault::EmptyName => (Rule("value.empty_name"), "Empty attribute name".to_owned()),
    }
}

fn empty_set(kind: SetKind) -> (Rule, String) {
    let (rule, text) = match kind {
        SetKind::Strings => (Rule("value.empty_strings"), "An string set  may not be empty"),
        SetKind::Numbers => (Rule("value.empty_numbers"), "An number set  may not be empty"),
        SetKind::Binaries => (Rule("value.empty_binaries"), "Binary sets should not be empty"),
    };
    (rule, format!("{INVALID}{text}"))
}

fn number(fault: NumberFault, text: &str, wording: Wording) -> (Rule, String) {
    match fault {
        NumberFault::Empty => {
            let tail = if wording == Wording::Current { ": " } else { "" };
            (
                Rule("value.number_empty"),
                format!("The parameter cannot be converted to a numeric value{tail}"),
            )
        }
        NumberFault::NotANumber => {
            (Rule("value.number"), format!("The parameter cannot be converted to a numeric value: {text}"))
        }
        NumberFault::Overflow => (
            Rule("value.number_overflow"),
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
                .to_owned(),
        ),
        NumberFault::Underflow => (
            Rule("value.number_underflow"),
            "Number underflow. Attempting to store a number with magnitude smaller than supported range"
                .to_owned(),
        ),
        NumberFault::TooManyDigits => (
            Rule("value.number_digits"),
            "Attempting to store more than 38 significant digits in a Number".to_owned(),
        ),
    }
}

fn duplicate_numbers(wording: Wording) -> String {
    match wording {
        Wording::Current => format!("{INVALID}Input collection contains duplicates."),
        Wording::Classic => "Input collection contains duplicates".to_owned(),
    }
}

fn strings(members: &[String], second: usize, wording: Wording) -> String {
    match wording {
        Wording::Classic => format!("[{}]", members.join(", ")),
        Wording::Current => {
            let quoted: Vec<String> =
                as_read(members, second).iter().map(|member| format!("\"{member}\"")).collect();
            format!("[{}]", quoted.join(", "))
        }
    }
}

fn binaries(members: &[Vec<u8>], second: usize, wording: Wording) -> String {
    match wording {
        Wording::Classic => {
            let encoded: Vec<String> = members.iter().map(|member| STANDARD.encode(member)).collect();
            format!("[{}]", encoded.join(", "))
        }
        Wording::Current => {
            let quoted: Vec<String> = as_read(members, second)
                .iter()
                .map(|member| format!("\"{}\"", STANDARD.encode(member)))
                .collect();
            format!("[{}]", quoted.join(","))
        }
    }
}

/// The newer layer prints the members it read before the repeat in their order, then the repeat and the rest as sent.
fn as_read<T: Ord>(members: &[T], second: usize) -> Vec<&T> {
    let mut read: Vec<&T> = members[..second].iter().collect();
    read.sort();
    read.extend(&members[second..]);
    read
}
