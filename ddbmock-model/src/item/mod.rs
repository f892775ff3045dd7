//! Items as they are stored: strict, normalised, in one immutable shared buffer.
//!
//! Attributes stand in name order, numbers in their canonical text, sets sorted. An item is read through borrowed
//! views ([`Map`], [`Value`]), and made from the attributes of a request ([`Item::strict`]), from a [`Draft`], or value
//! by value by who reads a request ([`Packer`]).

mod cursor;
mod draft;
mod fault;
mod nested;
mod pack;
mod packer;
#[cfg(test)]
mod tests;
mod view;

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

pub use draft::Draft;
pub use fault::{SetKind, ValueFault};
pub use nested::{List, Map, Set};
pub use packer::Packer;
pub use view::{RawValue, Value};

use crate::Wording;
use crate::value::{AttributeMap, AttributeValue};
use pack::Rules;
use packer::Part;

/// The most maps and lists that may stand around a value. Source: captures of 2026, nesting.
pub const LEVELS_MAX: usize = 31;

/// The buffer's first bytes: the size the item is billed for.
const SIZE_BYTES: usize = 4;

/// The most room that is kept from one item to the next.
const ROOM_BYTES_MAX: usize = 64 * 1024;
/// The most parts for which room is kept.
const ROOM_PARTS_MAX: usize = 1024;

/// Where the items of a thread are packed.
#[derive(Debug, Default)]
struct Room {
    packed: Vec<u8>,
    /// What of it is still to be put in order.
    parts: Vec<Part>,
}

impl Room {
    fn clear(&mut self) {
        self.packed.clear();
        self.packed.shrink_to(ROOM_BYTES_MAX);
        self.parts.clear();
        self.parts.shrink_to(ROOM_PARTS_MAX);
    }
}

thread_local! {
    static ROOM: RefCell<Room> = const { RefCell::new(Room { packed: Vec::new(), parts: Vec::new() }) };
}

/// An item as it is stored: immutable, cheap to clone, shared by whoever holds it.
///
/// ```
/// use ddbmock_model::{Item, Value, attributes};
///
/// let item = Item::strict(&attributes! { "id" => "a", "count" => 7 }).unwrap();
/// assert_eq!(item.get("count"), Some(Value::N("7")));
/// assert_eq!(item.bytes(), 2 + 1 + 5 + 2);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Item {
    packed: Arc<[u8]>,
}

impl Item {
    /// The strict form of what a request holds.
    ///
    /// # Errors
    /// The first thing that is wrong with a value, depth first, in the order in which DynamoDB looks.
    pub fn strict(attributes: &AttributeMap) -> Result<Self, ValueFault> {
        Self::strict_as(attributes, Wording::Current)
    }

    /// As [`Item::strict`], with numbers read as either layer of the service reads them.
    ///
    /// # Errors
    /// As [`Item::strict`].
    pub fn strict_as(attributes: &AttributeMap, wording: Wording) -> Result<Self, ValueFault> {
        Self::strict_within(attributes, wording, LEVELS_MAX)
    }

    /// As [`Item::strict_as`], with so many maps and lists around a value at the most.
    ///
    /// # Errors
    /// As [`Item::strict`].
    pub fn strict_within(
        attributes: &AttributeMap,
        wording: Wording,
        levels_max: usize,
    ) -> Result<Self, ValueFault> {
        let rules = Rules { wording, levels_max };
        Self::packed_by(|room| pack::attributes(&mut room.packed, attributes, rules, 0))
    }

    /// As [`Item::strict_within`], of an item whose only attribute is a list.
    ///
    /// # Errors
    /// As [`Item::strict`].
    pub fn strict_list(
        name: &str,
        elements: &[AttributeValue],
        wording: Wording,
        levels_max: usize,
    ) -> Result<Self, ValueFault> {
        let rules = Rules { wording, levels_max };
        Self::packed_by(|room| pack::single_list(&mut room.packed, name, elements, rules))
    }

    /// The item of what `read` tells, if that is plainly right: there is nothing in it that [`Item::strict`] would
    /// refuse, in either wording, and no name twice. With `canonical` it is also told in the words of the strict form:
    /// numbers in their canonical text, the members of sets in their order.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn plain<E>(
        canonical: bool,
        read: impl FnOnce(&mut Packer<'_>) -> Result<(), E>,
    ) -> Result<Option<Self>, E> {
        let packed = Self::packed_by(|room| match Packer::new(room, canonical).attributes(read) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(None),
            Err(error) => Err(Some(error)),
        });
        packed.map_or_else(|error| error.map_or(Ok(None), Err), |item| Ok(Some(item)))
    }

    /// An item from attributes in name order that were already strict.
    pub fn from_drafts<N: AsRef<str>>(attributes: &[(N, Draft<'_>)]) -> Self {
        let attributes = attributes.iter().map(|(name, value)| (name.as_ref(), value));
        let packed: Result<_, Infallible> =
            Self::packed_by(|room| Ok(pack::drafts(&mut room.packed, attributes)));
        packed.unwrap_or_else(|never| match never {})
    }

    /// An item from attributes in name order, as they stand elsewhere.
    pub fn from_values<'a, N: AsRef<str>>(attributes: impl IntoIterator<Item = (N, Value<'a>)>) -> Self {
        let drafts: Vec<_> = attributes.into_iter().map(|(name, value)| (name, Draft::Kept(value))).collect();
        Self::from_drafts(&drafts)
    }

    /// An item from the bytes that [`Item::packed`] gave. A storage that could damage them checks them first.
    pub fn from_packed(packed: Arc<[u8]>) -> Self {
        Self { packed }
    }

    /// Its bytes, as they are stored.
    pub fn packed(&self) -> &Arc<[u8]> {
        &self.packed
    }

    /// An item of what is written, which is billed for as many bytes as `write` says. All items of a thread are packed
    /// in the same room, and then copied to one of their size.
    fn packed_by<E>(write: impl FnOnce(&mut Room) -> Result<usize, E>) -> Result<Self, E> {
        ROOM.with(|place| {
            let mut room = place.take();
            room.packed.resize(SIZE_BYTES, 0);
            let item = write(&mut room).map(|bytes| {
                let bytes = u32::try_from(bytes).expect("a request is far below 4 GB");
                room.packed[..SIZE_BYTES].copy_from_slice(&bytes.to_le_bytes());
                Self { packed: room.packed.as_slice().into() }
            });
            room.clear();
            place.replace(room);
            item
        })
    }

    /// Its attributes.
    pub fn attributes(&self) -> Map<'_> {
        Map { packed: &self.packed[SIZE_BYTES..] }
    }

    /// One of its attributes.
    pub fn get(&self, name: &str) -> Option<Value<'_>> {
        self.attributes().get(name)
    }

    /// The size it is billed for: the bytes of its names and values. Source: developer guide, item sizes.
    pub fn bytes(&self) -> usize {
        let size = self.packed.first_chunk::<SIZE_BYTES>().expect("every item opens with its size");
        u32::from_le_bytes(*size) as usize
    }

    /// Its attributes as owned values.
    pub fn to_map(&self) -> AttributeMap {
        self.attributes().to_map()
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.attributes().iter()).finish()
    }
}
