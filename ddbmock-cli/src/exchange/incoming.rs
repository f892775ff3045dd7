//! What is to be imported: tables, the files of their items, and where it stands what they are.

use std::fs;
use std::path::{Path, PathBuf};

use super::{DEFINITION, layout};
use crate::arguments::{Format, Import};
use crate::outcome::shown;
use crate::seed::table_of;

/// A table that is to come.
#[derive(Debug)]
pub(super) struct Incoming {
    /// Its name.
    pub(super) table: String,
    /// The file that says what it is, if there is one.
    pub(super) definition: Option<PathBuf>,
    /// The files of its items.
    pub(super) files: Vec<Data>,
}

/// A file of items.
#[derive(Debug)]
pub(super) struct Data {
    /// Where it is.
    pub(super) path: PathBuf,
    /// What its manifest says of it, if it has one.
    pub(super) promised: Option<Promised>,
}

/// What a manifest says of a file.
#[derive(Debug)]
pub(super) struct Promised {
    /// How many items are in it.
    pub(super) items: u64,
    /// Its checksum, in base64.
    pub(super) md5: String,
}

/// The tables that are asked for. With a name or a definition for all of it, it is one.
///
/// # Errors
/// A line that says what is wrong, and what to do.
pub(super) fn incoming(options: &Import) -> Result<Vec<Incoming>, String> {
    let mut tables = Vec::new();
    for from in &options.from {
        match (from.is_dir(), options.format) {
            (true, Format::Dynamodb) => tables.extend(layout::exports(from)?),
            (true, Format::Json) => tables.extend(named(from, ".jsonl")?),
            (true, Format::Csv) => tables.extend(named(from, ".csv")?),
            (false, _) => tables.push(file(from)),
        }
    }
    if options.table.is_none() && options.schema.is_none() {
        return Ok(tables);
    }
    let files = tables.iter_mut().flat_map(|one| std::mem::take(&mut one.files)).collect();
    let first = tables.into_iter().next();
    let (table, beside) = first.map(|first| (first.table, first.definition)).unwrap_or_default();
    let (table, definition) = (options.table.clone().unwrap_or(table), options.schema.clone().or(beside));
    Ok(vec![Incoming { table, definition, files }])
}

/// What is in a folder, by name.
///
/// # Errors
/// A line that says that it cannot be read, and what to do.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = || -> std::io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    };
    let mut entries =
        read().map_err(|error| format!("{}: {error}. Name a folder that can be read", shown(folder)))?;
    entries.sort();
    Ok(entries)
}

/// The files in a folder with such an ending, packed or not: a table each.
fn named(folder: &Path, ending: &str) -> Result<Vec<Incoming>, String> {
    let mut files = entries(folder)?;
    files.retain(|file| file.to_str().is_some_and(|name| name.trim_end_matches(".gz").ends_with(ending)));
    if files.is_empty() {
        return Err(format!("{}: no file in it ends with {ending}. Name the files", shown(folder)));
    }
    Ok(files.iter().map(|path| file(path)).collect())
}

fn file(path: &Path) -> Incoming {
    let table = table_of(path).unwrap_or_default();
    let definition = path.with_file_name(format!("{table}{DEFINITION}"));
    let files = vec![Data { path: path.to_owned(), promised: None }];
    Incoming { table, definition: Some(definition).filter(|file| file.exists()), files }
}
