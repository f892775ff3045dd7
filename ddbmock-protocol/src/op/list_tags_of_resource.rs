//! ListTagsOfResource.

use ddbmock_model::op::{ListTagsOfResource, ListTagsOfResourceOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListTagsOfResource is "ListTagsOfResourceInput";
    required "ResourceArn" => resource_arn,
    optional "NextToken" => next_token,
}

written! { ListTagsOfResourceOutput;
    "Tags" => tags,
}
