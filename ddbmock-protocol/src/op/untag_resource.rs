//! UntagResource.

use ddbmock_model::op::UntagResource;

use crate::read::structure;

structure! { UntagResource is "UntagResourceInput";
    required "ResourceArn" => resource_arn,
    required "TagKeys" => tag_keys,
}
