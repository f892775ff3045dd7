//! UpdateTimeToLive: lets items of a table expire, or no longer.

use crate::constraint::{joined, length, required};
use crate::{Call, Error, Operation, Wording, table_name};

/// What UpdateTimeToLive is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UpdateTimeToLive {
    /// The table's name or ARN.
    pub table_name: String,
    /// Whether items expire, and when.
    pub time_to_live_specification: TimeToLiveSpecification,
}

/// Whether items of a table expire, and when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeToLiveSpecification {
    /// Whether they do.
    pub enabled: bool,
    /// The attribute that says when: a number of seconds since 1970.
    pub attribute_name: String,
}

/// What UpdateTimeToLive is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UpdateTimeToLiveOutput {
    /// What was asked for.
    pub time_to_live_specification: TimeToLiveSpecification,
}

impl Operation for UpdateTimeToLive {
    const NAME: &'static str = "UpdateTimeToLive";
    const LONG: bool = true; // it looks through items
    type Output = UpdateTimeToLiveOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        table_name::check(said, &request.table_name)?;
        let (whole, enabled) = ("timeToLiveSpecification", "timeToLiveSpecification.enabled");
        let attribute = "timeToLiveSpecification.attributeName";
        let name = &request.time_to_live_specification.attribute_name;
        let given = !said.is_missing(whole);
        joined([
            required(said, whole),
            required(said, enabled),
            required(said, attribute).or_else(|| length(attribute, name, (1, 255)).filter(|_| given)),
        ])
    }
}
