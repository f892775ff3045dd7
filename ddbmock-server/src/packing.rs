//! Bodies that are sent compressed, in both directions.

use std::io::{self, Read, Write as _};

use flate2::Compression;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use flate2::write::GzEncoder;
use hyper::body::Bytes;
use warp::http::{HeaderMap, header};

/// Answers up to this length are sent as they are: packing them saves less than it costs.
const PACKED_ABOVE_BYTES: usize = 4096;

/// How a body was packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Deflate,
}

impl Packing {
    /// The packing that a request names. One that nobody here knows says nothing: older clients send names of their
    /// own with bodies that are not packed at all.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let name = headers.get(header::CONTENT_ENCODING)?.as_bytes().trim_ascii();
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        if is(b"gzip") || is(b"x-gzip") {
            Some(Self::Gzip)
        } else if is(b"deflate") {
            Some(Self::Deflate)
        } else {
            None
        }
    }

    /// Unpacks a body, as far as one byte beyond what is allowed: a small body may hold a very long one.
    pub(crate) fn unpack(self, packed: &[u8], bytes_max: usize) -> io::Result<Vec<u8>> {
        match self {
            Self::Gzip => read(MultiGzDecoder::new(packed), bytes_max),
            Self::Deflate if has_zlib_head(packed) => read(ZlibDecoder::new(packed), bytes_max),
            Self::Deflate => read(DeflateDecoder::new(packed), bytes_max),
        }
    }
}

/// Some clients leave out the head that belongs before a deflated body.
fn has_zlib_head(packed: &[u8]) -> bool {
    matches!(packed, [first, second, ..] if first & 0x0f == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0)
}

fn read(unpacking: impl Read, bytes_max: usize) -> io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    unpacking.take(bytes_max as u64 + 1).read_to_end(&mut plain)?;
    Ok(plain)
}

/// Packs an answer. `None` if it is too short for that.
pub(crate) fn pack(body: &[u8]) -> Option<Bytes> {
    if body.len() <= PACKED_ABOVE_BYTES {
        return None;
    }
    let mut packing = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    packing.write_all(body).and_then(|()| packing.finish()).ok().map(Bytes::from)
}

/// Whether gzip stands among the packings that a client takes, and not with a weight of nothing.
pub(crate) fn takes_gzip(asked: &HeaderMap) -> bool {
    let lines = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|packing| {
        let (name, weight) = packing.split_once(';').unwrap_or((packing, ""));
        let weight = weight.split_once('=').map(|(_, number)| number.trim().parse::<f32>());
        name.trim().eq_ignore_ascii_case("gzip")
            && weight.is_none_or(|weight| weight.is_ok_and(|it| it > 0.0))
    })
}

#[cfg(test)]
mod tests {
    use warp::http::{HeaderMap, HeaderValue, header};

    use super::{Packing, takes_gzip};

    #[test]
    fn names_of_packings() {
        let check = |name: &'static str, expected: Option<Packing>| {
            let name = HeaderValue::from_static(name);
            assert_eq!(Packing::of(&HeaderMap::from_iter([(header::CONTENT_ENCODING, name)])), expected);
        };
        check("gzip", Some(Packing::Gzip));
        check(" X-GZip ", Some(Packing::Gzip));
        check("deflate", Some(Packing::Deflate));
        for other in ["", "identity", "amz-1.0", "utf-8", "br", "gzip, gzip"] {
            check(other, None);
        }
    }

    #[test]
    fn who_takes_gzip() {
        let check = |lines: &[&'static str], expected: bool| {
            let lines = lines.iter().map(|line| (header::ACCEPT_ENCODING, HeaderValue::from_static(line)));
            let mut asked = HeaderMap::new();
            for (name, line) in lines {
                asked.append(name, line);
            }
            assert_eq!(takes_gzip(&asked), expected, "{asked:?}");
        };
        check(&["gzip"], true);
        check(&["deflate, GZIP;q=0.5"], true);
        check(&["br", "gzip"], true);
        check(&[], false);
        check(&["identity"], false);
        check(&["gzip;q=0"], false);
        check(&["gzip; q=0.000, br"], false);
        check(&["gzip;q=x"], false);
        check(&["*"], false);
    }
}
