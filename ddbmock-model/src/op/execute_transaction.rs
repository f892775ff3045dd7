//! ExecuteTransaction: does what up to a hundred PartiQL statements say, each about one item: all of them or none.

use super::{ItemResponse, action_token, list_count, listed_statement};
use crate::constraint::{joined, word};
use crate::{
    AttributeValue, Call, ConsumedCapacity, Error, Operation, ReturnConsumedCapacity,
    ReturnValuesOnConditionCheckFailure, Wording, echo,
};

const PATH: &str = "transactStatements";
/// The most statements. Source: API reference, ExecuteTransaction.
const STATEMENTS_MAX: usize = 100;

/// What ExecuteTransaction is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecuteTransaction {
    /// The statements, all of which read or all of which write.
    pub transact_statements: Vec<ParameterizedStatement>,
    /// What the request is known by: made again within ten minutes, it is answered and not done again.
    pub client_request_token: Option<String>,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// A statement of a transaction.
#[derive(Debug, Clone, PartialEq, Hash, Default)]
pub struct ParameterizedStatement {
    /// The statement.
    pub statement: String,
    /// What its question marks stand for, in their order.
    pub parameters: Option<Vec<AttributeValue>>,
    /// Whether a failed condition answers with the stored item.
    pub return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure,
}

/// What ExecuteTransaction is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecuteTransactionOutput {
    /// The items that were read, in the order of the statements; none of statements that write.
    pub responses: Vec<ItemResponse>,
    /// The capacity consumed on each table, if it was asked for.
    pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
}

impl Operation for ExecuteTransaction {
    const NAME: &'static str = "ExecuteTransaction";
    type Output = ExecuteTransactionOutput;

    /// Source: captures of 2026, PartiQL.
    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (said, request) = (&call.said, &call.request);
        let statements = &request.transact_statements;
        let token = request.client_request_token.as_deref().and_then(action_token);
        let count = list_count(said, (PATH, STATEMENTS_MAX), statements.len(), || echo::java(statements));
        let each = (1..).zip(statements).flat_map(|(place, one)| {
            listed_statement(said, (PATH, place), &one.statement, one.parameters.as_deref())
        });
        let capacity = word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity");
        joined([token, count].into_iter().chain(each).chain([capacity]))
    }
}
