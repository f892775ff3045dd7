//! ListTagsOfResource: the tags of a table, all of them on one page.

use ddbmock_model::op::{ListTagsOfResource, ListTagsOfResourceOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::simulation::Simulation;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<ListTagsOfResource>,
) -> Result<ListTagsOfResourceOutput, Error> {
    world.check_members(call)?;
    let table = world.tagged(caller, &call.request.resource_arn)?;
    Ok(ListTagsOfResourceOutput { tags: table.definition().tags.clone() })
}
