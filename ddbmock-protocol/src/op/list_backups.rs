//! ListBackups.

use ddbmock_model::op::{ListBackups, ListBackupsOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListBackups is "ListBackupsInput";
    optional "TableName" => table_name,
    integer "Limit" => limit,
    optional "TimeRangeLowerBound" => time_range_lower_bound,
    optional "TimeRangeUpperBound" => time_range_upper_bound,
    optional "ExclusiveStartBackupArn" => exclusive_start_backup_arn,
    optional "BackupType" => backup_type,
}

written! { ListBackupsOutput;
    "BackupSummaries" => backup_summaries,
}
