//! GetResourcePolicy: the policy of a table.

use crate::constraint::alone;
use crate::{Call, Error, Operation, ResourceArn, Wording};

/// What GetResourcePolicy is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GetResourcePolicy {
    /// The table's ARN.
    pub resource_arn: String,
}

/// What GetResourcePolicy is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GetResourcePolicyOutput {
    /// The policy, as it was sent.
    pub policy: String,
    /// Its revision: a number that grows.
    pub revision_id: String,
}

impl Operation for GetResourcePolicy {
    const NAME: &'static str = "GetResourcePolicy";
    type Output = GetResourcePolicyOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let arn = &call.request.resource_arn;
        alone(super::resource(&call.said, arn))?;
        ResourceArn::read(arn).map(drop)
    }
}
