//! DescribeImport.

use ddbmock_model::op::DescribeImport;

use crate::read::structure;

structure! { DescribeImport is "DescribeImportInput";
    required "ImportArn" => import_arn,
}
