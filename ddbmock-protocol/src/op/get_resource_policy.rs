//! GetResourcePolicy.

use ddbmock_model::op::{GetResourcePolicy, GetResourcePolicyOutput};

use crate::read::structure;
use crate::write::written;

structure! { GetResourcePolicy is "GetResourcePolicyInput";
    required "ResourceArn" => resource_arn,
}

written! { GetResourcePolicyOutput;
    "Policy" => policy,
    "RevisionId" => revision_id,
}
