//! DeleteResourcePolicy.

use ddbmock_model::op::{DeleteResourcePolicy, DeleteResourcePolicyOutput};

use crate::read::structure;
use crate::write::written;

structure! { DeleteResourcePolicy is "DeleteResourcePolicyInput";
    required "ResourceArn" => resource_arn,
    optional "ExpectedRevisionId" => expected_revision_id,
}

written! { DeleteResourcePolicyOutput;
    "RevisionId" => revision_id,
}
