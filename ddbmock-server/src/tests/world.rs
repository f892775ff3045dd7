//! Worlds that answer, refuse, fail or wait.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use ddbmock_model::op::{
    DescribeTable, DescribeTableOutput, GetItem, GetItemOutput, ListTables, ListTablesOutput,
};
use ddbmock_model::{Call, Caller, Command, DynamoDb, Error, Report, Rule, World};
use tokio::task::spawn_blocking;

use super::PATIENCE;

/// Lists one table, refuses to describe with a hint, and panics at a read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fake;

impl DynamoDb for Fake {
    fn list_tables(&self, _: &Caller<'_>, _: Call<ListTables>) -> Result<ListTablesOutput, Error> {
        Ok(ListTablesOutput { table_names: vec!["songs".into()], last_evaluated_table_name: None })
    }

    fn describe_table(&self, _: &Caller<'_>, _: Call<DescribeTable>) -> Result<DescribeTableOutput, Error> {
        Err(Error::validation(Rule("test.refused"), "no").hinted("did you mean \"möbel\"?"))
    }

    fn get_item(&self, _: &Caller<'_>, _: Call<GetItem>) -> Result<GetItemOutput, Error> {
        panic!("a defect, as the test wants it")
    }
}

impl World for Fake {
    fn scope(&self, _: &Caller<'_>) -> Arc<dyn DynamoDb> {
        Arc::new(*self)
    }

    fn control(&self, _: Command) -> Result<Report, Error> {
        Ok(Report::default())
    }

    fn may_block(&self) -> bool {
        false
    }
}

/// Lists a table with a name of that length, and panics when it is told to forget it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Long {
    pub(super) answer_bytes: usize,
}

impl DynamoDb for Long {
    fn list_tables(&self, _: &Caller<'_>, _: Call<ListTables>) -> Result<ListTablesOutput, Error> {
        Ok(ListTablesOutput {
            table_names: vec!["a".repeat(self.answer_bytes)],
            last_evaluated_table_name: None,
        })
    }
}

impl World for Long {
    fn scope(&self, _: &Caller<'_>) -> Arc<dyn DynamoDb> {
        Arc::new(*self)
    }

    fn control(&self, _: Command) -> Result<Report, Error> {
        panic!("a defect, as the test wants it")
    }

    fn may_block(&self) -> bool {
        false
    }
}

/// Waits in each operation until it is let go, as a world on a slow disk does.
pub(super) struct Slow {
    /// Whether it says that it may.
    pub(super) may_block: bool,
    begun: Sender<()>,
    go: Mutex<Receiver<()>>,
}

impl Slow {
    /// The world; a word comes out of the second when an operation has begun, and one put into the third ends it.
    pub(super) fn new() -> (Self, Receiver<()>, Sender<()>) {
        let (begun, has_begun) = channel();
        let (may_go, go) = channel();
        (Self { may_block: true, begun, go: Mutex::new(go) }, has_begun, may_go)
    }
}

/// Waits until an operation has begun.
pub(super) async fn has_begun(begun: Receiver<()>) -> Receiver<()> {
    let waited = spawn_blocking(move || begun.recv_timeout(PATIENCE).map(|()| begun));
    waited.await.unwrap().expect("an operation begins")
}

impl World for Slow {
    fn scope(&self, _: &Caller<'_>) -> Arc<dyn DynamoDb> {
        self.begun.send(()).unwrap();
        self.go.lock().unwrap().recv_timeout(PATIENCE).unwrap();
        Arc::new(Fake)
    }

    fn control(&self, _: Command) -> Result<Report, Error> {
        Ok(Report::default())
    }

    fn may_block(&self) -> bool {
        self.may_block
    }
}
