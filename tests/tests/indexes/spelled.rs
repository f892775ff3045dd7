//! Writes in other words: batches, transactions, and statements of PartiQL. They come to the same.

use std::collections::{BTreeMap, BTreeSet};

use ddbmock_engine::op::{
    BatchExecuteStatement, BatchStatementRequest, BatchWriteItem, Delete, DeleteRequest, ExecuteStatement,
    ExecuteTransaction, ParameterizedStatement, Put, PutRequest, TransactWriteItem, TransactWriteItems,
    Update, UpdateItem, WriteRequest,
};
use ddbmock_engine::{AttributeMap, AttributeValue, Engine, Error};

use super::naive::Naive;
use super::shape::TABLE;
use super::write::{Action, Change, Condition, Outcome, Write, update};

/// The words in which several writes are asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Spelling {
    Batch,
    Transaction,
    Statements,
    StatementBatch,
    StatementTransaction,
}

/// Writes of different items, in some words.
#[derive(Debug, Clone)]
pub(super) struct Spelled {
    pub(super) spelling: Spelling,
    pub(super) writes: Vec<Write>,
}

impl Spelling {
    pub(super) const ALL: [Self; 5] =
        [Self::Batch, Self::Transaction, Self::Statements, Self::StatementBatch, Self::StatementTransaction];

    fn is_all_or_nothing(self) -> bool {
        matches!(self, Self::Transaction | Self::StatementTransaction)
    }

    /// The nearest to a write that these words have, if there is anything.
    fn nearest(self, write: &Write) -> Option<Write> {
        let mut write = write.clone();
        let is_statement = !matches!(self, Self::Batch | Self::Transaction);
        if let Action::Update(_, changes) = &mut write.action {
            // What is added has no words in a statement, and who writes several items must change something of each.
            changes.retain(|(_, change)| !(is_statement && matches!(change, Change::AddHalves(_))));
            if self == Self::Batch || changes.is_empty() {
                return None;
            }
        }
        if self != Self::Transaction {
            write.condition = match write.action {
                Action::Put(_) if is_statement => Condition::Absent,
                Action::Update(..) => Condition::Present,
                Action::Put(_) | Action::Delete(_) => Condition::Nothing,
            };
        }
        Some(write)
    }
}

impl Spelled {
    /// What of it can be said, of each item once.
    pub(super) fn possible(&self, naive: &Naive) -> Self {
        let mut keys = BTreeSet::new();
        let writes = self.writes.iter().filter_map(|write| self.spelling.nearest(write));
        let mut is_new = |write: &Write| keys.insert(format!("{:?}", TABLE.position(write.action.key())));
        let writes = writes.filter(|write| !write.is_odd(naive) && is_new(write)).collect();
        Self { spelling: self.spelling, writes }
    }

    /// Does them to a naive table; which of them were done.
    pub(super) fn naively(&self, naive: &mut Naive) -> Vec<bool> {
        let is_refused = |write: &Write| naive.misfits(&write.action.sent());
        if self.spelling == Spelling::Batch && self.writes.iter().any(is_refused) {
            return vec![false; self.writes.len()];
        }
        let before = naive.clone();
        let mut is_done = |write: &Write| matches!(write.naively(naive), Outcome::Done(..));
        let done: Vec<bool> = self.writes.iter().map(&mut is_done).collect();
        if self.spelling.is_all_or_nothing() && done.contains(&false) {
            *naive = before;
            return vec![false; done.len()];
        }
        done
    }

    /// Does them to an engine's table; which of them were done.
    pub(super) fn really(&self, engine: &Engine) -> Vec<bool> {
        let all = |done| vec![done; self.writes.len()];
        let statements = self.writes.iter().map(statement);
        if self.writes.is_empty() {
            return Vec::new();
        }
        match self.spelling {
            Spelling::Batch => {
                let request_items =
                    BTreeMap::from([(TABLE.name.to_owned(), self.writes.iter().map(in_batch).collect())]);
                let request = BatchWriteItem { request_items, ..Default::default() };
                all(is_done(engine.batch_write_item(request)))
            }
            Spelling::Transaction => {
                let transact_items = self.writes.iter().map(in_transaction).collect();
                let request = TransactWriteItems { transact_items, ..Default::default() };
                all(is_done(engine.transact_write_items(request)))
            }
            Spelling::Statements => statements
                .map(|(statement, parameters)| {
                    let parameters = Some(parameters);
                    let request = ExecuteStatement { statement, parameters, ..Default::default() };
                    is_done(engine.execute_statement(request))
                })
                .collect(),
            Spelling::StatementBatch => {
                let of = |(statement, parameters)| BatchStatementRequest {
                    statement,
                    parameters: Some(parameters),
                    ..Default::default()
                };
                let request =
                    BatchExecuteStatement { statements: statements.map(of).collect(), ..Default::default() };
                let responses = engine.batch_execute_statement(request).unwrap().responses;
                responses.iter().map(|response| response.error.is_none()).collect()
            }
            Spelling::StatementTransaction => {
                let of = |(statement, parameters)| ParameterizedStatement {
                    statement,
                    parameters: Some(parameters),
                    ..Default::default()
                };
                let transact_statements = statements.map(of).collect();
                let request = ExecuteTransaction { transact_statements, ..Default::default() };
                all(is_done(engine.execute_transaction(request)))
            }
        }
    }
}

/// Whether something was done, where it may be refused for what is written or what is stored.
fn is_done<T>(answer: Result<T, Error>) -> bool {
    match answer {
        Ok(_) => true,
        Err(
            Error::Validation(_)
            | Error::ConditionalCheckFailed { .. }
            | Error::DuplicateItem { .. }
            | Error::TransactionCanceled { .. },
        ) => false,
        Err(error) => panic!("{error}"),
    }
}

fn in_batch(write: &Write) -> WriteRequest {
    match &write.action {
        Action::Put(item) => {
            WriteRequest { put_request: Some(PutRequest { item: item.clone().into() }), ..Default::default() }
        }
        Action::Update(key, _) | Action::Delete(key) => WriteRequest {
            delete_request: Some(DeleteRequest { key: key.clone().into() }),
            ..Default::default()
        },
    }
}

fn in_transaction(write: &Write) -> TransactWriteItem {
    let (table_name, condition_expression) = (TABLE.name.to_owned(), write.condition.expression());
    match &write.action {
        Action::Put(item) => {
            Put { table_name, item: item.clone().into(), condition_expression, ..Default::default() }.into()
        }
        Action::Update(key, changes) => {
            let UpdateItem {
                update_expression, expression_attribute_names, expression_attribute_values, ..
            } = update(changes);
            Update {
                table_name,
                key: key.clone().into(),
                update_expression: update_expression.unwrap(),
                condition_expression,
                expression_attribute_names,
                expression_attribute_values,
                ..Default::default()
            }
            .into()
        }
        Action::Delete(key) => {
            Delete { table_name, key: key.clone().into(), condition_expression, ..Default::default() }.into()
        }
    }
}

/// A statement with its parameters.
fn statement(write: &Write) -> (String, Vec<AttributeValue>) {
    let of_key = |key: &AttributeMap| TABLE.key().map(|name| key[name].clone()).collect::<Vec<_>>();
    let (table, found) = (TABLE.name, r#"WHERE "artist" = ? AND "year" = ?"#);
    match &write.action {
        Action::Put(item) => {
            let members: Vec<_> = item.keys().map(|name| format!("'{name}': ?")).collect();
            let text = format!("INSERT INTO \"{table}\" VALUE {{{}}}", members.join(", "));
            (text, item.values().cloned().collect())
        }
        Action::Update(key, changes) => {
            let mut parameters = Vec::new();
            let edits = changes.iter().map(|(name, change)| match change {
                Change::Set(value) => {
                    parameters.push(value.clone());
                    format!("SET \"{name}\" = ?")
                }
                Change::Remove => format!("REMOVE \"{name}\""),
                Change::AddHalves(_) => panic!("no statement adds"),
            });
            let edits = edits.collect::<Vec<_>>().join(" ");
            parameters.extend(of_key(key));
            (format!("UPDATE \"{table}\" {edits} {found}"), parameters)
        }
        Action::Delete(key) => (format!("DELETE FROM \"{table}\" {found}"), of_key(key)),
    }
}
