//! DescribeGlobalTable: a global table of the first version. There are none.

use std::convert::Infallible;

use crate::{Call, Error, Operation, Wording, table_name};

/// What DescribeGlobalTable is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeGlobalTable {
    /// The global table's name.
    pub global_table_name: String,
}

impl Operation for DescribeGlobalTable {
    const NAME: &'static str = "DescribeGlobalTable";
    type Output = Infallible;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        table_name::check_at("globalTableName", &call.said, &call.request.global_table_name)
    }
}
