//! Plain texts: those that are written as they are, without an escape.

/// The most bytes of a short text.
pub(super) const SHORT_BYTES_MAX: usize = 16;

/// Copies a short text to the beginning of a room, if it is plain; returns whether it is. It is looked at and copied by
/// its two ends, which together are all of it and may overlap: there is neither a loop nor a call, whatever its length.
#[inline]
pub(super) fn copy_short(text: &[u8], room: &mut [u8; SHORT_BYTES_MAX]) -> bool {
    match text.len() {
        0 => true,
        1 => copy_ends::<1>(text, room, |[byte], _| u64::from(byte) | BLANKS << 8),
        2..4 => copy_ends::<2>(text, room, |first, last| {
            u64::from(u16::from_le_bytes(first)) | u64::from(u16::from_le_bytes(last)) << 16 | BLANKS << 32
        }),
        4..8 => copy_ends::<4>(text, room, |first, last| {
            u64::from(u32::from_le_bytes(first)) | u64::from(u32::from_le_bytes(last)) << 32
        }),
        8..=SHORT_BYTES_MAX => {
            text.first_chunk().is_some_and(|first| is_plain(u64::from_le_bytes(*first)))
                && copy_ends::<8>(text, room, |_, last| u64::from_le_bytes(last))
        }
        _ => false,
    }
}

/// Copies a text of `N` to `2 * N` bytes, if what is still to be looked at of its ends is plain.
#[inline]
fn copy_ends<const N: usize>(
    text: &[u8],
    room: &mut [u8; SHORT_BYTES_MAX],
    word: impl Fn([u8; N], [u8; N]) -> u64,
) -> bool {
    let (Some(first), Some(last)) = (text.first_chunk::<N>(), text.last_chunk::<N>()) else {
        return false;
    };
    room[..N].copy_from_slice(first);
    room[text.len() - N..text.len()].copy_from_slice(last);
    is_plain(word(*first, *last))
}

/// A one in each of the eight bytes of a word.
const ONES: u64 = u64::from_le_bytes([1; 8]);
/// Eight blanks, which are plain.
const BLANKS: u64 = ONES * 0x20;

/// Whether none of eight bytes is escaped. A byte that is below a bound borrows from its highest bit when the bound is
/// taken from it; one that had this bit before is no ASCII, and plain.
#[inline]
fn is_plain(word: u64) -> bool {
    let control = word.wrapping_sub(BLANKS);
    let quote = (word ^ (ONES * 0x22)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * 0x5C)).wrapping_sub(ONES);
    (control | quote | backslash) & !word & (ONES << 7) == 0
}

/// Whether a text of any length is plain.
pub(super) fn is_plain_text(text: &[u8]) -> bool {
    match text.len() {
        0..16 => copy_short(text, &mut [0; SHORT_BYTES_MAX]),
        16..64 => are_plain::<16>(text),
        _ => are_plain::<64>(text),
    }
}

/// Whether a text of `N` bytes or more is plain. Pieces are looked at as a whole, which processors do many bytes at a
/// time; the last one overlaps the one before.
#[inline]
fn are_plain<const N: usize>(text: &[u8]) -> bool {
    let mut escaped = [0; N];
    for piece in text.as_chunks::<N>().0.iter().chain(text.last_chunk()) {
        for (escaped, byte) in escaped.iter_mut().zip(piece) {
            *escaped |= u8::from(*byte < b' ') | u8::from(*byte == b'"') | u8::from(*byte == b'\\');
        }
    }
    escaped == [0; N]
}
