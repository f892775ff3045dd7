//! PutResourcePolicy: gives a table a policy, or another one.

use crate::constraint::{joined, required};
use crate::{Call, Error, Operation, ResourceArn, Wording};

/// What PutResourcePolicy is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PutResourcePolicy {
    /// The table's ARN.
    pub resource_arn: String,
    /// The policy: a document of at most 20,480 bytes.
    pub policy: String,
    /// The revision that is to be replaced, or `NO_POLICY` if there is to be none.
    pub expected_revision_id: Option<String>,
    /// That the caller may lock themselves out. Policies are not enforced here, and nobody is.
    pub confirm_remove_self_resource_access: bool,
}

/// What PutResourcePolicy is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PutResourcePolicyOutput {
    /// The policy's revision: the old one, if it is the policy that was there.
    pub revision_id: String,
}

impl Operation for PutResourcePolicy {
    const NAME: &'static str = "PutResourcePolicy";
    type Output = PutResourcePolicyOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let request = &call.request;
        joined([
            super::resource(&call.said, &request.resource_arn),
            required(&call.said, "policy"),
            super::revision(request.expected_revision_id.as_deref()),
        ])?;
        ResourceArn::read(&request.resource_arn).map(drop)
    }
}
