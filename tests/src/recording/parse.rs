//! Reads a recording. Every error names its file and line.

use std::path::{Path, PathBuf};
use std::slice;
use std::time::Duration;

use ddbmock_model::Wording;

use super::folder::shown;
use super::{Body, Exchange, Expected, Recording, Step, shorthand};
use crate::compare::Json;

/// What is wrong with a recording, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {text}", shown(path))]
pub struct ParseError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub text: String,
}

/// Reads the recording that the file at `path` holds as `text`.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn parse(path: &Path, text: &str) -> Result<Recording, ParseError> {
    let mut reader = Reader { lines: text.lines().collect(), at: 0 };
    let read = reader.recording(path);
    read.map_err(|text| ParseError { path: path.to_owned(), line: reader.at + 1, text })
}

/// The lines of a recording. An error is about the line it stands at.
struct Reader<'a> {
    lines: Vec<&'a str>,
    at: usize,
}

type Read<T> = Result<T, String>;

impl<'a> Reader<'a> {
    fn recording(&mut self, path: &Path) -> Read<Recording> {
        let (about, source) = self.head()?;
        let wordings = self.wordings()?;
        let strict = self.strict()?;
        let delays = self.line() == Some("delays: yes");
        self.at += usize::from(delays);
        let mut steps = Vec::new();
        while self.skip_to_step() {
            self.step(&mut steps)?;
        }
        if steps.is_empty() {
            return Err("it does nothing: there is no `>` line".to_owned());
        }
        Ok(Recording {
            name: name(path),
            path: path.to_owned(),
            about,
            source,
            wordings,
            strict,
            delays,
            steps,
        })
    }

    fn line(&self) -> Option<&'a str> {
        self.lines.get(self.at).copied()
    }

    /// The lines from here on that meet a condition.
    fn take_while(&mut self, is_part: impl Fn(&str) -> bool) -> Vec<&'a str> {
        let start = self.at;
        while self.line().is_some_and(&is_part) {
            self.at += 1;
        }
        self.lines[start..self.at].to_vec()
    }

    fn head(&mut self) -> Read<(String, String)> {
        let start = self.at;
        let comments = self.take_while(|line| line.starts_with('#'));
        let comments: Vec<&str> = comments.iter().map(|line| line.trim_start_matches('#').trim()).collect();
        self.at = start;
        let Some(source) = comments.iter().position(|line| line.starts_with("source:")) else {
            return Err("its head has no `# source:` line: it says where the truth is from".to_owned());
        };
        let about = comments[..source].join(" ");
        if about.trim().is_empty() {
            return Err("its head does not say what it shows: a comment before `# source:`".to_owned());
        }
        let text = comments[source..].join(" ");
        let text = text.trim_start_matches("source:").trim();
        if text.is_empty() {
            self.at = start + source;
            return Err("`# source:` names none".to_owned());
        }
        self.at = start + comments.len();
        Ok((about, text.to_owned()))
    }

    fn wordings(&mut self) -> Read<&'static [Wording]> {
        let Some(word) = self.line().and_then(|line| line.strip_prefix("wording:")) else {
            return Ok(&[Wording::Current]);
        };
        let wordings = match word.trim() {
            "both" => Wording::ALL,
            word => Wording::ALL
                .iter()
                .find(|wording| wording.as_str() == word)
                .map(slice::from_ref)
                .ok_or_else(|| format!("`{word}` is no wording: there are current, classic and both"))?,
        };
        self.at += 1;
        Ok(wordings)
    }

    fn strict(&mut self) -> Read<bool> {
        let Some(word) = self.line().and_then(|line| line.strip_prefix("signatures:")) else {
            return Ok(false);
        };
        if word.trim() != "strict" {
            return Err(format!("signatures can be strict, not `{}`", word.trim()));
        }
        self.at += 1;
        Ok(true)
    }

    fn skip_to_step(&mut self) -> bool {
        self.take_while(|line| line.trim().is_empty() || line.starts_with('#'));
        self.line().is_some()
    }

    fn step(&mut self, steps: &mut Vec<Step>) -> Read<()> {
        let line = self.line().unwrap_or_default();
        let number = self.at + 1;
        match line.split_once(' ') {
            Some((">", target)) => steps.push(Step::Exchange(self.exchange(target.trim())?)),
            Some(("table", words)) => {
                let (name, create) = table(words, number)?;
                steps.extend([Step::Exchange(create), Step::Wait { line: number, table: name }]);
                self.at += 1;
            }
            Some(("wait", name)) => {
                steps.push(Step::Wait { line: number, table: name.trim().to_owned() });
                self.at += 1;
            }
            Some(("pass", time)) => {
                let time = duration(time.trim()).ok_or_else(|| format!("`{time}` is no time, as 15m is"))?;
                steps.push(Step::Pass { line: number, time });
                self.at += 1;
            }
            Some(("<", _)) => return Err("an answer without a request".to_owned()),
            _ => {
                return Err(format!(
                    "`>`, `table`, `wait`, `pass` or a comment should stand here, not `{line}`"
                ));
            }
        }
        Ok(())
    }

    fn exchange(&mut self, target: &str) -> Read<Exchange> {
        let line = self.at + 1;
        let (operation, query) = match target.split_once('?') {
            Some((operation, query)) => (operation, Some(query.to_owned())),
            None => (target, None),
        };
        self.at += 1;
        let headers = self.headers();
        let start = self.at;
        let written = self.take_while(|line| !line.starts_with("< ") && !line.starts_with("> "));
        if !self.line().is_some_and(|line| line.starts_with('<')) {
            return Err(format!("the request of line {line} has no answer: a line `< STATUS`"));
        }
        let end = self.at;
        self.at = start;
        let body = request_body(&written)?;
        self.at = end;
        let expected = self.expected()?;
        Ok(Exchange { line, operation: operation.to_owned(), query, headers, body, expected })
    }

    /// The header lines from here on, and the empty line that may end them.
    fn headers(&mut self) -> Vec<(String, String)> {
        let lines = self.take_while(|line| header(line).is_some());
        if self.line().is_some_and(|line| line.trim().is_empty()) {
            self.at += 1;
        }
        lines.into_iter().filter_map(header).collect()
    }

    fn expected(&mut self) -> Read<Expected> {
        let start = self.at;
        let status = self.line().unwrap_or_default().trim_start_matches('<').trim();
        let status = status.parse().map_err(|_| format!("`{status}` is no HTTP status"))?;
        self.at += 1;
        let headers = self.headers();
        let body_start = self.at;
        let is_body = |line: &str| !line.trim().is_empty() && !line.starts_with(['#', '>', '<']);
        let written = self.take_while(is_body).join("\n");
        let end = self.at;
        self.at = body_start;
        let body = answer_body(&written)?;
        self.at = end;
        Ok(Expected { lines: start..end, status, headers, body })
    }
}

fn name(path: &Path) -> String {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    format!("{}/{}", part(path.parent().and_then(Path::file_name)), part(path.file_stem()))
}

fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let each = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        _ => return None,
    };
    let seconds = number.parse::<u64>().ok()?.checked_mul(each)?;
    Some(Duration::from_secs(seconds))
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(": ")?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| (name.to_owned(), value.trim().to_owned()))
}

fn request_body(lines: &[&str]) -> Read<Vec<u8>> {
    let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    match lines[..end].join("\n").as_str() {
        "" => Err("the request has no body: write `empty` if it is so".to_owned()),
        "empty" => Ok(Vec::new()),
        written => shorthand::expand(written),
    }
}

fn answer_body(written: &str) -> Read<Body> {
    match written {
        "" => return Err("the answer has no body: write `empty` if it is so".to_owned()),
        "empty" => return Ok(Body::Empty),
        _ => {}
    }
    let text = shorthand::expand_text(written)?;
    match Json::parse(&text) {
        Ok(json) => Ok(Body::Json(json)),
        Err(error) if text.starts_with(['{', '[', '"']) => Err(format!("the body of the answer: {error}")),
        Err(_) => Ok(Body::Text(text)),
    }
}

/// `NAME KEY:TYPE [KEY:TYPE]`: the table's name, and the request that creates it.
fn table(words: &str, line: usize) -> Read<(String, Exchange)> {
    let mut words = words.split_whitespace();
    let name = words.next().unwrap_or_default();
    let keys: Vec<(&str, &str)> = words.filter_map(|word| word.split_once(':')).collect();
    if name.contains(':') || !(1..=2).contains(&keys.len()) {
        return Err("a table is written `table NAME KEY:TYPE` or `table NAME KEY:TYPE KEY:TYPE`".to_owned());
    }
    let definition =
        |(key, kind): &(&str, &str)| serde_json::json!({"AttributeName": key, "AttributeType": kind});
    let role =
        |((key, _), role): (&(&str, &str), &str)| serde_json::json!({"AttributeName": key, "KeyType": role});
    let body = serde_json::json!({
        "TableName": name,
        "AttributeDefinitions": keys.iter().map(definition).collect::<Vec<_>>(),
        "KeySchema": keys.iter().zip(["HASH", "RANGE"]).map(role).collect::<Vec<_>>(),
        "BillingMode": "PAY_PER_REQUEST",
    });
    let any = Body::Json(Json::String("<any>".to_owned()));
    let create = Exchange {
        line,
        operation: "CreateTable".to_owned(),
        query: None,
        headers: Vec::new(),
        body: body.to_string().into_bytes(),
        expected: Expected { lines: 0..0, status: 200, headers: Vec::new(), body: any },
    };
    Ok((name.to_owned(), create))
}
