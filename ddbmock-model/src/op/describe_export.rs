//! DescribeExport: what an export is. There are none.

use std::convert::Infallible;

use crate::resource_arn::check_made_of_table;
use crate::{Call, Error, Operation, Wording};

/// What DescribeExport is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeExport {
    /// The export's ARN.
    pub export_arn: String,
}

impl Operation for DescribeExport {
    const NAME: &'static str = "DescribeExport";
    type Output = Infallible;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        check_made_of_table(&call.said, "exportArn", &call.request.export_arn, "Export")
    }
}
