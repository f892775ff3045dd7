//! Tables, written to files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use ddbmock_engine::op::{DescribeTable, Scan};
use ddbmock_engine::{Config, Engine, Enumeration as _, Holding, Item, TableDescription, TableStatus};
use ddbmock_protocol::document;

use super::layout::Bundle;
use super::progress::Progress;
use super::sheet::{COLUMNS_MAX, Columns};
use super::{DEFINITION, named};
use crate::arguments::{Export, Format};
use crate::db;
use crate::outcome::{Outcome, shown, told};
use crate::seed;

/// Exports the tables that are asked for, one after the other, and says so of each. One that is being made or ended has
/// no items to tell of, and is left out.
pub(crate) fn export(options: &Export, out: &mut dyn Write) -> Result<(), Outcome> {
    let storage = db::open(named(options.db.as_deref())?)?;
    let engine =
        Engine::with_storage(Config::default(), storage).map_err(|error| Outcome::Refused(told(&error)))?;
    let mut left_out = Vec::new();
    for arn in chosen(&engine.holdings(), &options.tables).map_err(Outcome::Refused)? {
        let table = engine.describe_table(DescribeTable { table_name: arn });
        let table = table.map_err(|error| Outcome::Refused(told(&error)))?.table;
        if let status @ (TableStatus::Creating | TableStatus::Deleting) = table.table_status {
            left_out.push(format!("{} is {}", table.table_name, status.as_str()));
            continue;
        }
        let exporting = Exporting { engine: &engine, options, table: &table };
        let line = exporting.run().map_err(|why| Outcome::Refused(format!("{}: {why}", table.table_name)))?;
        drop(writeln!(out, "{line}")); // nobody may be listening
    }
    if left_out.is_empty() {
        return Ok(());
    }
    Err(Outcome::Refused(format!("{}: not exported. Try again once it is ACTIVE", left_out.join(", "))))
}

/// The ARNs of the tables that are named, or of all.
fn chosen(holdings: &[Holding], names: &[String]) -> Result<Vec<String>, String> {
    if let Some(name) = names.iter().find(|name| holdings.iter().all(|one| one.name != **name)) {
        return Err(format!("no table is named {name:?}. See `ddbmock db info`"));
    }
    let wanted = holdings.iter().filter(|one| names.is_empty() || names.contains(&one.name));
    let arn = |one: &Holding| format!("arn:aws:dynamodb:{}:{}:table/{}", one.region, one.account, one.name);
    Ok(wanted.map(arn).collect())
}

/// What writes the line of an item.
type Encode<'e> = dyn Fn(&Item) -> Result<Vec<u8>, String> + 'e;

/// A table that is exported.
struct Exporting<'e> {
    engine: &'e Engine,
    options: &'e Export,
    table: &'e TableDescription,
}

impl Exporting<'_> {
    /// Exports it, and says what came of it.
    fn run(&self) -> Result<String, String> {
        let definition = seed::definition_of(self.engine, &self.table.table_arn)?;
        match self.options.format {
            Format::Dynamodb => self.bundle(&definition),
            Format::Json => self.file("jsonl", &definition, &[], &ordinary),
            Format::Csv => {
                let columns = Columns::new(self.columns()?)?;
                let header = record(columns.names());
                self.file("csv", &definition, &header, &|item| Ok(record(columns.row(item)?)))
            }
        }
    }

    /// The service's own layout.
    fn bundle(&self, definition: &str) -> Result<String, String> {
        let bundle =
            Bundle::new(&self.options.to, self.engine.now()).map_err(|error| self.unwritten(&error))?;
        // An import of all around it would be refused for what is unfinished.
        let items = self.fill(&bundle, definition).inspect_err(|_| bundle.remove())?;
        Ok(self.done(items, bundle.folder()))
    }

    /// Writes what is in it, and how many items that are.
    fn fill(&self, bundle: &Bundle, definition: &str) -> Result<u64, String> {
        let mut data = bundle.data().map_err(|error| self.unwritten(&error))?;
        let items = self.write(&mut data, &|item| {
            Ok([br#"{"Item":"#, &document::item_json(item)[..], b"}\n"].concat())
        })?;
        let written = data.finish().and_then(|mut data| data.flush());
        written
            .and_then(|()| bundle.finish(self.table, definition, items, self.engine.now()))
            .map_err(|error| self.unwritten(&error))?;
        Ok(items)
    }

    /// A file that has its name once it is whole.
    fn file(
        &self,
        ending: &str,
        definition: &str,
        head: &[u8],
        encode: &Encode<'_>,
    ) -> Result<String, String> {
        let (to, name) = (&self.options.to, &self.table.table_name);
        let path = to.join(format!("{name}.{ending}"));
        if path.exists() {
            return Err(format!("{} is there already. Remove it, or choose another folder", shown(&path)));
        }
        let unfinished = to.join(format!("{name}.{ending}.unfinished"));
        let begin = || {
            fs::create_dir_all(to)?;
            fs::write(to.join(format!("{name}{DEFINITION}")), definition)?;
            let mut out = BufWriter::new(File::create(&unfinished)?);
            out.write_all(head)?;
            Ok(out)
        };
        let mut out = begin().map_err(|error| self.unwritten(&error))?;
        let written = self.write(&mut out, encode);
        let renamed = |items| {
            let done = out.flush().and_then(|()| fs::rename(&unfinished, &path));
            done.map(|()| items).map_err(|error| self.unwritten(&error))
        };
        let items = written.and_then(renamed).inspect_err(|_| drop(fs::remove_file(&unfinished)))?;
        Ok(self.done(items, &path))
    }

    /// Writes all items, and counts them.
    fn write(&self, out: &mut dyn Write, encode: &Encode<'_>) -> Result<u64, String> {
        let progress = Progress::of_items(&self.table.table_name, self.table.item_count);
        let mut items = 0;
        self.each(&mut |item| {
            items += 1;
            progress.item();
            out.write_all(&encode(item)?).map_err(|error| self.unwritten(&error))
        })?;
        Ok(items)
    }

    /// The names of all attributes, those of the key first, unless columns are named.
    fn columns(&self) -> Result<Vec<String>, String> {
        if !self.options.header.is_empty() {
            return Ok(self.options.header.clone());
        }
        let mut columns: Vec<String> =
            self.table.key_schema.iter().map(|element| element.attribute_name.clone()).collect();
        let mut others = BTreeSet::new();
        self.each(&mut |item| {
            let unknown = item.attributes().names().filter(|name| !columns.iter().any(|known| known == name));
            others.extend(unknown.map(str::to_owned));
            if others.len() + columns.len() > COLUMNS_MAX {
                return Err(format!(
                    "its items have more than {COLUMNS_MAX} different attributes, too many for columns. Take another format"
                ));
            }
            Ok(())
        })?;
        columns.extend(others);
        Ok(columns)
    }

    /// Visits all items, a page at a time.
    fn each(&self, visit: &mut dyn FnMut(&Item) -> Result<(), String>) -> Result<(), String> {
        let mut scan =
            Scan { table_name: self.table.table_arn.clone(), consistent_read: true, ..Scan::default() };
        loop {
            let page = self.engine.scan(scan.clone()).map_err(|error| told(&error))?;
            page.items.iter().flatten().try_for_each(&mut *visit)?;
            let Some(last) = page.last_evaluated_key else { return Ok(()) };
            scan.exclusive_start_key = Some(last);
        }
    }

    fn done(&self, items: u64, to: &Path) -> String {
        format!("{}: {items} items to {}", self.table.table_name, shown(to))
    }

    fn unwritten(&self, error: &io::Error) -> String {
        format!("{} cannot be written to: {error}. Choose another folder", shown(&self.options.to))
    }
}

/// An item as a line of ordinary JSON.
fn ordinary(item: &Item) -> Result<Vec<u8>, String> {
    let mut line = document::ordinary_json(item).map_err(|(name, kind)| {
        format!(
            "an item's attribute {name:?} holds a value of type {kind}, which ordinary JSON cannot tell from another. \
             Take --format dynamodb"
        )
    })?;
    line.push(b'\n');
    Ok(line)
}

/// The line of a row.
fn record<T: AsRef<[u8]>>(cells: impl IntoIterator<Item = T>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1024).from_writer(Vec::new());
    let written = writer.write_record(cells);
    debug_assert!(written.is_ok(), "memory does not fail");
    writer.into_inner().unwrap_or_default()
}
