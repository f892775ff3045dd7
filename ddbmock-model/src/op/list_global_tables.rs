//! ListGlobalTables: the global tables of the first version.

use std::convert::Infallible;

use crate::constraint::{below, joined, length, pattern};
use crate::{Call, Error, Operation, Wording};

/// What ListGlobalTables is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListGlobalTables {
    /// The name after which the page begins.
    pub exclusive_start_global_table_name: Option<String>,
    /// The most to answer with: at least 1.
    pub limit: Option<i64>,
    /// A Region in which those that are meant have a replica.
    pub region_name: Option<String>,
}

/// What ListGlobalTables is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListGlobalTablesOutput {
    /// The global tables: there are none.
    pub global_tables: Vec<Infallible>,
}

impl Operation for ListGlobalTables {
    const NAME: &'static str = "ListGlobalTables";
    type Output = ListGlobalTablesOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let start = call.request.exclusive_start_global_table_name.as_deref();
        let path = "exclusiveStartGlobalTableName";
        joined([
            start.and_then(|name| pattern(path, name)),
            start.and_then(|name| length(path, name, (3, 255))),
            call.request.limit.and_then(|limit| below("limit", limit, 1)),
        ])
    }
}
