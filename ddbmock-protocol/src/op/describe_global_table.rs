//! DescribeGlobalTable.

use ddbmock_model::op::DescribeGlobalTable;

use crate::read::structure;

structure! { DescribeGlobalTable is "DescribeGlobalTableInput";
    required "GlobalTableName" => global_table_name,
}
