//! The order in which Java hash tables list numbers and names: some answers and refusals of the service show it.
//!
//! Source: captures of 2026, order of set members and definition errors. Numbers: a set of decimals without trailing
//! zeros, filled in ascending order. Names: `String.hashCode`. Both hashes are spread over a power of two of buckets.

use std::collections::HashSet;

use crate::Number;

/// Buckets of a set that was made without a size.
const BUCKETS_DEFAULT: usize = 16;

/// Numbers, given in ascending order, as a hash set lists them.
pub fn hash_order<'a>(ascending: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut numbers: Vec<(u32, &str)> =
        ascending.into_iter().map(|text| (Number::parse(text).map_or(0, hash_code), text)).collect();
    let mut buckets = BUCKETS_DEFAULT;
    while numbers.len() * 4 > buckets * 3 {
        buckets *= 2;
    }
    numbers.sort_by_key(|(hash, _)| (hash ^ (hash >> 16)) as usize & (buckets - 1));
    numbers.into_iter().map(|(_, text)| text).collect()
}

/// `BigDecimal.hashCode`: of the coefficient's 32-bit words, its sign and its scale.
fn hash_code(number: Number) -> u32 {
    let (coefficient, exponent) = number.parts();
    let words = coefficient.to_be_bytes();
    let words =
        words.chunks(4).map(|word| word.iter().fold(0u32, |value, byte| (value << 8) | u32::from(*byte)));
    let magnitude = words.fold(0u32, |hash, word| hash.wrapping_mul(31).wrapping_add(word));
    let signed = if number.is_negative() { magnitude.wrapping_neg() } else { magnitude };
    let [.., c, d] = i32::from(-exponent).to_be_bytes();
    let scale = i32::from(i16::from_be_bytes([c, d])).cast_unsigned();
    signed.wrapping_mul(31).wrapping_add(scale)
}

/// The names as a table lists them that was made for as many.
pub fn sized<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let names = distinct(names);
    let mut buckets = names.len().max(1).next_power_of_two();
    if names.len() * 4 > buckets * 3 {
        buckets *= 2;
    }
    listed(names, buckets)
}

/// The names as a table lists them that was not made for a number of names: it grows from sixteen buckets.
pub fn growing<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let names = distinct(names);
    let mut buckets = BUCKETS_DEFAULT;
    while names.len() * 4 > buckets * 3 {
        buckets *= 2;
    }
    listed(names, buckets)
}

fn distinct<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    names.into_iter().filter(|name| seen.insert(*name)).collect()
}

/// Bucket by bucket; in a bucket in the order they came.
fn listed(mut names: Vec<&str>, buckets: usize) -> Vec<&str> {
    names.sort_by_key(|name| {
        let hash = name_hash_code(name);
        (hash ^ (hash >> 16)) as usize & (buckets - 1)
    });
    names
}

fn name_hash_code(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash: u32, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)))
}

#[cfg(test)]
mod tests {
    use super::{growing, hash_order, sized};
    use crate::Number;

    fn check(numbers: &[&str], expected: &[&str]) {
        let mut numbers: Vec<Number> = numbers.iter().map(|text| Number::parse(text).unwrap()).collect();
        numbers.sort();
        let texts: Vec<String> = numbers.iter().map(Number::to_string).collect();
        let expected: Vec<String> =
            expected.iter().map(|text| Number::parse(text).unwrap().to_string()).collect();
        assert_eq!(hash_order(texts.iter().map(String::as_str)), expected);
    }

    #[test]
    fn sets_are_listed_as_the_service_was_seen_to() {
        check(&["1", "2", "3"], &["3", "2", "1"]);
        check(&["3", "20", "100"], &["3", "20", "100"]);
        let twelve = ["100", "-1", "10", "0.5", "9", "5", "-10", "-0.5", "0", "1e3", "25", "2.50"];
        check(&twelve, &["0", "9", "25", "2.5", "-0.5", "5", "0.5", "1000", "100", "-1", "10", "-10"]);
        let nines = "9".repeat(38);
        let more = ["-1e-5", "1E10", nines.as_str(), "1E-130", "-1E-130"];
        let all: Vec<&str> = twelve.into_iter().chain(more).collect();
        let expected = [
            "0",
            "1E-130",
            "-1E-130",
            "25",
            nines.as_str(),
            "2.5",
            "10000000000",
            "9",
            "-0.5",
            "-0.00001",
            "5",
            "0.5",
            "1000",
            "100",
            "-1",
            "10",
            "-10",
        ];
        check(&all, &expected);
    }

    #[test]
    fn lists_names_as_the_service_was_seen_to() {
        assert_eq!(sized(["h", "zz", "a"]), ["h", "zz", "a"]);
        assert_eq!(sized(["PK", "h", "a"]), ["h", "a", "PK"]);
        assert_eq!(sized(["PK", "a", "h", "unused"]), ["h", "a", "unused", "PK"]);
        assert_eq!(growing(["PK", "h", "a"]), ["a", "h", "PK"]);
    }
}
