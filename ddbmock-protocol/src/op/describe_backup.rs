//! DescribeBackup.

use ddbmock_model::op::DescribeBackup;

use crate::read::structure;

structure! { DescribeBackup is "DescribeBackupInput";
    required "BackupArn" => backup_arn,
}
