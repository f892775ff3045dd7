//! Making the tables that the workloads want, and filling them.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::ops::Range;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::LocalSet;

use crate::connection::Connection;
use crate::documents::{self, BATCH, SONGS};
use crate::drive::runtime;
use crate::template::Template;
use crate::workload::{Table, parsed};

/// How long a server may take to make and fill a table.
const FILLING_MAX: Duration = Duration::from_secs(90);
/// How many connections fill a table.
const CONNECTIONS: usize = 8;

/// The items of a table, made as they are needed.
pub(crate) type Make = fn(u64) -> String;

/// Makes a table, and puts in what is to be there before anything is measured.
pub(crate) fn make(address: SocketAddr, table: Table) -> Result<(), String> {
    let (definition, items, item) = contents(table);
    create(address, &definition, table.name())?;
    fill(address, table.name(), 0..items, item, FILLING_MAX)
}

/// The CreateTable request of a table, how many items it begins with, and what they are.
pub(crate) fn contents(table: Table) -> (String, u64, Make) {
    let name = table.name();
    match table {
        Table::Songs => (documents::keyed_by_id(name), SONGS, song),
        Table::Empty(_) => (documents::keyed_by_id(name), 0, song),
        Table::Indexed => (documents::indexed(name), 0, song),
        Table::Plays(items) => (documents::keyed_by_listener(name), items, |nth| documents::play(0, nth)),
    }
}

/// A song with its key, in its first version.
fn song(key: u64) -> String {
    documents::stored_song(key, 0).to_string()
}

/// Makes a table, and waits until it is there.
pub(crate) fn create(address: SocketAddr, definition: &str, name: &str) -> Result<(), String> {
    runtime()?.block_on(async {
        let mut connection = Connection::new(address);
        granted(&mut connection, "CreateTable", definition).await?;
        let describe = format!(r#"{{"TableName":"{name}"}}"#);
        let start = Instant::now();
        while start.elapsed() < FILLING_MAX {
            let described = granted(&mut connection, "DescribeTable", &describe).await?;
            if parsed(&described)?["Table"]["TableStatus"] == "ACTIVE" {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err(format!("the table {name} does not become active"))
    })
}

/// Puts items into a table, in batches over several connections.
pub(crate) fn fill(
    address: SocketAddr,
    table: &'static str,
    items: Range<u64>,
    item: Make,
    patience: Duration,
) -> Result<(), String> {
    let batches = Rc::new(RefCell::new(Batches { rest: items, wrong: None }));
    let local = LocalSet::new();
    for _ in 0..CONNECTIONS {
        let batches = Rc::clone(&batches);
        local.spawn_local(async move {
            if let Err(error) = put_all(address, table, &batches, item).await {
                batches.borrow_mut().wrong.get_or_insert(error);
            }
        });
    }
    let filled = runtime()?.block_on(async { tokio::time::timeout(patience, local).await });
    filled.map_err(|_| format!("{table} was not filled in {} s", patience.as_secs()))?;
    let wrong = batches.borrow_mut().wrong.take();
    wrong.map_or(Ok(()), Err)
}

/// What is still to be put.
struct Batches {
    rest: Range<u64>,
    wrong: Option<String>,
}

impl Batches {
    /// The items of the next batch; none is left after a failure.
    fn next(&mut self) -> Option<Range<u64>> {
        let start = self.rest.start;
        let end = self.rest.end.min(start + BATCH);
        self.rest.start = end;
        (start < end && self.wrong.is_none()).then_some(start..end)
    }
}

async fn put_all(
    address: SocketAddr,
    table: &str,
    batches: &RefCell<Batches>,
    item: Make,
) -> Result<(), String> {
    let mut connection = Connection::new(address);
    loop {
        let Some(batch) = batches.borrow_mut().next() else {
            return Ok(());
        };
        let body = documents::batch(table, batch.map(item));
        let answered = granted(&mut connection, "BatchWriteItem", &body).await?;
        let is_whole = answered == br#"{"UnprocessedItems":{}}"#
            || parsed(&answered)?["UnprocessedItems"].as_object().is_none_or(serde_json::Map::is_empty);
        if !is_whole {
            return Err(format!("items were left: {}", String::from_utf8_lossy(&answered)));
        }
    }
}

/// The body that a request is answered with, which must not be refused.
async fn granted(connection: &mut Connection, operation: &str, body: &str) -> Result<Vec<u8>, String> {
    let answer = connection.ask(Template::new(operation, body).request()).await?;
    if answer.status == 200 {
        return Ok(answer.body.to_owned());
    }
    let text = String::from_utf8_lossy(answer.body);
    Err(format!("{operation} was refused with {}: {text}", answer.status))
}
