//! `ddbmock db`: looks after a file, while no server has it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ddbmock_engine::storage::Sqlite;
use ddbmock_engine::{Config, Durability, Engine, Error, Holding};

use crate::arguments::Db;
use crate::outcome::Outcome;

/// Does what is to be done with a file, and says what came of it.
pub(crate) fn run(task: &Db) -> Result<(), Outcome> {
    match task {
        Db::Check { file } => check(file),
        Db::Info { file } => info(file),
        Db::Compact { file } => compact(file),
    }
}

fn check(file: &Path) -> Result<(), Outcome> {
    let storage = open(file)?;
    let mut found = storage.check().map_err(refused(file))?;
    if found.is_empty() {
        let engine = Engine::with_storage(Config::default(), storage).map_err(refused(file))?;
        found = engine.check().map_err(refused(file))?;
    }
    let shown = shown(file);
    match &found[..] {
        [] => Err(Outcome::Shown(format!("{shown} is whole\n"))),
        [first] => Err(Outcome::Refused(format!("{shown} is damaged: {first}"))),
        [first, rest @ ..] => {
            Err(Outcome::Refused(format!("{shown} is damaged: {first}; and {} more", rest.len())))
        }
    }
}

fn info(file: &Path) -> Result<(), Outcome> {
    let engine = Engine::with_storage(Config::default(), open(file)?).map_err(refused(file))?;
    let holdings = engine.holdings();
    drop(engine);
    let on_disk = fs::metadata(file).map_or(0, |about| about.len());
    let mut text = format!("{}: {} tables, {on_disk} bytes on disk\n", shown(file), holdings.len());
    for Holding { account, region, name, items, bytes, indexes } in &holdings {
        let _ = writeln!(text, "  {name} ({region}, {account}): {items} items, {bytes} bytes");
        for (name, items, bytes) in indexes {
            let _ = writeln!(text, "    index {name}: {items} items, {bytes} bytes");
        }
    }
    Err(Outcome::Shown(text))
}

fn compact(file: &Path) -> Result<(), Outcome> {
    let size = || fs::metadata(file).map_or(0, |about| about.len());
    let before = size();
    // An engine removes what an import left that was ended.
    drop(Engine::with_storage(Config::default(), open(file)?).map_err(refused(file))?);
    let storage = open(file)?;
    storage.compact().map_err(refused(file))?;
    drop(storage);
    Err(Outcome::Shown(format!("{}: {before} bytes before, {} now\n", shown(file), size())))
}

/// Opens a file that is there.
pub(crate) fn open(file: &Path) -> Result<Sqlite, Outcome> {
    fs::metadata(file).map_err(|error| {
        Outcome::Refused(format!("{}: {error}. Name a file that `ddbmock serve --db` made", shown(file)))
    })?;
    Sqlite::open(file, Durability::Normal).map_err(|error| Outcome::Refused(error.to_string()))
}

fn refused(file: &Path) -> impl Fn(Error) -> Outcome {
    move |error| Outcome::Refused(format!("{}: {error}. Restore it from a copy", shown(file)))
}

fn shown(file: &Path) -> String {
    file.display().to_string().replace(char::is_control, "?")
}
