//! DescribeBulkOperation: how far many writes from files are. There are none.

use std::convert::Infallible;

use crate::constraint::{alone, length, required};
use crate::{Call, Error, Operation, Wording};

/// What DescribeBulkOperation is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeBulkOperation {
    /// The operation's ARN.
    pub bulk_operation_arn: String,
}

impl Operation for DescribeBulkOperation {
    const NAME: &'static str = "DescribeBulkOperation";
    type Output = Infallible;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let path = "bulkOperationArn";
        let missing = required(&call.said, path);
        alone(missing.or_else(|| length(path, &call.request.bulk_operation_arn, super::ARN_LENGTHS)))
    }
}
