//! Short words for long bodies.
//!
//! | written | stands for |
//! |---|---|
//! | `{{repeat N TEXT}}` | TEXT, N times; `{{i}}` in it counts from 1 |
//! | `{{list N TEXT}}` | the same, with `, ` between |
//! | `{{nest L N VALUE}}` | VALUE inside N lists: `{"L": [ … ]}` around it, N times |
//! | `{{nest M N VALUE}}` | VALUE inside N maps: `{"M": {"a": … }}` around it, N times |
//! | `{{hex 7B FF}}` | these bytes, for requests that are no UTF-8 or hold `{{` |
//!
//! Braces in TEXT and VALUE must be in pairs; shorthands may stand in them. Two opening braces with anything but a
//! lower-case letter behind them are only braces.

/// The longest body that a shorthand may stand for.
const BYTES_MAX: usize = 64 << 20;

/// The body that a written one stands for.
///
/// # Errors
/// What is wrong with a shorthand.
pub fn expand(written: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut rest = written;
    while let Some(at) = next_shorthand(rest) {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let inside = &rest[at + 2..];
        let length =
            length_inside(inside).ok_or_else(|| format!("`{{{{{}` is not closed", first_word(inside)))?;
        out.extend(one(&inside[..length])?);
        if out.len() > BYTES_MAX {
            return Err(format!("the body is longer than {BYTES_MAX} bytes"));
        }
        rest = &inside[length + 2..];
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}

/// The same for a body that must be text.
///
/// # Errors
/// What is wrong with a shorthand, or that the body is no text.
pub fn expand_text(written: &str) -> Result<String, String> {
    String::from_utf8(expand(written)?).map_err(|_| "the body is no UTF-8".to_owned())
}

fn next_shorthand(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.windows(3).position(|three| three.starts_with(b"{{") && three[2].is_ascii_lowercase())
}

/// How long a shorthand is up to its closing braces: those that close no brace inside it.
fn length_inside(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' if open > 0 => open -= 1,
            b'}' => return text[at..].starts_with("}}").then_some(at),
            _ => {}
        }
    }
    None
}

fn first_word(text: &str) -> &str {
    text.split(|character: char| !character.is_ascii_lowercase()).next().unwrap_or_default()
}

fn one(text: &str) -> Result<Vec<u8>, String> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    match word {
        "repeat" => repeat(rest, ""),
        "list" => repeat(rest, ", "),
        "nest" => nest(rest),
        "hex" => hex(rest),
        _ => Err(format!("`{{{{{word}` is no shorthand: there are repeat, list, nest and hex")),
    }
}

fn counted(text: &str) -> Result<(usize, &str), String> {
    let (number, rest) = text.split_once(' ').unwrap_or((text, ""));
    let count: usize = number.parse().map_err(|_| format!("`{number}` is no number of times"))?;
    if count.saturating_mul(rest.len()) > BYTES_MAX {
        return Err(format!("the body is longer than {BYTES_MAX} bytes"));
    }
    Ok((count, rest))
}

fn repeat(text: &str, between: &str) -> Result<Vec<u8>, String> {
    let (count, text) = counted(text)?;
    if !text.contains("{{") {
        let all_but_one = [text, between].concat().repeat(count.saturating_sub(1));
        return Ok([all_but_one.as_str(), if count == 0 { "" } else { text }].concat().into_bytes());
    }
    let each = |index: usize| expand(&text.replace("{{i}}", &index.to_string()));
    let parts = (1..=count).map(each).collect::<Result<Vec<_>, _>>()?;
    Ok(parts.join(between.as_bytes()))
}

fn nest(text: &str) -> Result<Vec<u8>, String> {
    let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
    let (open, close) = match kind {
        "L" => (r#"{"L": ["#, "]}"),
        "M" => (r#"{"M": {"a": "#, "}}"),
        _ => return Err(format!("`nest {kind}`: it must be L or M")),
    };
    let (count, value) = counted(rest)?;
    let value = expand(value)?;
    Ok([open.repeat(count).into_bytes(), value, close.repeat(count).into_bytes()].concat())
}

fn hex(text: &str) -> Result<Vec<u8>, String> {
    let wrong = || format!("`{text}` is not bytes of two hexadecimal digits");
    let digits: String = text.split_whitespace().collect();
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| {
        let pair = str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    };
    pairs.map(|pair| byte(pair).ok_or_else(wrong)).collect()
}
