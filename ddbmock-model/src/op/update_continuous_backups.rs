//! UpdateContinuousBackups: lets a table be restored to a point in time, or no longer.

use super::ContinuousBackupsDescription;
use crate::constraint::{joined, range, required};
use crate::{Call, Error, Operation, Wording, table_name};

/// What UpdateContinuousBackups is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UpdateContinuousBackups {
    /// The table's name or ARN.
    pub table_name: String,
    /// Whether it can be restored, and how far back.
    pub point_in_time_recovery_specification: PointInTimeRecoverySpecification,
}

/// Whether a table can be restored to a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PointInTimeRecoverySpecification {
    /// Whether it can.
    pub point_in_time_recovery_enabled: bool,
    /// How far back, in days: 35 unless said.
    pub recovery_period_in_days: Option<i64>,
}

/// What UpdateContinuousBackups is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UpdateContinuousBackupsOutput {
    /// The table's backups.
    pub continuous_backups_description: ContinuousBackupsDescription,
}

impl Operation for UpdateContinuousBackups {
    const NAME: &'static str = "UpdateContinuousBackups";
    type Output = UpdateContinuousBackupsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        table_name::check(said, &request.table_name)?;
        let days = request.point_in_time_recovery_specification.recovery_period_in_days;
        joined([
            required(said, "pointInTimeRecoverySpecification"),
            required(said, "pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled"),
            range("pointInTimeRecoverySpecification.recoveryPeriodInDays", days, (1, 35)),
        ])
    }
}
