//! ListContributorInsights: the tables and indexes of which it is watched which keys are asked for most: none.

use ddbmock_model::op::{ListContributorInsights, ListContributorInsightsOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::simulation::Simulation;

/// Does it. A table that is named must be there. Source: captures of October 2026, contributor insights.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<ListContributorInsights>,
) -> Result<ListContributorInsightsOutput, Error> {
    world.check_members(call)?;
    if let Some(name) = &call.request.table_name {
        world.table_itself(caller, name)?;
    }
    Ok(ListContributorInsightsOutput::default())
}
