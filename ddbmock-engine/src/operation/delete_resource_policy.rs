//! DeleteResourcePolicy: takes the policy from a table, or from a stream.

use ddbmock_model::op::{DeleteResourcePolicy, DeleteResourcePolicyOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::policy::{check_expected, in_force, replaced};
use crate::simulation::Simulation;

/// Does it. Where there is none, there is nothing to do, unless one was expected.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DeleteResourcePolicy>,
) -> Result<DeleteResourcePolicyOutput, Error> {
    world.check_members(call)?;
    let DeleteResourcePolicy { resource_arn, expected_revision_id } = &call.request;
    let governed = world.governed(caller, resource_arn)?;
    let now = world.config.clock.now();
    governed.check_stage(now)?;
    let revision_id = governed.amend(world, |before| {
        check_expected(governed.name(), before, expected_revision_id.as_deref())?;
        let Some(policy) = in_force(before) else {
            return Ok((before.cloned(), None));
        };
        Ok((Some(replaced(before, None, now)), Some(policy.revision())))
    })?;
    Ok(DeleteResourcePolicyOutput { revision_id })
}
