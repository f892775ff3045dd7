//! DeleteTable.

use ddbmock_model::op::{DeleteTable, DeleteTableOutput};

use crate::read::structure;
use crate::write::written;

structure! { DeleteTable is "DeleteTableInput";
    required "TableName" => table_name,
}

written! { DeleteTableOutput;
    "TableDescription" => table_description,
}
