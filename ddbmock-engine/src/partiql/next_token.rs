//! Where a page of a statement ended: what it is asked on with.
//!
//! A token holds what the page was asked by, the key it ended at, and a checksum of both: one that is damaged, or is
//! brought along with another statement or other parameters, is refused. It outlives the engine that gave it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ddbmock_model::{AttributeMap, AttributeValue, Error, Item, Rule, Value, Wording};
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

/// What the checksum begins with: tokens of another form are not taken for these.
const SALT: &[u8] = b"ddbmock PartiQL 1";
const CHECKSUM_BYTES: usize = 16;

/// What a token holds.
#[derive(Serialize, Deserialize)]
struct Content {
    asked: [u8; CHECKSUM_BYTES],
    key: Vec<(String, Scalar)>,
}

#[derive(Serialize, Deserialize)]
enum Scalar {
    S(String),
    N(String),
    B(Vec<u8>),
}

/// The token for what comes after a key.
pub(super) fn seal(statement: &str, parameters: &[AttributeValue], last: &Item) -> String {
    let scalar = |value: Value<'_>| match value {
        Value::S(text) => Some(Scalar::S(text.to_owned())),
        Value::N(text) => Some(Scalar::N(text.to_owned())),
        Value::B(bytes) => Some(Scalar::B(bytes.to_owned())),
        _ => None,
    };
    let key = last.attributes().iter().filter_map(|(name, value)| Some((name.to_owned(), scalar(value)?)));
    let content = Content { asked: asked(statement, parameters).unwrap_or_default(), key: key.collect() };
    let mut bytes = postcard::to_extend(&content, Vec::new()).expect("a token is plain data");
    bytes.extend(checksum(&bytes));
    STANDARD.encode(bytes)
}

/// The key that a token holds.
///
/// # Errors
/// A token that is none; one of another statement, of other parameters, or of any that are lists or maps.
pub(super) fn open(token: &str, statement: &str, parameters: &[AttributeValue]) -> Result<Item, Error> {
    let content = read(token).ok_or_else(invalid)?;
    if Some(content.asked) != asked(statement, parameters) {
        let text = "NextToken does not match request";
        return Err(Error::validation(Rule("partiql.token_mismatch"), text));
    }
    let value = |scalar| match scalar {
        Scalar::S(text) => AttributeValue::S(text),
        Scalar::N(text) => AttributeValue::N(text),
        Scalar::B(bytes) => AttributeValue::B(bytes),
    };
    let key: AttributeMap = content.key.into_iter().map(|(name, scalar)| (name, value(scalar))).collect();
    Item::strict_as(&key, Wording::Classic).map_err(|_| invalid())
}

/// The refusal of a token that is none.
pub(super) fn invalid() -> Error {
    Error::validation(Rule("partiql.token_invalid"), "Invalid NextToken")
}

fn read(token: &str) -> Option<Content> {
    let bytes = STANDARD.decode(token).ok()?;
    let (content, end) = bytes.split_at(bytes.len().checked_sub(CHECKSUM_BYTES)?);
    if checksum(content) != end {
        return None;
    }
    postcard::from_bytes(content).ok()
}

fn checksum(content: &[u8]) -> [u8; CHECKSUM_BYTES] {
    Md5::new_with_prefix(SALT).chain_update(content).finalize().into()
}

/// What tells a statement and its parameters from others; nothing tells lists and maps. Source: captures of 2026,
/// PartiQL paging.
fn asked(statement: &str, parameters: &[AttributeValue]) -> Option<[u8; CHECKSUM_BYTES]> {
    let mut hash = Md5::new_with_prefix(statement.len().to_le_bytes());
    hash.update(statement);
    for parameter in parameters {
        let members = match parameter {
            AttributeValue::S(text) => vec![text.as_bytes().to_vec()],
            AttributeValue::N(text) => vec![number(text)],
            AttributeValue::B(bytes) => vec![bytes.clone()],
            AttributeValue::Bool(boolean) | AttributeValue::Null(boolean) => vec![vec![u8::from(*boolean)]],
            AttributeValue::Ss(texts) => texts.iter().map(|text| text.as_bytes().to_vec()).collect(),
            AttributeValue::Ns(texts) => texts.iter().map(|text| number(text)).collect(),
            AttributeValue::Bs(all) => all.clone(),
            AttributeValue::L(_) | AttributeValue::M(_) | AttributeValue::Mixed(_) => return None,
        };
        hash_members(&mut hash, parameter.type_name(), members);
    }
    Some(hash.finalize().into())
}

/// Adds a value, whose members may stand in any order.
fn hash_members(hash: &mut Md5, type_name: &str, mut members: Vec<Vec<u8>>) {
    members.sort_unstable();
    hash.update(type_name);
    hash.update(members.len().to_le_bytes());
    for member in members {
        hash.update(member.len().to_le_bytes());
        hash.update(member);
    }
}

/// A number by its value and its scale, as Java tells them apart: `1.0` is not `1`, `1e1` is `1E+01`.
fn number(text: &str) -> Vec<u8> {
    let lower = text.to_ascii_lowercase();
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i64 = exponent.parse().unwrap_or_default();
    let scale = i64::try_from(fraction.len()).unwrap_or(i64::MAX).saturating_sub(exponent);
    let (sign, whole) = match whole.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", whole.strip_prefix('+').unwrap_or(whole)),
    };
    let digits = [whole, fraction].concat();
    let digits = digits.trim_start_matches('0');
    format!("{}{digits} {scale}", if digits.is_empty() { "" } else { sign }).into_bytes()
}
