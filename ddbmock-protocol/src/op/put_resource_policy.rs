//! PutResourcePolicy.

use ddbmock_model::op::{PutResourcePolicy, PutResourcePolicyOutput};

use crate::read::structure;
use crate::write::written;

structure! { PutResourcePolicy is "PutResourcePolicyInput";
    required "ResourceArn" => resource_arn,
    required "Policy" => policy,
    optional "ExpectedRevisionId" => expected_revision_id,
    optional "ConfirmRemoveSelfResourceAccess" => confirm_remove_self_resource_access,
}

written! { PutResourcePolicyOutput;
    "RevisionId" => revision_id,
}
