//! DescribeTable.

use ddbmock_model::op::{DescribeTable, DescribeTableOutput};

use crate::read::structure;
use crate::write::written;

structure! { DescribeTable is "DescribeTableInput";
    required "TableName" => table_name,
}

written! { DescribeTableOutput;
    "Table" => table,
}
