//! DeleteResourcePolicy: takes the policy from a table.

use crate::constraint::joined;
use crate::{Call, Error, Operation, ResourceArn, Wording};

/// What DeleteResourcePolicy is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeleteResourcePolicy {
    /// The table's ARN.
    pub resource_arn: String,
    /// The revision that is to be deleted.
    pub expected_revision_id: Option<String>,
}

/// What DeleteResourcePolicy is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeleteResourcePolicyOutput {
    /// The revision of the policy that was there, if there was one.
    pub revision_id: Option<String>,
}

impl Operation for DeleteResourcePolicy {
    const NAME: &'static str = "DeleteResourcePolicy";
    type Output = DeleteResourcePolicyOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let request = &call.request;
        joined([
            super::resource(&call.said, &request.resource_arn),
            super::revision(request.expected_revision_id.as_deref()),
        ])?;
        ResourceArn::read(&request.resource_arn).map(drop)
    }
}
