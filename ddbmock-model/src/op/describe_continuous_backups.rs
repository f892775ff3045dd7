//! DescribeContinuousBackups: whether a table can be restored to a point in time.

use crate::{
    Call, ContinuousBackupsStatus, Error, Operation, PointInTimeRecoveryStatus, Wording, table_name,
};

/// What DescribeContinuousBackups is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeContinuousBackups {
    /// The table's name or ARN.
    pub table_name: String,
}

/// What DescribeContinuousBackups is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DescribeContinuousBackupsOutput {
    /// The table's backups.
    pub continuous_backups_description: ContinuousBackupsDescription,
}

/// How a table is backed up all the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ContinuousBackupsDescription {
    /// Whether it could be restored to a point in time, were that asked for.
    pub continuous_backups_status: ContinuousBackupsStatus,
    /// Whether it can.
    pub point_in_time_recovery_description: PointInTimeRecoveryDescription,
}

/// Whether a table can be restored to a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PointInTimeRecoveryDescription {
    /// Whether it can.
    pub point_in_time_recovery_status: PointInTimeRecoveryStatus,
}

impl Operation for DescribeContinuousBackups {
    const NAME: &'static str = "DescribeContinuousBackups";
    type Output = DescribeContinuousBackupsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        table_name::check(&call.said, &call.request.table_name)
    }
}
