//! TagResource.

use ddbmock_model::op::TagResource;

use crate::read::structure;

structure! { TagResource is "TagResourceInput";
    required "ResourceArn" => resource_arn,
    required "Tags" => tags,
}
