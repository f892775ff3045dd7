//! `ddbmock db`: looks after a file, while no server has it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ddbmock_engine::storage::Sqlite;
use ddbmock_engine::{Config, Durability, Engine, Error, Holding};

use crate::arguments::Db;
use crate::outcome::{Outcome, shown};

/// Does what is to be done with a file, and tells what came of it.
pub(crate) fn run(task: &Db) -> Result<String, Outcome> {
    match task {
        Db::Check { file } => check(file),
        Db::Info { file } => info(file),
        Db::Compact { file } => compact(file),
    }
}

fn check(file: &Path) -> Result<String, Outcome> {
    let storage = open(file)?;
    let mut found = storage.check().map_err(refused(file))?;
    if found.is_empty() {
        let engine = Engine::with_storage(Config::default(), storage).map_err(refused(file))?;
        found = engine.check().map_err(refused(file))?;
    }
    check_whole(file, &found)?;
    Ok(format!("{} is whole\n", shown(file)))
}

/// Checks that nothing wrong was found.
fn check_whole(file: &Path, found: &[String]) -> Result<(), Outcome> {
    let shown = shown(file);
    match found {
        [] => Ok(()),
        [first] => Err(Outcome::Refused(format!("{shown} is damaged: {first}"))),
        [first, rest @ ..] => {
            Err(Outcome::Refused(format!("{shown} is damaged: {first}; and {} more", rest.len())))
        }
    }
}

fn info(file: &Path) -> Result<String, Outcome> {
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
    Ok(text)
}

fn compact(file: &Path) -> Result<String, Outcome> {
    let size = || fs::metadata(file).map_or(0, |about| about.len());
    let before = size();
    let storage = open(file)?;
    // What cannot be reached is not written anew: it would be lost for good.
    check_whole(file, &storage.check().map_err(refused(file))?)?;
    // An engine removes what an import left that was ended.
    drop(Engine::with_storage(Config::default(), storage).map_err(refused(file))?);
    let storage = open(file)?;
    storage.compact().map_err(refused(file))?;
    drop(storage);
    Ok(format!("{}: {before} bytes before, {} now\n", shown(file), size()))
}

/// Opens a file that is there. An empty one would be made into a new one, as if nothing had been lost.
pub(crate) fn open(file: &Path) -> Result<Sqlite, Outcome> {
    let why = match fs::metadata(file) {
        Ok(about) if about.is_file() && about.len() == 0 => Some("it is empty".to_owned()),
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    };
    if let Some(why) = why {
        let line = format!("{}: {why}. Name a file that `ddbmock serve --db` made", shown(file));
        return Err(Outcome::Refused(line));
    }
    Sqlite::open(file, Durability::Normal).map_err(|error| Outcome::Refused(error.to_string()))
}

fn refused(file: &Path) -> impl Fn(Error) -> Outcome {
    move |error| {
        let is_damaged = error.message().rule.0 == "internal.damaged";
        let todo = if is_damaged { "Restore it" } else { "Make room on its disk, or restore it" };
        Outcome::Refused(format!("{}: {error}. {todo} from a copy", shown(file)))
    }
}
