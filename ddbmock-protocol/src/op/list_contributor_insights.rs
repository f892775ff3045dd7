//! ListContributorInsights.

use ddbmock_model::op::{ListContributorInsights, ListContributorInsightsOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListContributorInsights is "ListContributorInsightsInput";
    optional "TableName" => table_name,
    optional "NextToken" => next_token,
    integer "MaxResults" => max_results,
}

written! { ListContributorInsightsOutput;
    "ContributorInsightsSummaries" => contributor_insights_summaries,
}
