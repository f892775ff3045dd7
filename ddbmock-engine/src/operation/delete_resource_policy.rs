//! DeleteResourcePolicy: takes the policy from a table.

use ddbmock_model::op::{DeleteResourcePolicy, DeleteResourcePolicyOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::definition::Definition;
use crate::engine::Simulation;
use crate::policy::{check_expected, check_stage, policy_of, replaced};
use crate::table::no_such_table;

/// Does it. Where there is none, there is nothing to do, unless one was expected.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DeleteResourcePolicy>,
) -> Result<DeleteResourcePolicyOutput, Error> {
    world.check_members(call)?;
    let DeleteResourcePolicy { resource_arn, expected_revision_id } = &call.request;
    let table = world.governed(caller, resource_arn)?;
    let now = world.config.clock.now();
    check_stage(&table, now)?;
    let delete = |before: &Definition| {
        check_expected(&table.identity, before, expected_revision_id.as_deref())?;
        let Some(policy) = policy_of(before) else {
            return Ok((before.clone(), None));
        };
        Ok((replaced(before, None, now), Some(policy.revision())))
    };
    let revision = table.amend(&*world.storage, delete)?;
    let revision_id = revision.ok_or_else(|| no_such_table(&table.identity.name))?;
    Ok(DeleteResourcePolicyOutput { revision_id })
}
