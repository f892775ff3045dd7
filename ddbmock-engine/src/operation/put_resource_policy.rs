//! PutResourcePolicy: gives a table or a stream a policy, or another one.

use ddbmock_model::op::{PutResourcePolicy, PutResourcePolicyOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::policy::{check_document, check_expected, in_force, replaced};
use crate::simulation::Simulation;

/// Does it. The policy that is there is no change, and keeps its revision.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<PutResourcePolicy>,
) -> Result<PutResourcePolicyOutput, Error> {
    world.check_members(call)?;
    let PutResourcePolicy { resource_arn, policy: document, expected_revision_id, .. } = &call.request;
    check_document(document)?;
    let governed = world.governed(caller, resource_arn)?;
    let now = world.config.clock.now();
    let stage = governed.check_stage(now);
    let revision_id = governed.amend(world, |before| {
        check_expected(governed.name(), before, expected_revision_id.as_deref())?;
        if let Some(policy) = in_force(before).filter(|policy| policy.document.as_ref() == Some(document)) {
            return Ok((before.cloned(), policy.revision()));
        }
        stage?;
        let after = replaced(before, Some(document), now);
        let revision = after.revision();
        Ok((Some(after), revision))
    })?;
    Ok(PutResourcePolicyOutput { revision_id })
}
