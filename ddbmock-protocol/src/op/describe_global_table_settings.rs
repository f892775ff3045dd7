//! DescribeGlobalTableSettings.

use ddbmock_model::op::DescribeGlobalTableSettings;

use crate::read::structure;

structure! { DescribeGlobalTableSettings is "DescribeGlobalTableSettingsInput";
    required "GlobalTableName" => global_table_name,
}
