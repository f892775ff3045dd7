//! DescribeBulkOperation.

use ddbmock_model::op::DescribeBulkOperation;

use crate::read::structure;

structure! { DescribeBulkOperation is "DescribeBulkOperationInput";
    required "BulkOperationArn" => bulk_operation_arn,
}
