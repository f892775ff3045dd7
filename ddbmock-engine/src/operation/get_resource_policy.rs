//! GetResourcePolicy: the policy of a table, or of a stream.

use ddbmock_model::op::{GetResourcePolicy, GetResourcePolicyOutput};
use ddbmock_model::{Call, Caller, Error, Rule};

use crate::policy::not_found;
use crate::simulation::Simulation;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<GetResourcePolicy>,
) -> Result<GetResourcePolicyOutput, Error> {
    world.check_members(call)?;
    let arn = &call.request.resource_arn;
    let answer = world.governed(caller, arn)?.policy(world).and_then(|policy| {
        let revision_id = policy.revision();
        Some(GetResourcePolicyOutput { policy: policy.document?, revision_id })
    });
    answer.ok_or_else(|| not_found(Rule("policy.none"), arn))
}
