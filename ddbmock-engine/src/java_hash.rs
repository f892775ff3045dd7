//! The order in which a Java hash table lists names: the service prints some lists so.
//!
//! Source: captures of 2026, definition errors; the hash is `String.hashCode`, spread over a power of two of buckets.

use rustc_hash::FxHashSet;

/// The names as a table lists them that was made for as many.
pub(crate) fn sized<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let names = distinct(names);
    let mut buckets = names.len().max(1).next_power_of_two();
    if names.len() * 4 > buckets * 3 {
        buckets *= 2;
    }
    listed(names, buckets)
}

/// The names as a table lists them that was not made for a number of names: it grows from sixteen buckets.
pub(crate) fn growing<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let names = distinct(names);
    let mut buckets = 16;
    while names.len() * 4 > buckets * 3 {
        buckets *= 2;
    }
    listed(names, buckets)
}

fn distinct<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = FxHashSet::default();
    names.into_iter().filter(|name| seen.insert(*name)).collect()
}

/// Bucket by bucket; in a bucket in the order they came.
fn listed(mut names: Vec<&str>, buckets: usize) -> Vec<&str> {
    names.sort_by_key(|name| {
        let hash = hash_code(name);
        (hash ^ (hash >> 16)) as usize & (buckets - 1)
    });
    names
}

fn hash_code(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash: u32, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)))
}

#[cfg(test)]
mod tests {
    use super::{growing, sized};

    #[test]
    fn lists_names_as_the_service_was_seen_to() {
        assert_eq!(sized(["h", "zz", "a"]), ["h", "zz", "a"]);
        assert_eq!(sized(["PK", "h", "a"]), ["h", "a", "PK"]);
        assert_eq!(sized(["PK", "a", "h", "unused"]), ["h", "a", "unused", "PK"]);
        assert_eq!(growing(["PK", "h", "a"]), ["a", "h", "PK"]);
    }
}
