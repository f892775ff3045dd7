//! ListImports.

use ddbmock_model::op::{ListImports, ListImportsOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListImports is "ListImportsInput";
    optional "TableArn" => table_arn,
    integer "PageSize" => page_size,
    optional "NextToken" => next_token,
}

written! { ListImportsOutput;
    "ImportSummaryList" => import_summary_list,
}
