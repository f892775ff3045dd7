//! Bytes that are nearly right: what was right, changed a little.

use fastrand::Rng;

/// The most changes to one seed.
const CHANGES_MAX: usize = 6;
/// The most bytes that one change takes out, or doubles.
const PIECE_MAX: usize = 64;
/// What readers trip over.
const STUMBLES: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"]",
    b"(",
    b")",
    b",",
    b":",
    b"null",
    b"true",
    b"-0",
    b"1e126",
    b"1e-131",
    b"99999999999999999999999999999999999999999",
    b"9223372036854775808",
    b"0.5",
    b"#",
    b":v",
    b"\0",
    b"\xFF",
    b"\xC3\xA4",
    b"\xF0\x9F\x8E\xB8",
    b"{\"S\":\"\"}",
    b"{\"NS\":[]}",
    b"{\"M\":{",
    b"{\"L\":[",
    b" AND ",
    b" NOT ",
    b"'",
    b"?",
    b"<<",
    b">>",
    b"--",
    b"`",
    b" WHERE ",
    b" SET ",
    b" FROM ",
];

/// One of the seeds, changed; now and then pieces of several.
pub(super) fn mutated(seeds: &[Vec<u8>], random: &mut Rng) -> Vec<u8> {
    let is_new = random.u8(..16) == 0;
    let mut bytes = if is_new { Vec::new() } else { seeds[random.usize(..seeds.len())].clone() };
    for _ in 0..random.usize(1..=CHANGES_MAX) {
        change(&mut bytes, seeds, random);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Rng) {
    let at = random.usize(..=bytes.len());
    let piece = at..(at + random.usize(..PIECE_MAX)).min(bytes.len());
    match random.u8(..6) {
        0 => drop(bytes.drain(piece)),
        1 => {
            let doubled = bytes[piece].to_vec();
            bytes.splice(at..at, doubled);
        }
        2 => {
            let stumble = STUMBLES[random.usize(..STUMBLES.len())];
            bytes.splice(at..at, stumble.iter().copied());
        }
        3 => {
            let stumble = STUMBLES[random.usize(..STUMBLES.len())];
            bytes.splice(piece, stumble.iter().copied());
        }
        4 => {
            let other = &seeds[random.usize(..seeds.len())];
            let from = random.usize(..=other.len());
            let to = (from + random.usize(..PIECE_MAX)).min(other.len());
            bytes.splice(piece, other[from..to].iter().copied());
        }
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.u8(..8);
            }
        }
    }
}
