//! BatchExecuteStatement.

use ddbmock_model::op::{
    BatchExecuteStatement, BatchExecuteStatementOutput, BatchStatementError, BatchStatementRequest,
    BatchStatementResponse,
};

use crate::read::structure;
use crate::write::{HashOrder, written};

structure! { BatchExecuteStatement is "BatchExecuteStatementInput";
    required "Statements" => statements,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
}

structure! { BatchStatementRequest is "BatchStatementRequest";
    required "Statement" => statement,
    optional "Parameters" => parameters,
    optional "ConsistentRead" => consistent_read,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

written! { BatchExecuteStatementOutput;
    "Responses" => responses,
    "ConsumedCapacity" => consumed_capacity,
}

written! { BatchStatementResponse;
    "Error" => error,
    "TableName" => table_name,
    "Item" => item as HashOrder,
}

written! { @writes BatchStatementError;
    "Code" => code,
    "Message" => message,
    "Item" => item as HashOrder,
}
