//! ListTables: the names of the tables, a page at a time.

use crate::constraint::{joined, length, pattern, range};
use crate::{Call, Error, Operation, Wording};

/// What ListTables is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListTables {
    /// The name after which the page begins. There need be no table of that name.
    pub exclusive_start_table_name: Option<String>,
    /// The most names to answer with: 1 to 100, 100 without it.
    pub limit: Option<i64>,
}

/// What ListTables is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListTablesOutput {
    /// The names, by their bytes.
    pub table_names: Vec<String>,
    /// The last name of the page, if there are more.
    pub last_evaluated_table_name: Option<String>,
}

impl Operation for ListTables {
    const NAME: &'static str = "ListTables";
    type Output = ListTablesOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let start = call.request.exclusive_start_table_name.as_deref();
        let path = "exclusiveStartTableName";
        joined([
            start.and_then(|name| pattern(path, name)),
            start.and_then(|name| length(path, name, (3, 255))),
            range("limit", call.request.limit, (1, 100)),
        ])
    }
}
