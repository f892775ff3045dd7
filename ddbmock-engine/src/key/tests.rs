use ddbmock_model::{Number, Value};
use proptest::prelude::*;

use super::{after, number_bytes, partition, push_sort};

fn row_key(one: Value<'_>, sort: Option<Value<'_>>) -> Vec<u8> {
    let mut key = partition([one]);
    if let Some(sort) = sort {
        push_sort(&mut key, sort);
    }
    key
}

fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    number_bytes(Number::parse(text).unwrap(), &mut out);
    out
}

/// Partition keys in the order in which a scan finds them.
fn scanned<'a>(keys: &[&'a str], value: fn(&'a str) -> Value<'a>) -> Vec<&'a str> {
    let mut keys = keys.to_vec();
    keys.sort_by_key(|key| row_key(value(key), None));
    keys
}

/// Source: production captures of scan order.
#[test]
fn partitions_stand_in_the_services_order() {
    let strings = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "aardman", "hello", "zapf", "äáöü"];
    let expected = ["2", "8", "9", "1", "6", "hello", "0", "5", "4", "äáöü", "aardman", "7", "3", "zapf"];
    assert_eq!(scanned(&strings, Value::S), expected);
    let numbers = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "999.9", "-999.9", "-0.09", "0.012345"];
    let expected = ["7", "999.9", "8", "3", "2", "-999.9", "9", "4", "-0.09", "6", "1", "0", "0.012345", "5"];
    assert_eq!(scanned(&numbers, Value::N), expected);
}

/// The first 12 bits of the hash choose the segment. Source: production captures of parallel scans.
#[test]
fn segments_are_the_services() {
    let segment = |value: Value<'_>| {
        let key = row_key(value, None);
        u16::from_be_bytes([key[0], key[1]]) >> 4
    };
    assert_eq!(segment(Value::S("3635")), 0);
    assert_eq!(segment(Value::S("228")), 0);
    assert_eq!(segment(Value::S("1668")), 1);
    assert_eq!(segment(Value::S("3435")), 4);
    assert_eq!(segment(Value::N("251")), 1);
    assert_eq!(segment(Value::N("2388")), 4095);
}

#[test]
fn zero_stands_between_negative_and_positive() {
    assert!(bytes("-1e-130") < bytes("0"));
    assert!(bytes("0") < bytes("1e-130"));
}

prop_compose! {
    fn number()(negative: bool, digits in 1u128..100_000_000_000_000_000_000_000_000_000_000_000_000, exponent in -130i64..88) -> String {
        format!("{}{digits}e{exponent}", if negative { "-" } else { "" })
    }
}

proptest! {
    #[test]
    fn number_keys_sort_as_numbers_do(left in number(), right in number()) {
        if let (Ok(one), Ok(other)) = (Number::parse(&left), Number::parse(&right)) {
            prop_assert_eq!(bytes(&left).cmp(&bytes(&right)), one.cmp(&other));
        }
    }

    #[test]
    fn small_number_keys_sort_as_numbers_do(left in -2000i64..2000, right in -2000i64..2000, shift in -3i32..3) {
        let (one, other) = (format!("{left}e{shift}"), format!("{right}e{shift}"));
        prop_assert_eq!(bytes(&one).cmp(&bytes(&other)), left.cmp(&right));
    }

    #[test]
    fn rows_of_a_partition_sort_by_their_sort_key(partition: String, left: Vec<u8>, right: Vec<u8>) {
        let key = |sort| row_key(Value::S(&partition), Some(Value::B(sort)));
        prop_assert_eq!(key(&left).cmp(&key(&right)), left.cmp(&right));
    }

    #[test]
    fn no_sort_key_is_the_beginning_of_another(left: Vec<u8>, right: Vec<u8>) {
        let key = |sort| row_key(Value::S("a"), Some(Value::B(sort)));
        prop_assert_eq!(key(&left).starts_with(&key(&right)), left == right);
    }

    #[test]
    fn what_follows_a_beginning_follows_all_that_begin_so(beginning: Vec<u8>, rest: Vec<u8>) {
        let key = [&beginning[..], &rest].concat();
        match after(&beginning) {
            Some(after) => prop_assert!(key < after && !after.starts_with(&beginning)),
            None => prop_assert!(beginning.iter().all(|byte| *byte == 0xFF)),
        }
    }

    #[test]
    fn no_two_partitions_share_a_row(one in "[a-c]{0,3}", other in "[a-c]{0,3}", left in "[a-c]{0,3}", right in "[a-c]{0,3}") {
        let keys = [row_key(Value::S(&one), Some(Value::S(&left))), row_key(Value::S(&other), Some(Value::S(&right)))];
        prop_assert_eq!(keys[0] == keys[1], one == other && left == right);
    }
}
