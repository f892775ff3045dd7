//! ExecuteStatement.

use ddbmock_model::op::{ExecuteStatement, ExecuteStatementOutput};

use crate::read::structure;
use crate::write::{HashOrder, written};

structure! { ExecuteStatement is "ExecuteStatementInput";
    required "Statement" => statement,
    optional "Parameters" => parameters,
    optional "ConsistentRead" => consistent_read,
    optional "NextToken" => next_token,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
    integer "Limit" => limit,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

written! { ExecuteStatementOutput;
    "Items" => items as HashOrder,
    "NextToken" => next_token,
    "ConsumedCapacity" => consumed_capacity,
    "LastEvaluatedKey" => last_evaluated_key,
}
