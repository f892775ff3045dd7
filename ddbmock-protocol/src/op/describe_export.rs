//! DescribeExport.

use ddbmock_model::op::DescribeExport;

use crate::read::structure;

structure! { DescribeExport is "DescribeExportInput";
    required "ExportArn" => export_arn,
}
