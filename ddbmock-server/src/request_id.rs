//! The name of one request, as the service gives it: in the header `x-amzn-RequestId` and in front of every log line.

use std::fmt;

use warp::http::HeaderValue;

/// 32 random bytes in the upper-case alphabet of base32hex, which makes 52 characters.
pub(crate) struct RequestId([u8; 52]);

impl RequestId {
    pub(crate) fn random() -> Self {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";
        const CHARACTERS_A_DRAW: usize = 12; // of five bits each, out of 64
        let mut characters = [0; 52];
        for some in characters.chunks_mut(CHARACTERS_A_DRAW) {
            let mut bits = fastrand::u64(..);
            for character in some {
                *character = ALPHABET[(bits % 32) as usize];
                bits /= 32;
            }
        }
        Self(characters)
    }

    pub(crate) fn header(&self) -> HeaderValue {
        HeaderValue::from_bytes(&self.0).expect("letters and digits make a header value")
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(str::from_utf8(&self.0).expect("letters and digits are UTF-8"))
    }
}
