//! How a record lies in bytes: the version of its format, a checksum, and its fields in the order in which they stand.

use ddbmock_model::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::storage::{Bytes, Space, damaged};

/// What is stored as a record. Each version has one field more than the last, at its end, which may be none: that is a
/// zero byte, and what an older record lacks.
pub(super) trait Record: Serialize {
    /// The version that is written.
    const VERSION: u8 = 1;
}

impl Record for () {}
impl Record for u64 {}

/// The bytes before a record's fields: the version, and the checksum of that and the fields.
pub(super) const HEAD_BYTES: usize = 5;

/// The bytes of a record.
pub(super) fn encoded<T: Record>(record: &T) -> Bytes {
    encoded_within(HEAD_BYTES, record).into()
}

/// The same, with room for so many bytes at first.
pub(super) fn encoded_within<T: Record>(room: usize, record: &T) -> Vec<u8> {
    let mut head = Vec::with_capacity(room);
    head.extend([T::VERSION, 0, 0, 0, 0]);
    let mut bytes = postcard::to_extend(record, head).expect("a record is plain data");
    let sum = checksum(&bytes).to_le_bytes();
    bytes[1..HEAD_BYTES].copy_from_slice(&sum);
    bytes
}

/// What is stored under a key.
///
/// # Errors
/// [`Error::Internal`] if it is damaged.
pub(super) fn decoded<T: Record + DeserializeOwned>(
    space: Space,
    key: &[u8],
    bytes: &[u8],
) -> Result<T, Error> {
    let record = || {
        let (version, fields) = whole(bytes)?;
        let lacking = T::VERSION.checked_sub(version)?;
        let fields = [fields, &vec![0; lacking.into()]].concat();
        let (record, rest) = postcard::take_from_bytes(&fields).ok()?;
        rest.is_empty().then_some(record)
    };
    record().ok_or_else(|| damaged(space, key))
}

/// The version of a record that is as it was written, and its fields.
pub(super) fn whole(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (head, fields) = bytes.split_at_checked(HEAD_BYTES)?;
    let is_whole = head[0] > 0 && head[1..] == checksum(bytes).to_le_bytes();
    is_whole.then_some((head[0], fields))
}

/// The checksum of a record's version and fields.
pub(super) fn checksum(record: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&record[..1]);
    hasher.update(&record[HEAD_BYTES..]);
    hasher.finalize()
}
