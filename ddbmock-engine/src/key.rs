//! The keys of rows: bytes that sort as DynamoDB orders its items.
//!
//! A row's key is a hash of the partition key's value, then that value with its length, then the sort key's value in
//! bytes that sort as the values do. So one ordered map serves a partition (one contiguous range), a scan (in hashed
//! order) and parallel segments (sub-ranges of the hash).

use std::sync::Arc;

use ddbmock_model::{Number, Value};
use md5::{Digest, Md5};

/// Bytes of the hash that stand before a row's key.
const HASH_BYTES: usize = 8;
/// What the service hashes before a partition key. Source: production captures of scan order.
const HASH_SALT: &[u8] = b"Outliers";
/// The most pairs of digits a number has.
const PAIRS_MAX: usize = 20;

/// The key of a row.
pub(crate) fn row_key(partition: Value<'_>, sort: Option<Value<'_>>) -> Arc<[u8]> {
    let mut number = Vec::new();
    let partition = key_bytes(partition, &mut number);
    let hash = Md5::new_with_prefix(HASH_SALT).chain_update(partition).finalize();
    let mut key = Vec::with_capacity(HASH_BYTES + 2 + partition.len() + 32);
    key.extend_from_slice(&hash[..HASH_BYTES]);
    let length = u16::try_from(partition.len()).expect("a partition key is at most 2048 bytes");
    key.extend_from_slice(&length.to_be_bytes());
    key.extend_from_slice(partition);
    if let Some(sort) = sort {
        key.extend_from_slice(key_bytes(sort, &mut Vec::new()));
    }
    key.into()
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
