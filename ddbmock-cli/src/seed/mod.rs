//! The tables and items that a server begins with, from files.
//!
//! A document of a file becomes the request that makes it, and the protocol reads that: whatever DynamoDB would refuse
//! is refused here, with the file and the line.

mod document;
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use ddbmock_engine::Engine;
use ddbmock_model::World;
use ddbmock_protocol::{Answer, Signature, answer};
use serde_json::{Deserializer, Value};

use document::Asked;

pub(crate) use world::Seeded;

/// What makes the tables and items of some files.
#[derive(Debug, Default)]
pub(crate) struct Seed {
    requests: Vec<Request>,
}

/// A request, and where what it makes stands.
#[derive(Debug)]
struct Request {
    asked: Asked,
    place: String,
}

impl Seed {
    /// Reads files.
    ///
    /// # Errors
    /// A line that says what is wrong, where, and what to do.
    pub(crate) fn read(files: &[PathBuf]) -> Result<Self, String> {
        let mut requests = Vec::new();
        for file in files {
            let shown = file.display().to_string().replace(char::is_control, "?");
            let bytes = fs::read(file)
                .map_err(|error| format!("--seed: {shown}: {error}. Name a file that can be read"))?;
            let text = String::from_utf8(bytes)
                .map_err(|_| format!("--seed: {shown} is no text. If it is packed, unpack it first"))?;
            read(&shown, &text, stem(file), &mut requests)?;
        }
        Ok(Self { requests })
    }

    /// Makes the tables, and then the items.
    ///
    /// # Errors
    /// A line that says what was refused, where it stands, and what to do.
    fn plant(&self, engine: &Engine) -> Result<(), String> {
        let of = |is_table: bool| {
            self.requests.iter().filter(move |request| (request.asked.operation == "CreateTable") == is_table)
        };
        of(true).try_for_each(|request| make(engine, request))?;
        engine.finish().map_err(|error| error.to_string())?; // what is there from the start is not being created
        of(false).try_for_each(|request| make(engine, request))
    }
}

/// A seed is of no region, so that its tables are created in the engine's own.
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=seed/20260101/none/dynamodb/aws4_request, \
                             SignedHeaders=host;x-amz-date, Signature=0";

fn make(world: &dyn World, request: &Request) -> Result<(), String> {
    let Asked { operation, table, body } = &request.asked;
    let signature = Signature {
        authorization: Some(AUTHORIZATION),
        amz_date: Some("20260101T000000Z"),
        ..Signature::default()
    };
    let target = format!("DynamoDB_20120810.{operation}");
    let sent = ddbmock_protocol::Request {
        target: Some(&target),
        signature,
        body: body.as_bytes(),
        ..Default::default()
    };
    let Answer { error: Some(error), .. } = answer(world, &sent, false) else {
        return Ok(());
    };
    let message = error.message();
    let text = if message.text.is_empty() { "it is no such request" } else { &message.text };
    let hint = message.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
    let line = format!(
        "--seed: {}: {operation} of {table:?} is refused: {text}{hint}. Correct it, or leave it out",
        request.place
    );
    Err(line.replace(char::is_control, "?"))
}

/// The table that a file of items is named after: what stands before the first dot.
fn stem(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    name.split('.').next().filter(|stem| !stem.is_empty()).map(str::to_owned)
}

/// Reads the documents of a file.
fn read(
    shown: &str,
    text: &str,
    mut table: Option<String>,
    requests: &mut Vec<Request>,
) -> Result<(), String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text); // the mark that some editors begin a file with
    let line_of = |at: usize| text[..at].matches('\n').count() + 1;
    let mut documents = Deserializer::from_str(text).into_iter::<Value>();
    // Lines are counted from one document to the next: files may be long.
    let (mut counted, mut line) = (0, 1);
    loop {
        let from = documents.byte_offset();
        let start = from + (text[from..].len() - text[from..].trim_start().len());
        line += text[counted..start].matches('\n').count();
        counted = start;
        let document = match documents.next() {
            None => return Ok(()),
            Some(Ok(document)) => document,
            Some(Err(error)) => {
                let at = if error.line() == 0 { line_of(start) } else { error.line() };
                let (why, column) = (error.to_string(), error.column());
                let why = why.split(" at line ").next().unwrap_or_default();
                return Err(format!(
                    "--seed: {shown}, line {at}, column {column}: this is no JSON: {why}. Write one document after \
                     another, items one a line"
                ));
            }
        };
        let place = format!("{shown}, line {line}");
        let asked = document::read(document, &mut table).map_err(|why| format!("--seed: {place}: {why}"))?;
        requests.extend(asked.into_iter().map(|asked| Request { asked, place: place.clone() }));
    }
}

#[cfg(test)]
mod tests;
