//! DescribeContinuousBackups.

use ddbmock_model::op::{
    ContinuousBackupsDescription, DescribeContinuousBackups, DescribeContinuousBackupsOutput,
    PointInTimeRecoveryDescription,
};

use crate::read::structure;
use crate::write::written;

structure! { DescribeContinuousBackups is "DescribeContinuousBackupsInput";
    required "TableName" => table_name,
}

written! { DescribeContinuousBackupsOutput;
    "ContinuousBackupsDescription" => continuous_backups_description,
}

written! { ContinuousBackupsDescription;
    "ContinuousBackupsStatus" => continuous_backups_status,
    "PointInTimeRecoveryDescription" => point_in_time_recovery_description,
}

written! { PointInTimeRecoveryDescription;
    "PointInTimeRecoveryStatus" => point_in_time_recovery_status,
}
