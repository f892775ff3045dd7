//! What happened to an item, as a stream's record of it is stored: fields as of any record, and what is packed after
//! them.

use ddbmock_model::{Error, OperationType};
use serde::{Deserialize, Serialize};

use super::encoding::{HEAD_BYTES, Record, encoded_within, whole};
use super::word::Word;
use crate::storage::{Bytes, Space, damaged};

/// Bytes of a stream's record around what is packed, about.
const EVENT_BYTES: usize = 32;

/// What happened to an item, as a stream's record of it is stored.
#[derive(Debug, PartialEq)]
pub(crate) struct Event<'a> {
    /// What.
    pub(crate) name: OperationType,
    /// Whether it expired.
    pub(crate) is_expiry: bool,
    /// Its key, packed; none where one of the items is there, which has it.
    pub(crate) keys: Option<&'a [u8]>,
    /// The item after, packed.
    pub(crate) new: Option<&'a [u8]>,
    /// The item before, packed.
    pub(crate) old: Option<&'a [u8]>,
}

impl<'a> Event<'a> {
    /// What is packed of it, in the order in which it is stored.
    fn items(&self) -> impl Iterator<Item = &'a [u8]> + Clone {
        [self.keys, self.new, self.old].into_iter().flatten()
    }
}

/// The bytes of a stream's record.
pub(crate) fn event(event: &Event<'_>) -> Bytes {
    let room = EVENT_BYTES + event.items().map(<[u8]>::len).sum::<usize>();
    let mut bytes = encoded_within(room, &Fields::of(event));
    event.items().for_each(|item| bytes.extend_from_slice(item));
    bytes.into()
}

/// Reads a stream's record, which is stored under a key.
///
/// # Errors
/// [`Error::Internal`] if it is damaged.
pub(crate) fn read_event<'b>(space: Space, key: &[u8], bytes: &'b [u8]) -> Result<Event<'b>, Error> {
    let read = || {
        let (fields, items) = postcard::take_from_bytes::<Fields>(bytes.get(HEAD_BYTES..)?).ok()?;
        let (version, _) = whole(&bytes[..bytes.len() - items.len()])?;
        (version == Fields::VERSION).then_some(fields)?.live(items)
    };
    read().ok_or_else(|| damaged(space, key))
}

/// The fields of an event. What is packed follows them as it is, as in rows: here is of how many bytes each is.
#[derive(Serialize, Deserialize)]
struct Fields {
    name: Word<OperationType>,
    is_expiry: bool,
    keys: Option<usize>,
    new: Option<usize>,
    old: Option<usize>,
}

impl Record for Fields {}

impl Fields {
    fn of(event: &Event<'_>) -> Self {
        let [keys, new, old] = [event.keys, event.new, event.old].map(|item| item.map(<[u8]>::len));
        Self { name: Word(event.name), is_expiry: event.is_expiry, keys, new, old }
    }

    /// The event itself, with what follows; nothing if that is not as long as it is said to be.
    fn live(self, mut rest: &[u8]) -> Option<Event<'_>> {
        let mut next = |length: Option<usize>| {
            let Some(length) = length else { return Some(None) };
            let (item, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(Some(item))
        };
        let (keys, new, old) = (next(self.keys)?, next(self.new)?, next(self.old)?);
        rest.is_empty().then_some(Event { name: self.name.0, is_expiry: self.is_expiry, keys, new, old })
    }
}
