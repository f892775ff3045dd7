//! BatchExecuteStatement: does what up to twenty-five PartiQL statements say, each about one item: all read, or all
//! write.

use super::{list_count, listed_statement};
use crate::constraint::{joined, word};
use crate::{
    AttributeValue, BatchStatementErrorCode, Call, ConsumedCapacity, Error, Item, Message, Operation,
    ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure, Wording, echo,
};

const PATH: &str = "statements";
/// The most statements. Source: API reference, BatchExecuteStatement.
const STATEMENTS_MAX: usize = 25;

/// What BatchExecuteStatement is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchExecuteStatement {
    /// The statements.
    pub statements: Vec<BatchStatementRequest>,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// A statement of a batch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchStatementRequest {
    /// The statement.
    pub statement: String,
    /// What its question marks stand for, in their order.
    pub parameters: Option<Vec<AttributeValue>>,
    /// Whether to read what was written last; it costs twice as much.
    pub consistent_read: bool,
    /// Whether a failed condition answers with the stored item.
    pub return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure,
}

/// What BatchExecuteStatement is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchExecuteStatementOutput {
    /// What came of the statements, in their order.
    pub responses: Vec<BatchStatementResponse>,
    /// The capacity consumed on each table, if it was asked for.
    pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
}

/// What came of a statement of a batch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchStatementResponse {
    /// Why it was not done, if it was not.
    pub error: Option<BatchStatementError>,
    /// The table, as the statement names it, unless the statement was refused before it ran.
    pub table_name: Option<String>,
    /// The item that was read, or what a write returns.
    pub item: Option<Item>,
}

/// Why a statement of a batch was not done.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchStatementError {
    /// What kind of reason it is.
    pub code: BatchStatementErrorCode,
    /// What it says.
    pub message: Message,
    /// The stored item, where the statement asked for it and there is one.
    pub item: Option<Item>,
}

impl Operation for BatchExecuteStatement {
    const NAME: &'static str = "BatchExecuteStatement";
    type Output = BatchExecuteStatementOutput;

    /// Source: captures of 2026, PartiQL.
    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (said, statements) = (&call.said, &call.request.statements);
        let capacity = word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity");
        let count = list_count(said, (PATH, STATEMENTS_MAX), statements.len(), || echo::java(statements));
        let each = (1..).zip(statements).flat_map(|(place, one)| {
            listed_statement(said, (PATH, place), &one.statement, one.parameters.as_deref())
        });
        joined([capacity, count].into_iter().chain(each))
    }
}
