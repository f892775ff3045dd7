//! DescribeTable: says what a table is.

use crate::{Call, Error, Operation, TableDescription, Wording, table_name};

/// What DescribeTable is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeTable {
    /// The table's name or ARN.
    pub table_name: String,
}

/// What DescribeTable is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DescribeTableOutput {
    /// The table.
    pub table: TableDescription,
}

impl Operation for DescribeTable {
    const NAME: &'static str = "DescribeTable";
    type Output = DescribeTableOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        table_name::check(&call.said, &call.request.table_name)
    }
}
