//! The keys of rows: bytes that sort as DynamoDB orders its items.
//!
//! A row's key is a hash of the partition key, then that key's values with their lengths, then the sort key's values
//! in bytes that sort as the values do, each ended so that none is the beginning of another. An index's entry has the
//! row's key after that. So one ordered map serves a partition (one contiguous range), a scan (in hashed order) and
//! parallel segments (sub-ranges of the hash).

use ddbmock_model::{Number, Value};
use md5::{Digest, Md5};

/// Bytes of the hash that stand before a row's key.
pub(crate) const HASH_BYTES: usize = 8;
/// What the service hashes before a partition key. Source: production captures of scan order.
const HASH_SALT: &[u8] = b"Outliers";
/// The most pairs of digits a number has.
const PAIRS_MAX: usize = 20;
/// What ends a sort key's value: lower than any byte of a longer one.
const END: [u8; 2] = [0, 1];
/// What stands for a zero byte in a sort key's value: higher than [`END`].
const ZERO: [u8; 2] = [0, 0xFF];

/// What the keys of a partition begin with.
pub(crate) fn partition<'v>(values: impl IntoIterator<Item = Value<'v>>) -> Vec<u8> {
    let mut key = Vec::with_capacity(64);
    key.resize(HASH_BYTES, 0);
    let mut hash = Md5::new_with_prefix(HASH_SALT);
    for value in values {
        let mut number = Vec::new();
        let bytes = key_bytes(value, &mut number);
        let length = u16::try_from(bytes.len()).expect("a partition key is at most 2048 bytes");
        key.extend_from_slice(&length.to_be_bytes());
        key.extend_from_slice(bytes);
        hash.update(bytes);
    }
    key[..HASH_BYTES].copy_from_slice(&hash.finalize()[..HASH_BYTES]);
    key
}

/// Adds a sort key's value to a key.
pub(crate) fn push_sort(key: &mut Vec<u8>, value: Value<'_>) {
    push_sort_beginning(key, value);
    key.extend_from_slice(&END);
}

/// Adds what the keys of all sort key values begin with that begin with this one.
pub(crate) fn push_sort_beginning(key: &mut Vec<u8>, value: Value<'_>) {
    for byte in key_bytes(value, &mut Vec::new()) {
        match byte {
            0 => key.extend_from_slice(&ZERO),
            other => key.push(*other),
        }
    }
}

/// The first key after all those that begin like this one; none if they are the last.
pub(crate) fn after(beginning: &[u8]) -> Option<Vec<u8>> {
    let end = beginning.iter().rposition(|byte| *byte != 0xFF)?;
    let mut next = beginning[..=end].to_vec();
    next[end] += 1;
    Some(next)
}

/// The bytes of a key attribute's value; they sort as values of its type do.
fn key_bytes<'a>(value: Value<'a>, number: &'a mut Vec<u8>) -> &'a [u8] {
    match value {
        Value::S(text) => text.as_bytes(),
        Value::B(bytes) => bytes,
        other => {
            let value = other.as_number().expect("key attributes are strings, numbers or bytes");
            number_bytes(value, number);
            number
        }
    }
}

/// A number as the service stores it in keys: an exponent of 100, then pairs of digits, complemented below zero.
/// Source: production captures of scan order; its order as bytes is the order of the numbers.
fn number_bytes(number: Number, out: &mut Vec<u8>) {
    if number.is_zero() {
        out.push(0x80);
        return;
    }
    let exponent = number.magnitude() + 1;
    let pad = exponent.rem_euclid(2);
    let [first, ..] = ((exponent + 1).div_euclid(2) - 64).to_le_bytes();
    let digits = format!("{}{}", &"0"[..usize::from(pad == 1)], number.digits());
    let pairs = digits.as_bytes().chunks(2).map(|pair| {
        let units = pair.get(1).map_or(0, |digit| digit - b'0');
        (pair[0] - b'0') * 10 + units
    });
    if number.is_negative() {
        out.push(!first);
        out.extend(pairs.map(|pair| 101 - pair));
        // A shorter negative number is above those it begins: the mark that ends it is above every pair.
        if out.len() - 1 < PAIRS_MAX {
            out.push(102);
        }
    } else {
        out.push(first);
        out.extend(pairs.map(|pair| pair + 1));
    }
}

#[cfg(test)]
mod tests;
