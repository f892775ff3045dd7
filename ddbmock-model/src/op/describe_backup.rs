//! DescribeBackup: what a backup is. There are none.

use std::convert::Infallible;

use crate::resource_arn::check_made_of_table;
use crate::{Call, Error, Operation, Wording};

/// What DescribeBackup is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeBackup {
    /// The backup's ARN.
    pub backup_arn: String,
}

impl Operation for DescribeBackup {
    const NAME: &'static str = "DescribeBackup";
    type Output = Infallible;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        check_made_of_table(&call.said, "backupArn", &call.request.backup_arn, "Backup")
    }
}
