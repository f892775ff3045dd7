//! DescribeContributorInsights: whether it is watched which keys of a table or an index are asked for most.

use crate::constraint::{joined, pattern};
use crate::{Call, ContributorInsightsStatus, Error, Operation, Rule, TableName, Wording, table_name};

/// What DescribeContributorInsights is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeContributorInsights {
    /// The table's name or ARN.
    pub table_name: String,
    /// The global index, if one is meant.
    pub index_name: Option<String>,
}

/// What DescribeContributorInsights is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeContributorInsightsOutput {
    /// The table's name.
    pub table_name: String,
    /// The index.
    pub index_name: Option<String>,
    /// Whether it is watched.
    pub contributor_insights_status: ContributorInsightsStatus,
}

impl Operation for DescribeContributorInsights {
    const NAME: &'static str = "DescribeContributorInsights";
    type Output = DescribeContributorInsightsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (table, index) = (&call.request.table_name, call.request.index_name.as_deref());
        table_name::check_first(&call.said, table)?;
        if index.is_some_and(|index| !(3..=255).contains(&index.chars().count())) {
            let text = "IndexName must be at least 3 characters long and at most 255 characters long";
            return Err(Error::validation(Rule("insights.index_name_length"), text));
        }
        joined([
            pattern("tableName", TableName::read(table).name),
            index.and_then(|index| pattern("indexName", index)),
        ])
    }
}
