//! PutResourcePolicy: gives a table a policy, or another one.

use ddbmock_model::op::{PutResourcePolicy, PutResourcePolicyOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::definition::Definition;
use crate::engine::Simulation;
use crate::policy::{check_document, check_expected, check_stage, policy_of, replaced};
use crate::table::no_such_table;

/// Does it. The policy that is there is no change, and keeps its revision.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<PutResourcePolicy>,
) -> Result<PutResourcePolicyOutput, Error> {
    world.check_members(call)?;
    let PutResourcePolicy { resource_arn, policy: document, expected_revision_id, .. } = &call.request;
    check_document(document)?;
    let table = world.governed(caller, resource_arn)?;
    let now = world.config.clock.now();
    let stage = check_stage(&table, now);
    let put = |before: &Definition| {
        check_expected(&table.identity, before, expected_revision_id.as_deref())?;
        if let Some(policy) = policy_of(before).filter(|policy| policy.document.as_ref() == Some(document)) {
            return Ok((before.clone(), policy.revision()));
        }
        stage?;
        let after = replaced(before, Some(document), now);
        let revision = policy_of(&after).expect("it was just given one").revision();
        Ok((after, revision))
    };
    let revision = table.amend(&*world.storage, put)?;
    let revision_id = revision.ok_or_else(|| no_such_table(&table.identity.name))?;
    Ok(PutResourcePolicyOutput { revision_id })
}
