//! ListTables.

use ddbmock_model::op::{ListTables, ListTablesOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListTables is "ListTablesInput";
    optional "ExclusiveStartTableName" => exclusive_start_table_name,
    integer "Limit" => limit,
}

written! { ListTablesOutput;
    "TableNames" => table_names,
    "LastEvaluatedTableName" => last_evaluated_table_name,
}
