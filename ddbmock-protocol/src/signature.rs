//! What a request's head says of who signed it, and whether that has the right shape.
//!
//! Nobody is turned away for a wrong key, an old date or another region: only what lacks the shape of a signature is
//! refused, unless there is a [`Verifier`]. Source: production captures, authentication errors, in their order.

use std::borrow::Cow;

use ddbmock_model::{Error, Message, Rule};
use memchr::{memchr, memchr_iter, memchr2_iter};

use crate::verification::{self, Verifier};

/// The one algorithm of signatures.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What a signature in a header needs.
const HEADER_PIECES: [&str; 3] = ["Credential", "Signature", "SignedHeaders"];

/// What a signature in a query string needs.
const QUERY_PIECES: [&str; 5] =
    ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];

/// What a request's head says of who signed it: in headers, or in the query string.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signature<'a> {
    /// The header `Authorization`.
    pub authorization: Option<&'a str>,
    /// The header `X-Amz-Date`.
    pub amz_date: Option<&'a str>,
    /// The header `Date`.
    pub date: Option<&'a str>,
    /// The header `X-Amz-Security-Token`.
    pub token: Option<&'a str>,
    /// The query string, without the question mark.
    pub query: Option<&'a str>,
    /// What verifies it; without one any signature of the right shape will do.
    pub verifier: Option<&'a dyn Verifier>,
}

/// Who signed a request: a credential of five elements, `KEY/DATE/REGION/SERVICE/TERM`.
pub(crate) struct Signer<'a>(Cow<'a, str>);

/// The parts of a signature.
pub(crate) struct Parts<'a> {
    algorithm: Cow<'a, str>,
    pub(crate) credential: Cow<'a, str>,
    pub(crate) signed_headers: Cow<'a, str>,
    pub(crate) signature: Cow<'a, str>,
    pub(crate) token: Option<Cow<'a, str>>,
    /// In ISO basic format. The header `Date` has a format of its own and is not held to it.
    pub(crate) date: Option<Cow<'a, str>>,
    pub(crate) in_query: bool,
}

impl Signature<'static> {
    /// The signature of whoever asks within the same process: of no region, so that the world's own is meant.
    pub const LOCAL: Self = Self {
        authorization: Some(
            "AWS4-HMAC-SHA256 Credential=local/20260101/none/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
        ),
        amz_date: Some("20260101T000000Z"),
        date: None,
        token: None,
        query: None,
        verifier: None,
    };
}

impl<'a> Signature<'a> {
    /// Who signed the request.
    ///
    /// # Errors
    /// An exception of authentication if the request is not signed, or the signature lacks its shape.
    pub(crate) fn signer(&self) -> Result<Signer<'a>, Error> {
        let header = self.authorization.filter(|header| !header.is_empty());
        let query = self.query.filter(|query| parameter(query, "X-Amz-Algorithm").is_some());
        let parts = match (header, query) {
            (Some(_), Some(_)) => return Err(twice()),
            (Some(header), None) if header.trim().starts_with("AWS4-") => self.read_header(header)?,
            (None, Some(query)) => read_query(query)?,
            _ => return Err(missing()),
        };
        parts.check(self.verifier)?;
        Ok(Signer(parts.credential))
    }

    fn read_header(&self, header: &'a str) -> Result<Parts<'a>, Error> {
        let mut pieces = pieces(header.trim());
        let algorithm = pieces.next().unwrap_or_default();
        let (mut found, mut malformed) = ([None; 3], None);
        for piece in pieces {
            let Some(at) = memchr(b'=', piece.as_bytes()) else {
                malformed = malformed.or(Some(piece));
                continue;
            };
            let (name, value) = (&piece[..at], &piece[at + 1..]);
            if let Some(at) = HEADER_PIECES.iter().position(|known| *known == name) {
                found[at] = Some(value).filter(|value| !value.is_empty());
            }
        }
        let is_dated = self.amz_date.or(self.date).is_some();
        let ([Some(credential), Some(signature), Some(signed_headers)], true) = (found, is_dated) else {
            let text = header_lacks(found, is_dated) + "Authorization=" + header;
            return Err(incomplete(Rule("wire.header_lacks"), text));
        };
        if let Some(piece) = malformed {
            let text = format!(
                "'{piece}' not a valid key=value pair (missing equal-sign) in Authorization header: '{header}'."
            );
            return Err(incomplete(Rule("wire.header_piece"), text));
        }
        Ok(Parts {
            algorithm: algorithm.into(),
            credential: credential.into(),
            signed_headers: signed_headers.into(),
            signature: signature.into(),
            token: self.token.map(Cow::from),
            date: self.amz_date.map(Cow::from),
            in_query: false,
        })
    }
}

/// What stands between the commas and blanks of a header.
fn pieces(header: &str) -> impl Iterator<Item = &str> {
    between(header, memchr2_iter(b',', b' ', header.as_bytes())).filter(|piece| !piece.is_empty())
}

/// What stands between some bytes of a text, each of them a character.
fn between(text: &str, ends: impl Iterator<Item = usize>) -> impl Iterator<Item = &str> {
    let mut start = 0;
    ends.chain([text.len()]).map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

fn header_lacks(found: [Option<&str>; 3], is_dated: bool) -> String {
    let lacking = HEADER_PIECES.iter().zip(found).filter(|(_, value)| value.is_none());
    let mut text: String =
        lacking.flat_map(|(name, _)| ["Authorization header requires '", name, "' parameter. "]).collect();
    if !is_dated {
        text += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    }
    text
}

fn read_query(query: &str) -> Result<Parts<'_>, Error> {
    let found = QUERY_PIECES.map(|name| parameter(query, name).filter(|value| !value.is_empty()));
    let lacking = QUERY_PIECES.iter().zip(&found).filter(|(_, value)| value.is_none());
    let lacks: String =
        lacking.flat_map(|(name, _)| ["AWS query-string parameters must include '", name, "'. "]).collect();
    let [Some(algorithm), Some(credential), Some(signature), Some(signed_headers), date @ Some(_)] = found
    else {
        return Err(incomplete(Rule("wire.query_lacks"), lacks + "Re-examine the query-string parameters."));
    };
    let token = parameter(query, "X-Amz-Security-Token");
    Ok(Parts { algorithm, credential, signed_headers, signature, token, date, in_query: true })
}

impl Parts<'_> {
    fn check(&self, verifier: Option<&dyn Verifier>) -> Result<(), Error> {
        if let Some(date) = self.date.as_ref().filter(|date| !is_basic_date(date)) {
            let text = format!(
                "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
            );
            return Err(incomplete(Rule("wire.date"), text));
        }
        if let Some(verifier) = verifier {
            verification::check_time(self.date.as_deref(), verifier)?;
        }
        let mut signed = between(&self.signed_headers, memchr_iter(b';', self.signed_headers.as_bytes()));
        if !signed.any(|name| name.eq_ignore_ascii_case("host")) {
            let text = "'Host' must be a 'SignedHeader' in the AWS Authorization.";
            return Err(Error::InvalidSignature(Message::new(Rule("wire.host"), text)));
        }
        if self.algorithm != ALGORITHM {
            let algorithm = &self.algorithm;
            let text = format!("Unsupported AWS 'algorithm': '{algorithm}' (only {ALGORITHM} for now). ");
            return Err(incomplete(Rule("wire.algorithm"), text));
        }
        if memchr_iter(b'/', self.credential.as_bytes()).count() != 4 {
            let text = format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got \
                 '{}'",
                self.credential
            );
            return Err(incomplete(Rule("wire.credential"), text));
        }
        verifier.map_or(Ok(()), |verifier| verification::check(self, verifier))
    }
}

impl Signer<'_> {
    /// The access key id.
    pub(crate) fn access_key(&self) -> &str {
        self.element(0)
    }

    /// The region, if what stands in its place is one.
    pub(crate) fn region(&self) -> Option<&str> {
        Some(self.element(2)).filter(|region| is_region(region))
    }

    fn element(&self, at: usize) -> &str {
        let mut slashes = memchr_iter(b'/', self.0.as_bytes());
        let start = at.checked_sub(1).map_or(0, |before| slashes.nth(before).map_or(0, |slash| slash + 1));
        &self.0[start..slashes.next().unwrap_or(self.0.len())]
    }
}

/// Whether a word has the form of a region: `us-east-1`, `us-gov-west-1`. Clients of local servers write a host's name
/// there, or `local`.
pub(crate) fn is_region(word: &str) -> bool {
    let mut words = word.as_bytes().split(|byte| *byte == b'-');
    let number = words.next_back().unwrap_or_default();
    let is_number = !number.is_empty() && number.iter().all(u8::is_ascii_digit);
    let is_name = |name: &[u8]| !name.is_empty() && name.iter().all(u8::is_ascii_lowercase);
    is_number && words.clone().count() > 1 && words.all(is_name)
}

/// Whether a text is a time as `20150830T123600Z`.
fn is_basic_date(text: &str) -> bool {
    let form = b"00000000T000000Z";
    let fits = |(byte, form): (u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

/// The value of a parameter of a query string.
fn parameter<'a>(query: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| percent_decoded(value))
}

fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let (decoded, after) = match (byte, after) {
            (b'+', _) => (b' ', after),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, after),
                _ => (byte, &rest[1..]),
            },
            _ => (byte, after),
        };
        bytes.push(decoded);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn incomplete(rule: Rule, text: String) -> Error {
    Error::IncompleteSignature(Message::new(rule, text))
}

fn twice() -> Error {
    let text = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
    Error::InvalidSignature(Message::new(Rule("wire.signed_twice"), text))
}

fn missing() -> Error {
    let text = "Request is missing Authentication Token";
    Error::MissingAuthenticationToken(Message::new(Rule("wire.not_signed"), text))
}
