//! TagResource: gives a table tags, or gives its tags other values.

use ddbmock_model::op::TagResource;
use ddbmock_model::{Call, Caller, Error, Rule};

use crate::resource::taggable;
use crate::simulation::Simulation;
use crate::tags;

/// Does it.
pub(crate) fn run(world: &Simulation, caller: &Caller<'_>, call: &Call<TagResource>) -> Result<(), Error> {
    world.check_members(call)?;
    let TagResource { resource_arn, tags } = &call.request;
    taggable(resource_arn)?;
    if tags.is_empty() {
        let text = "Atleast one Tag needs to be provided as Input.";
        return Err(Error::validation(Rule("tags.none"), text));
    }
    tags::check_tags(&call.said, tags)?;
    world.amend_tags(caller, resource_arn, |before| tags::with(before, tags))
}
