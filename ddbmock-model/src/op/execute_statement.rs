//! ExecuteStatement: does what one PartiQL statement says.

use super::statement_members;
use crate::constraint::{below, joined, longer, shorter, word};
use crate::{
    AttributeValue, Call, ConsumedCapacity, Error, Item, Operation, ReturnConsumedCapacity,
    ReturnValuesOnConditionCheckFailure, Wording,
};

/// The most characters of a token.
const TOKEN_CHARACTERS_MAX: usize = 32_768;

/// What ExecuteStatement is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecuteStatement {
    /// The statement.
    pub statement: String,
    /// What its question marks stand for, in their order.
    pub parameters: Option<Vec<AttributeValue>>,
    /// Whether to read what was written last; it costs twice as much.
    pub consistent_read: bool,
    /// Where a page ended, for the next one.
    pub next_token: Option<String>,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// The most items to look at.
    pub limit: Option<i64>,
    /// Whether a failed condition answers with the stored item.
    pub return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure,
}

/// What ExecuteStatement is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecuteStatementOutput {
    /// The items that were read, or what a write returns.
    pub items: Vec<Item>,
    /// What to ask the next page with, if there may be one.
    pub next_token: Option<String>,
    /// The capacity consumed, if it was asked for.
    pub consumed_capacity: Option<ConsumedCapacity>,
    /// The key of the last item that was looked at, if there may be a next page.
    pub last_evaluated_key: Option<Item>,
}

impl Operation for ExecuteStatement {
    const NAME: &'static str = "ExecuteStatement";
    type Output = ExecuteStatementOutput;

    /// The older layer serves PartiQL still. Source: captures of 2026, PartiQL; where the token comes is assumed.
    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (said, request) = (&call.said, &call.request);
        let on_failure = "returnValuesOnConditionCheckFailure";
        let [statement, parameters] =
            statement_members(said, "", &request.statement, request.parameters.as_deref());
        let token = request.next_token.as_deref().and_then(|token| {
            let characters = token.chars().count();
            let path = "nextToken";
            shorter(path, token, characters, 1)
                .or_else(|| longer(path, token, characters, TOKEN_CHARACTERS_MAX))
        });
        joined([
            word::<ReturnValuesOnConditionCheckFailure>(said, on_failure),
            request.limit.and_then(|limit| below("limit", limit, 1)),
            statement,
            word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"),
            parameters,
            token,
        ])
    }
}
