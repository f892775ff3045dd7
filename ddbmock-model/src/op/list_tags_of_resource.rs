//! ListTagsOfResource: the tags of a table.

use crate::{Call, Error, Operation, Tag, Wording};

/// What ListTagsOfResource is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListTagsOfResource {
    /// The table's ARN.
    pub resource_arn: String,
    /// Where the page begins. All tags of a table fit one page, so that no token is ever given out; one that was not is
    /// passed over. Source: captures of October 2026, tags.
    pub next_token: Option<String>,
}

/// What ListTagsOfResource is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListTagsOfResourceOutput {
    /// The tags, in the order in which their keys came.
    pub tags: Vec<Tag>,
}

impl Operation for ListTagsOfResource {
    const NAME: &'static str = "ListTagsOfResource";
    type Output = ListTagsOfResourceOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        super::check_tagged(&call.said, &call.request.resource_arn)
    }
}
