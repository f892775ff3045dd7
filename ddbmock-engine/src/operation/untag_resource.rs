//! UntagResource: takes tags from a table.

use ddbmock_model::op::UntagResource;
use ddbmock_model::{Call, Caller, Error, Rule};

use crate::resource::taggable;
use crate::simulation::Simulation;
use crate::tags;

/// Does it.
pub(crate) fn run(world: &Simulation, caller: &Caller<'_>, call: &Call<UntagResource>) -> Result<(), Error> {
    world.check_members(call)?;
    let UntagResource { resource_arn, tag_keys } = &call.request;
    taggable(resource_arn)?;
    if tag_keys.is_empty() {
        let text = "Atleast one Tag Key needs to be provided as Input.";
        return Err(Error::validation(Rule("tags.no_keys"), text));
    }
    tags::check_keys(tag_keys)?;
    world.amend_tags(caller, resource_arn, |before| Ok(tags::without(before, tag_keys)))
}
