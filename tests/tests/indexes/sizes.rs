//! Sizes and units, worked out here from what is known of the service.
//!
//! Source: developer guide, item sizes and capacity consumption; captures of 2026, numbers.

use ddbmock_engine::{AttributeMap, AttributeValue};

/// The units of a read of so many bytes, half of them if it need not be consistent.
pub(super) fn read_units(bytes: usize, consistent: bool) -> f64 {
    let units = units(bytes, 4096);
    if consistent { units } else { units / 2.0 }
}

/// The units of a write of so many bytes.
pub(super) fn write_units(bytes: usize) -> f64 {
    units(bytes, 1024)
}

#[expect(clippy::cast_precision_loss, reason = "the items here are small")]
fn units(bytes: usize, unit: usize) -> f64 {
    bytes.div_ceil(unit).max(1) as f64
}

/// The bytes of attributes, with their names.
pub(super) fn item_bytes(item: &AttributeMap) -> usize {
    item.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
}

fn value_bytes(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(text) => number_bytes(text),
        AttributeValue::B(bytes) => bytes.len(),
        AttributeValue::Bool(_) | AttributeValue::Null(_) => 1,
        AttributeValue::Ss(members) => members.iter().map(String::len).sum(),
        AttributeValue::Ns(members) => members.iter().map(|text| number_bytes(text)).sum(),
        AttributeValue::Bs(members) => members.iter().map(Vec::len).sum(),
        AttributeValue::L(elements) => 3 + elements.iter().map(|one| 1 + value_bytes(one)).sum::<usize>(),
        AttributeValue::M(map) => 3 + map.len() + item_bytes(map),
        AttributeValue::Mixed(_) => panic!("no item holds {value:?}"),
    }
}

/// A byte, one more for each pair of digits from the first that is not 00 to the last, and one if it is negative. Pairs
/// are counted from the point to both sides.
fn number_bytes(text: &str) -> usize {
    let (digits, sign) = text.strip_prefix('-').map_or((text, 0), |digits| (digits, 1));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let pad = |part: &str| "0".repeat(part.len() % 2);
    let padded = format!("{}{whole}{fraction}{}", pad(whole), pad(fraction));
    let pairs: Vec<&[u8]> = padded.as_bytes().chunks(2).collect();
    let counts = |pair: &&[u8]| *pair != b"00";
    match (pairs.iter().position(counts), pairs.iter().rposition(counts)) {
        (Some(first), Some(last)) => 1 + (last - first + 1) + sign,
        _ => 1,
    }
}

/// Source: captures of 2026, numbers.
#[test]
fn numbers_take_the_bytes_that_were_measured() {
    for (bytes, texts) in [
        (1, "0"),
        (2, "1 12 100 0.15 15"),
        (3, "123 1234 1010 1.5 -42"),
        (4, "12345 1.234 100.5 12.3456"),
        (5, "3.14159 -12345"),
        (11, "1234567890123456789"),
        (20, "12345678901234567890123456789012345678"),
    ] {
        texts.split(' ').for_each(|text| assert_eq!(number_bytes(text), bytes, "{text}"));
    }
}
