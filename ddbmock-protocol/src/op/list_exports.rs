//! ListExports.

use ddbmock_model::op::{ListExports, ListExportsOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListExports is "ListExportsInput";
    optional "TableArn" => table_arn,
    integer "MaxResults" => max_results,
    optional "NextToken" => next_token,
}

written! { ListExportsOutput;
    "ExportSummaries" => export_summaries,
}
