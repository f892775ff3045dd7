//! UntagResource: takes tags from a table.

use crate::constraint::{alone, required};
use crate::{Call, Error, Operation, Wording};

/// What UntagResource is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UntagResource {
    /// The table's ARN.
    pub resource_arn: String,
    /// The keys of the tags. There need be none of a key.
    pub tag_keys: Vec<String>,
}

impl Operation for UntagResource {
    const NAME: &'static str = "UntagResource";
    type Output = ();

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        super::check_tagged(&call.said, &call.request.resource_arn)?;
        alone(required(&call.said, "tagKeys"))
    }
}
