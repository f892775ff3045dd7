//! Requests whose bytes are made once; only digits are written into them after.

/// What the service's clients say of themselves; the signature has the right shape, and is nobody's.
const HEAD: &str = "\
Host: 127.0.0.1\r\n\
Content-Type: application/x-amz-json-1.0\r\n\
X-Amz-Date: 20260101T000000Z\r\n\
Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/dynamodb/aws4_request, \
SignedHeaders=host;x-amz-date;x-amz-target, \
Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024\r\n";

/// Begins a hole for a key; two digits follow, which say for which key of the request.
const KEY: &str = "@@@@@@";
/// A hole for a version.
const VERSION: &str = "~~~~~~~~";
/// How many digits a hole takes.
const DIGITS: usize = VERSION.len();

/// A request of an operation, with the places of what changes in it.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    bytes: Vec<u8>,
    body_at: usize,
    /// Where keys stand, and which.
    keys: Vec<(usize, u64)>,
    versions: Vec<usize>,
}

impl Template {
    /// The request of an operation with a body that may have holes.
    pub(crate) fn new(operation: &str, body: &str) -> Self {
        let head = format!(
            "POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810.{operation}\r\n{HEAD}Content-Length: {}\r\n\r\n",
            body.len()
        );
        let body_at = head.len();
        let nth = |at: usize| body[at + KEY.len()..at + DIGITS].parse().unwrap_or_default();
        let keys = body.match_indices(KEY).map(|(at, _)| (body_at + at, nth(at))).collect();
        let versions = body.match_indices(VERSION).map(|(at, _)| body_at + at).collect();
        Self { bytes: (head + body).into_bytes(), body_at, keys, versions }
    }

    /// Writes the keys from one on, and a version, into the holes.
    pub(crate) fn fill(&mut self, first_key: u64, version: u64) {
        for (at, nth) in &self.keys {
            write_digits(&mut self.bytes[*at..*at + DIGITS], first_key + nth);
        }
        for at in &self.versions {
            write_digits(&mut self.bytes[*at..*at + DIGITS], version);
        }
    }

    /// The whole request, head and body.
    pub(crate) fn request(&self) -> &[u8] {
        &self.bytes
    }

    /// The body alone.
    pub(crate) fn body(&self) -> &[u8] {
        &self.bytes[self.body_at..]
    }
}

fn write_digits(place: &mut [u8], number: u64) {
    let mut rest = number;
    for digit in place.iter_mut().rev() {
        *digit = b"0123456789"[(rest % 10) as usize];
        rest /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn holes_are_filled_again_and_again() {
        let mut template = Template::new("PutItem", "a@@@@@@00 b@@@@@@24 ~~~~~~~~");
        template.fill(99, 7);
        assert_eq!(template.body(), b"a00000099 b00000123 00000007");
        template.fill(0, 12_345_678);
        assert_eq!(template.body(), b"a00000000 b00000024 12345678");
        let request = String::from_utf8_lossy(template.request());
        assert!(request.starts_with("POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\n"));
        assert!(request.contains("\r\nContent-Length: 28\r\n\r\na0"));
    }
}
