//! DescribeContributorInsights.

use ddbmock_model::op::{DescribeContributorInsights, DescribeContributorInsightsOutput};

use crate::read::structure;
use crate::write::written;

structure! { DescribeContributorInsights is "DescribeContributorInsightsInput";
    required "TableName" => table_name,
    optional "IndexName" => index_name,
}

written! { DescribeContributorInsightsOutput;
    "TableName" => table_name,
    "IndexName" => index_name,
    "ContributorInsightsStatus" => contributor_insights_status,
}
