//! ListGlobalTables.

use ddbmock_model::op::{ListGlobalTables, ListGlobalTablesOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListGlobalTables is "ListGlobalTablesInput";
    optional "ExclusiveStartGlobalTableName" => exclusive_start_global_table_name,
    integer "Limit" => limit,
    optional "RegionName" => region_name,
}

written! { ListGlobalTablesOutput;
    "GlobalTables" => global_tables,
}
