//! DescribeContributorInsights: whether it is watched which keys of a table or an index are asked for most: it isn't.

use ddbmock_model::op::{DescribeContributorInsights, DescribeContributorInsightsOutput};
use ddbmock_model::{Call, Caller, Error, Message, Rule};

use crate::index::{Index, IndexKind};
use crate::simulation::Simulation;

/// Does it. Local indexes are not known here. Source: captures of October 2026, contributor insights.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeContributorInsights>,
) -> Result<DescribeContributorInsightsOutput, Error> {
    world.check_members(call)?;
    let table = world.table_itself(caller, &call.request.table_name)?;
    let (table_name, index_name) = (table.identity.name.clone(), call.request.index_name.clone());
    if let Some(name) = &index_name {
        let is_meant = |index: &Index| index.kind == IndexKind::Global && index.name == *name;
        if !table.definition().indexes.iter().any(is_meant) {
            let text =
                format!("Requested resource not found: Index: {name} not found for table: {table_name}");
            return Err(Error::ResourceNotFound(Message::new(Rule("insights.no_such_index"), text)));
        }
    }
    Ok(DescribeContributorInsightsOutput { table_name, index_name, ..Default::default() })
}
