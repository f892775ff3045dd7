//! The size of an item as it counts towards the end of a page: not what it is billed for, but an internal encoding.
//!
//! Source: production captures, page sizes; approximate.

use ddbmock_model::{Item, RawValue, Value};

use crate::schema::SORT_KEY_BYTES_MAX;

/// Bytes after which a page ends; the item that crosses them is still on it.
const PAGE_BYTES: usize = 1_048_576;
/// Bytes of an item between two copies of its sort key.
const BLOCK_BYTES: usize = 3072;
/// Bytes around each copy of the sort key.
const BLOCK_HEAD_BYTES: usize = 18;
/// The most bytes of a copy of the sort key: of its value, and of its length.
const SORT_BYTES_MAX: usize = SORT_KEY_BYTES_MAX + 2;

/// What was read for a page, and whether that fills it.
///
/// To measure an item costs more than to read it, and most pages end long before they are full: so items are only
/// measured once they could be so many bytes.
#[derive(Debug, Default)]
pub(crate) struct Fullness<'s> {
    /// The most bytes that it can be.
    bytes_max: usize,
    /// The bytes of what was measured.
    measured: usize,
    /// The items that were not, and the attributes that they are sorted by.
    unmeasured: Vec<(Item, Option<&'s str>)>,
}

impl<'s> Fullness<'s> {
    /// Adds an item that is sorted by an attribute, or by none.
    pub(crate) fn add(&mut self, item: Item, sort: Option<&'s str>) {
        self.bytes_max += page_bytes_max(&item);
        self.unmeasured.push((item, sort));
    }

    /// Whether it fills a page.
    pub(crate) fn is_full(&mut self) -> bool {
        if self.bytes_max < PAGE_BYTES {
            return false;
        }
        self.measured += self.unmeasured.drain(..).map(|(item, sort)| page_bytes(&item, sort)).sum::<usize>();
        self.bytes_max = self.measured;
        self.measured >= PAGE_BYTES
    }
}

/// The size of an item that is sorted by an attribute, or by none.
fn page_bytes(item: &Item, sort: Option<&str>) -> usize {
    let mut core = 0;
    let mut sort_bytes = 0;
    for (name, value) in item.attributes().raw_iter() {
        if sort.is_some_and(|sort| sort.as_bytes() == name) {
            sort_bytes = stored(value);
        } else {
            core += 1 + stored(value);
        }
    }
    in_blocks(core, sort_bytes)
}

/// What no item of so many packed bytes is larger than: none of its values counts more than twice what it is packed in.
fn page_bytes_max(item: &Item) -> usize {
    let packed = item.packed().len();
    in_blocks(2 * packed, packed.min(SORT_BYTES_MAX))
}

fn in_blocks(core: usize, sort_bytes: usize) -> usize {
    core + 2 + (1 + (1 + core) / BLOCK_BYTES) * (BLOCK_HEAD_BYTES + sort_bytes)
}

fn stored(value: RawValue<'_>) -> usize {
    match value {
        Value::S(text) => text.len() + length_bytes(text.len()),
        Value::B(bytes) => bytes.len() + 1,
        Value::N(_) => value.bytes() + 1,
        Value::Ss(set) | Value::Ns(set) | Value::Bs(set) => value.bytes() + set.len() + 1,
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::L(list) => 3 + list.raw_iter().map(|element| 1 + stored(element)).sum::<usize>(),
        Value::M(map) => 3 + map.raw_iter().map(|(_, value)| 2 + stored(value)).sum::<usize>(),
    }
}

fn length_bytes(length: usize) -> usize {
    match length {
        0..128 => 1,
        128..16384 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use ddbmock_model::{AttributeMap, AttributeValue, Item};
    use proptest::prelude::*;

    use super::{Fullness, PAGE_BYTES, page_bytes, page_bytes_max};

    fn value() -> impl Strategy<Value = AttributeValue> {
        let leaf = prop_oneof![
            ".{0,40}".prop_map(AttributeValue::S),
            "-?[1-9][0-9]{0,36}|0|-?0\\.[0-9]{0,30}[1-9]|-?[1-9]0{0,120}".prop_map(AttributeValue::N),
            prop::collection::vec(any::<u8>(), 0..300).prop_map(AttributeValue::B),
            any::<bool>().prop_map(AttributeValue::Bool),
            Just(AttributeValue::Null(true)),
            prop::collection::btree_set(".{0,3}", 1..4)
                .prop_map(|set| AttributeValue::Ss(set.into_iter().collect())),
            prop::collection::btree_set(-20i16..20, 1..9)
                .prop_map(|set| AttributeValue::Ns(set.iter().map(ToString::to_string).collect())),
        ];
        leaf.prop_recursive(4, 64, 30, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..30).prop_map(AttributeValue::L),
                prop::collection::btree_map(".{1,3}", inner, 0..5).prop_map(AttributeValue::M),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_item_is_larger_than_its_bound(
            attributes in prop::collection::btree_map(".{1,3}", value(), 0..8),
            sort in ".{0,300}",
        ) {
            let mut attributes: AttributeMap = attributes;
            attributes.insert("sort".to_owned(), AttributeValue::S(sort));
            let item = Item::strict(&attributes).unwrap();
            prop_assert!(page_bytes(&item, Some("sort")) <= page_bytes_max(&item));
            prop_assert!(page_bytes(&item, None) <= page_bytes_max(&item));
        }
    }

    #[test]
    fn a_page_is_full_once_its_items_come_to_a_page() {
        for text in [1, 200, 1000, 3000, 40_000, 350_000] {
            let item = |place: usize| {
                let text = AttributeValue::S("t".repeat(text + place % 7));
                let attributes =
                    [("sort".to_owned(), AttributeValue::N(place.to_string())), ("t".to_owned(), text)];
                Item::strict(&attributes.into()).unwrap()
            };
            let (mut fullness, mut bytes, mut places) = (Fullness::default(), 0, 0..);
            while bytes < PAGE_BYTES {
                let item = places.next().map(item).unwrap();
                bytes += page_bytes(&item, Some("sort"));
                fullness.add(item, Some("sort"));
                assert_eq!(fullness.is_full(), bytes >= PAGE_BYTES, "{bytes} bytes, in items of {text}");
            }
        }
    }
}
