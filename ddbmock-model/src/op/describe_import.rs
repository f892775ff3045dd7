//! DescribeImport: what an import is. There are none.

use std::convert::Infallible;

use crate::resource_arn::check_made_of_table;
use crate::{Call, Error, Operation, Wording};

/// What DescribeImport is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeImport {
    /// The import's ARN.
    pub import_arn: String,
}

impl Operation for DescribeImport {
    const NAME: &'static str = "DescribeImport";
    type Output = Infallible;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        check_made_of_table(&call.said, "importArn", &call.request.import_arn, "Import")
    }
}
