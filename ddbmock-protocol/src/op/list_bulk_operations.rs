//! ListBulkOperations.

use ddbmock_model::op::{ListBulkOperations, ListBulkOperationsOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListBulkOperations is "ListBulkOperationsInput";
    integer "MaxResults" => max_results,
    optional "NextToken" => next_token,
}

written! { ListBulkOperationsOutput;
    "BulkOperationsSummaryList" => bulk_operations_summary_list,
}
