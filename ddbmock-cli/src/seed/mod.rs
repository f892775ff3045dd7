//! The tables and items that a server begins with, from files.
//!
//! A document of a file becomes the request that makes it, and the protocol reads that: whatever DynamoDB would refuse
//! is refused here, with the file and the line.

mod document;
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use ddbmock_engine::Engine;
use ddbmock_model::{Error, World};
use ddbmock_protocol::document::{check_names, no_json};
use ddbmock_protocol::{Answer, Signature, answer};
use serde_json::{Deserializer, Value};

use crate::outcome::{shown, told};
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
        let read: Result<Vec<_>, _> = files.iter().map(|file| requests(file)).collect();
        Ok(Self { requests: read.map_err(of_seed)?.into_iter().flatten().collect() })
    }

    /// Makes the tables, and then the items.
    ///
    /// # Errors
    /// A line that says what was refused, where it stands, and what to do.
    fn plant(&self, engine: &Engine) -> Result<(), String> {
        let of = |is_table: bool| {
            self.requests.iter().filter(move |request| (request.asked.operation == "CreateTable") == is_table)
        };
        of(true).try_for_each(|request| make(engine, request)).map_err(of_seed)?;
        engine.finish().map_err(|error| error.to_string())?; // what is there from the start is not being created
        of(false).try_for_each(|request| make(engine, request)).map_err(of_seed)
    }
}

fn of_seed(line: String) -> String {
    format!("--seed: {line}")
}

/// The body of the request that makes the one table that a file describes, perhaps under another name, and that name.
///
/// # Errors
/// A line that says what is wrong, where, and what to do.
pub(crate) fn definition(file: &Path, name: Option<&str>) -> Result<(String, String), String> {
    let mut requests = requests(file)?;
    match (requests.pop(), requests.is_empty()) {
        (Some(Request { asked, .. }), true) if asked.operation == "CreateTable" => {
            Ok(document::renamed(asked, name))
        }
        _ => Err(format!(
            "{}: this is not one table. Write a CreateTable request, or what `aws dynamodb describe-table` prints",
            shown(file)
        )),
    }
}

/// The document that makes a table like one that is there: the body of a CreateTable request.
///
/// # Errors
/// What the engine says.
pub(crate) fn definition_of(engine: &Engine, table: &str) -> Result<String, String> {
    let body = serde_json::json!({ "TableName": table }).to_string();
    let described = asked(engine, "DescribeTable", &body).map_err(|error| told(&error))?;
    let description: Value = serde_json::from_slice(&described).map_err(|error| error.to_string())?;
    let definition = document::definition(&description["Table"])?;
    serde_json::to_string_pretty(&definition).map_err(|error| error.to_string())
}

/// The bodies of the PutItem requests that a line of a file asks for, which is all of one table.
///
/// # Errors
/// What is wrong with it, and what to do.
pub(crate) fn puts(line: &str, table: &str) -> Result<Vec<String>, String> {
    let document = serde_json::from_str(line).map_err(|error| no_json(&error))?;
    check_names(line).map_err(|error| no_json(&error))?;
    let asked = document::read(document, &mut Some(table.to_owned()))?;
    let is_item = |asked: &Asked| asked.operation == "PutItem" && asked.table == table;
    if asked.iter().all(is_item) {
        return Ok(asked.into_iter().map(|asked| asked.body).collect());
    }
    Err(format!("this is no item of {table:?}"))
}

fn make(world: &dyn World, request: &Request) -> Result<(), String> {
    let Asked { operation, table, body } = &request.asked;
    asked(world, operation, body).map(drop).map_err(|error| {
        let line = format!(
            "{}: {operation} of {table:?} is refused: {}. Correct it, or leave it out",
            request.place,
            told(&error)
        );
        line.replace(char::is_control, "?")
    })
}

/// What the protocol answers to a request.
fn asked(world: &dyn World, operation: &str, body: &str) -> Result<Vec<u8>, Error> {
    let target = format!("DynamoDB_20120810.{operation}");
    let (signature, body) = (Signature::LOCAL, body.as_bytes());
    let sent = ddbmock_protocol::Request { target: Some(&target), signature, body, ..Default::default() };
    let Answer { error, body, .. } = answer(world, &sent, false);
    error.map_or(Ok(body), Err)
}

/// The table that a file of items, packed or not, is named after: what stands before the last dot.
pub(crate) fn table_of(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?.trim_end_matches(".gz");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Some(stem.to_owned()).filter(|stem| !stem.is_empty())
}

/// What a file asks for.
fn requests(file: &Path) -> Result<Vec<Request>, String> {
    let (shown, mut requests) = (shown(file), Vec::new());
    let bytes = fs::read(file).map_err(|error| format!("{shown}: {error}. Name a file that can be read"))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| format!("{shown} is no text. If it is packed, unpack it first"))?;
    read(&shown, &text, table_of(file), &mut requests)?;
    Ok(requests)
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
                let why = no_json(&error);
                return Err(format!(
                    "{shown}, line {at}, {why}. Write one document after another, items one a line"
                ));
            }
        };
        let place = format!("{shown}, line {line}");
        check_names(&text[start..documents.byte_offset()])
            .map_err(|error| format!("{shown}, line {}, {}", line + error.line() - 1, no_json(&error)))?;
        let asked = document::read(document, &mut table).map_err(|why| format!("{place}: {why}"))?;
        requests.extend(asked.into_iter().map(|asked| Request { asked, place: place.clone() }));
    }
}

#[cfg(test)]
mod tests;
