//! DeleteTable: removes a table with all its items.

use crate::{Call, Error, Operation, TableDescription, Wording, table_name};

/// What DeleteTable is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeleteTable {
    /// The table's name or ARN.
    pub table_name: String,
}

/// What DeleteTable is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeleteTableOutput {
    /// The table, as it goes.
    pub table_description: TableDescription,
}

impl Operation for DeleteTable {
    const NAME: &'static str = "DeleteTable";
    type Output = DeleteTableOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        table_name::check(&call.said, &call.request.table_name)
    }
}
