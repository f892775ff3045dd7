//! ExecuteTransaction.

use ddbmock_model::op::{ExecuteTransaction, ExecuteTransactionOutput, ParameterizedStatement};

use crate::read::structure;
use crate::write::written;

structure! { ExecuteTransaction is "ExecuteTransactionInput";
    required "TransactStatements" => transact_statements,
    optional "ClientRequestToken" => client_request_token,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
}

structure! { ParameterizedStatement is "ParameterizedStatement";
    required "Statement" => statement,
    optional "Parameters" => parameters,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

written! { ExecuteTransactionOutput;
    "Responses" => responses,
    "ConsumedCapacity" => consumed_capacity,
}
