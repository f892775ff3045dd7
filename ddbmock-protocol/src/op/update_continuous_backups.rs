//! UpdateContinuousBackups.

use ddbmock_model::op::{
    PointInTimeRecoverySpecification, UpdateContinuousBackups, UpdateContinuousBackupsOutput,
};

use crate::read::structure;
use crate::write::written;

structure! { UpdateContinuousBackups is "UpdateContinuousBackupsInput";
    required "TableName" => table_name,
    required "PointInTimeRecoverySpecification" => point_in_time_recovery_specification,
}

structure! { PointInTimeRecoverySpecification is "PointInTimeRecoverySpecification";
    required "PointInTimeRecoveryEnabled" => point_in_time_recovery_enabled,
    integer "RecoveryPeriodInDays" => recovery_period_in_days,
}

written! { UpdateContinuousBackupsOutput;
    "ContinuousBackupsDescription" => continuous_backups_description,
}
