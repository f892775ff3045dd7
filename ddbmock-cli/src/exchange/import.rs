//! Tables, read from files.

use std::fs::{self, File};
use std::io::{self, BufRead, Write};

use ddbmock_engine::op::PutItem;
use ddbmock_engine::{Call, Config, Engine, Error};
use ddbmock_protocol::document;

use super::digest::{Digest, Digesting};
use super::incoming::{Data, Incoming, incoming};
use super::progress::Progress;
use super::rows::Rows;
use super::sheet::Columns;
use super::{lines, named};
use crate::arguments::{Format, Import};
use crate::outcome::{Outcome, shown, told};
use crate::seed;

/// How many bad lines are shown, beyond those that may be left out.
const BAD_SHOWN: u64 = 20;

/// Imports the tables that are asked for, one after the other, and says so of each.
pub(crate) fn import(options: &Import, out: &mut dyn Write) -> Result<(), Outcome> {
    let file = named(options.db.as_deref())?.to_owned();
    let tables = incoming(options).map_err(Outcome::Refused)?;
    let (account, region) = (options.account.clone(), options.region.clone());
    let config = Config { account, region, file: Some(file), ..Config::default() };
    let engine = Engine::open(config).map_err(|error| Outcome::Refused(format!("--db: {error}")))?;
    for table in &tables {
        let line = imported(&engine, options, table).map_err(Outcome::Refused)?;
        drop(writeln!(out, "{line}")); // nobody may be listening
    }
    Ok(())
}

/// Imports a table, and says what came of it.
fn imported(engine: &Engine, options: &Import, incoming: &Incoming) -> Result<String, String> {
    let bytes = incoming.files.iter().map(length).sum::<Result<u64, String>>()?;
    let (table, import) = begun(engine, options, incoming)?;
    let progress = Progress::of_bytes(&table, bytes);
    let mut importing = Importing { options, table, import, progress, items: 0, bad: 0 };
    incoming.files.iter().try_for_each(|data| importing.file(data))?;
    importing.finish()
}

/// How many bytes a file has.
fn length(data: &Data) -> Result<u64, String> {
    fs::metadata(&data.path).map(|about| about.len()).map_err(|error| unopened(data, &error))
}

fn unopened(data: &Data, error: &io::Error) -> String {
    format!("{}: {error}. Name files that can be read", shown(&data.path))
}

/// The table's name, and what puts items into it.
fn begun(
    engine: &Engine,
    options: &Import,
    incoming: &Incoming,
) -> Result<(String, ddbmock_engine::Import), String> {
    if options.existing {
        let import = engine.import_into(&incoming.table).map_err(|error| told(&error))?;
        return Ok((incoming.table.clone(), import));
    }
    let file = incoming.definition.as_deref().ok_or_else(|| {
        format!(
            "nothing says what table {:?} is. Name a file that does with --schema, or --existing if it is there",
            incoming.table
        )
    })?;
    let (table, body) = seed::definition(file, options.table.as_deref())?;
    let refused =
        |error: Error| format!("{}: CreateTable of {table:?} is refused: {}", shown(file), told(&error));
    let call = document::create_table(&body).map_err(refused)?;
    let import = engine.import(&call).map_err(refused)?;
    Ok((table, import))
}

/// What is said of a file that ends before its end.
fn unread(data: &Data, line: u64, error: &io::Error) -> String {
    format!("{}, line {line}: {error}. Correct it, or restore it from a copy", shown(&data.path))
}

/// A table that is imported.
struct Importing<'o> {
    options: &'o Import,
    table: String,
    import: ddbmock_engine::Import,
    progress: Progress,
    /// How many items were put.
    items: u64,
    /// How many lines were bad.
    bad: u64,
}

impl Importing<'_> {
    /// Puts what is in a file.
    fn file(&mut self, data: &Data) -> Result<(), String> {
        let file = File::open(&data.path).map_err(|error| unopened(data, &error))?;
        let before = self.items + self.bad;
        let digest = Digest::default();
        let read = Digesting { inner: self.progress.reading(file), digest: digest.clone() };
        let source = lines::unpacked(read).map_err(|error| unread(data, 1, &error))?;
        match self.options.format {
            Format::Csv => self.rows(data, source)?,
            Format::Dynamodb => self.lines(data, source, |line, table| {
                seed::puts(line, table)?
                    .iter()
                    .map(|put| document::put_item(put).map_err(|error| told(&error)))
                    .collect()
            })?,
            Format::Json => {
                self.lines(data, source, |line, table| Ok(vec![put(table, document::ordinary_item(line)?)]))?;
            }
        }
        let Some(promised) = &data.promised else { return Ok(()) };
        if promised.md5 != digest.base64() || promised.items != self.items + self.bad - before {
            return Err(format!(
                "{} is not what its manifest says. Restore it from a copy",
                shown(&data.path)
            ));
        }
        Ok(())
    }

    /// Puts what each line of a file holds.
    fn lines(
        &mut self,
        data: &Data,
        mut source: Box<dyn BufRead>,
        read: impl Fn(&str, &str) -> Result<Vec<Call<PutItem>>, String>,
    ) -> Result<(), String> {
        let (mut line, mut number) = (Vec::new(), 0);
        while lines::next(&mut *source, &mut line).map_err(|error| unread(data, number + 1, &error))? {
            number += 1;
            let text = std::str::from_utf8(&line).map(|text| text.trim_start_matches('\u{feff}').trim());
            match text.map_err(|error| error.to_string()) {
                Ok("") => {}
                Ok(text) => match read(text, &self.table) {
                    Ok(puts) => puts.iter().try_for_each(|put| self.put(data, number, put))?,
                    Err(why) => self.bad(data, number, &why)?,
                },
                Err(why) => self.bad(data, number, &why)?,
            }
        }
        Ok(())
    }

    /// Puts the rows of a file of CSV.
    fn rows(&mut self, data: &Data, source: Box<dyn BufRead>) -> Result<(), String> {
        let mut rows = Rows::of(source);
        let unread = |(line, error): (u64, io::Error)| unread(data, line, &error);
        let mut names = self.options.header.clone();
        if names.is_empty()
            && let Some((_, row)) = rows.next().map_err(unread)?
        {
            let name = |name: &[u8]| std::str::from_utf8(name).map(str::to_owned);
            names = row.iter().map(name).collect::<Result<_, _>>().map_err(|_| {
                format!("{}: the name of a column is no text. Write it as UTF-8", shown(&data.path))
            })?;
        }
        let columns = Columns::new(names).map_err(|why| format!("{}: {why}", shown(&data.path)))?;
        let keys = self.import.attribute_definitions();
        while let Some((line, row)) = rows.next().map_err(unread)? {
            match columns.item(row.iter(), &keys) {
                Ok(item) => self.put(data, line, &put(&self.table, item))?,
                Err(why) => self.bad(data, line, &why)?,
            }
        }
        Ok(())
    }

    fn put(&mut self, data: &Data, line: u64, put: &Call<PutItem>) -> Result<(), String> {
        match self.import.put(put) {
            Ok(()) => self.items += 1,
            Err(error @ Error::Internal(_)) => return Err(told(&error)),
            Err(error) => return self.bad(data, line, &told(&error)),
        }
        Ok(())
    }

    /// Shows a bad line, and counts it. There is no end to it after some.
    fn bad(&mut self, data: &Data, line: u64, why: &str) -> Result<(), String> {
        self.bad += 1;
        let why = why.replace(char::is_control, "?");
        self.progress.say(format_args!("{}, line {line}: {why}", shown(&data.path)));
        if self.bad < self.options.skip_bad.saturating_add(BAD_SHOWN) {
            Ok(())
        } else {
            Err(self.refusal(" or more"))
        }
    }

    fn finish(self) -> Result<String, String> {
        if self.bad > self.options.skip_bad {
            return Err(self.refusal(""));
        }
        let Self { table, import, items, bad, .. } = self;
        let replaced = import.finish().map_err(|error| told(&error))?;
        let some =
            |number: u64, what: &str| if number == 0 { String::new() } else { format!(", {number} {what}") };
        let (replaced, left_out) = (some(replaced, "in place of others"), some(bad, "bad lines left out"));
        Ok(format!("{table}: {items} items{replaced}{left_out}"))
    }

    fn refusal(&self, more: &str) -> String {
        let came = if self.options.existing { "what was put stays" } else { "the table is not made" };
        format!(
            "{}: {}{more} bad lines, and {came}. Correct them, or have them left out with --skip-bad NUMBER",
            self.table, self.bad
        )
    }
}

fn put(table: &str, item: ddbmock_engine::AttributeMap) -> Call<PutItem> {
    PutItem { table_name: table.to_owned(), item: item.into(), ..PutItem::default() }.into()
}
