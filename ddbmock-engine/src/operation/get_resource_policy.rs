//! GetResourcePolicy: the policy of a table.

use ddbmock_model::op::{GetResourcePolicy, GetResourcePolicyOutput};
use ddbmock_model::{Call, Caller, Error, Rule};

use crate::engine::Simulation;
use crate::policy::not_found;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<GetResourcePolicy>,
) -> Result<GetResourcePolicyOutput, Error> {
    world.check_members(call)?;
    let arn = &call.request.resource_arn;
    let definition = world.governed(caller, arn)?.definition();
    let answer = definition.policy.as_ref().and_then(|policy| {
        let document = policy.document.clone()?;
        Some(GetResourcePolicyOutput { policy: document, revision_id: policy.revision() })
    });
    answer.ok_or_else(|| not_found(Rule("policy.none"), arn))
}
