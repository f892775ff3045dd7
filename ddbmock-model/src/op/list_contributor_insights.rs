//! ListContributorInsights: the tables and indexes of which it is watched which keys are asked for most.

use std::convert::Infallible;

use crate::constraint::{above, joined};
use crate::{Call, Error, Operation, Wording, table_name};

/// What ListContributorInsights is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListContributorInsights {
    /// The name or ARN of a table, if one is meant.
    pub table_name: Option<String>,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// The most to answer with: at most 100.
    pub max_results: Option<i64>,
}

/// What ListContributorInsights is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListContributorInsightsOutput {
    /// Those that are watched: none is.
    pub contributor_insights_summaries: Vec<Infallible>,
}

impl Operation for ListContributorInsights {
    const NAME: &'static str = "ListContributorInsights";
    type Output = ListContributorInsightsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let request = &call.request;
        let name = request.table_name.as_deref().map(|name| table_name::inside("tableName", name));
        let most = request.max_results.and_then(|results| above("maxResults", results, 100));
        joined(name.into_iter().flatten().chain([most]))?;
        super::check_first_page(request.next_token.as_deref())
    }
}
