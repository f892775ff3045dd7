//! TagResource: gives a table tags, or gives its tags other values.

use crate::constraint::{alone, required};
use crate::{Call, Error, Operation, Tag, Wording};

/// What TagResource is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagResource {
    /// The table's ARN.
    pub resource_arn: String,
    /// The tags.
    pub tags: Vec<Tag>,
}

impl Operation for TagResource {
    const NAME: &'static str = "TagResource";
    type Output = ();

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        super::check_tagged(&call.said, &call.request.resource_arn)?;
        alone(required(&call.said, "tags"))
    }
}
