//! Strings of an expected answer that stand for more than themselves.
//!
//! Alone: `<any>` any value, `<string>` any string, `<number>` any number, `<time>` a number of seconds since 1970 that
//! is a plausible date, `<save NAME>` any string, which later requests and answers of the recording have where they say
//! `<saved NAME>`. Anywhere in a string: `<uuid>`, `<region>`, `<account>` (12 digits). Any other text in angle
//! brackets is only text.

use super::json::Json;

/// The first element of an array whose other elements may come in any order.
pub const UNORDERED: &str = "<unordered>";

/// 2009 to 2100, in seconds since 1970.
const PLAUSIBLE_SECONDS: std::ops::Range<f64> = 1.23e9..4.11e9;

/// Whether a value is what an expected string stands for.
pub fn matches(pattern: &str, got: &Json) -> bool {
    match (pattern, got) {
        ("<any>", _) | ("<string>", Json::String(_)) | ("<number>", Json::Number(_)) => true,
        (pattern, Json::String(_)) if saves(pattern).is_some() => true,
        ("<time>", Json::Number(seconds)) => {
            seconds.as_f64().is_some_and(|seconds| PLAUSIBLE_SECONDS.contains(&seconds))
        }
        (pattern, Json::String(text)) => text_matches(pattern, text),
        _ => false,
    }
}

/// The name under which a string that stands for any is saved.
pub fn saves(pattern: &str) -> Option<&str> {
    pattern.strip_prefix("<save ")?.strip_suffix('>')
}

/// Whether a text is what an expected text stands for.
pub fn text_matches(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    while let Some((at, part)) = first_part(pattern) {
        let Some(rest) = text.strip_prefix(&pattern[..at]) else {
            return false;
        };
        let Some(taken) = (part.taken)(rest) else {
            return false;
        };
        pattern = &pattern[at + part.word.len()..];
        text = &rest[taken..];
    }
    pattern == text
}

struct Part {
    word: &'static str,
    /// How many bytes at the start of a text are this part.
    taken: fn(&str) -> Option<usize>,
}

const PARTS: [Part; 3] = [
    Part { word: "<uuid>", taken: uuid },
    Part { word: "<region>", taken: region },
    Part { word: "<account>", taken: account },
];

fn first_part(pattern: &str) -> Option<(usize, &'static Part)> {
    PARTS.iter().filter_map(|part| pattern.find(part.word).map(|at| (at, part))).min_by_key(|(at, _)| *at)
}

fn uuid(text: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(..36)?;
    let fits = |(at, byte): (usize, &u8)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    bytes.iter().enumerate().all(fits).then_some(36)
}

fn region(text: &str) -> Option<usize> {
    let of_region = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let length = text.bytes().take_while(of_region).count();
    (length > 0).then_some(length)
}

fn account(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (length == 12).then_some(length)
}
