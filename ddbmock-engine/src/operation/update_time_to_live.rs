//! UpdateTimeToLive: lets items of a table expire, or no longer.

use ddbmock_model::op::{TimeToLiveSpecification, UpdateTimeToLive, UpdateTimeToLiveOutput};
use ddbmock_model::{Call, Caller, Error, Rule};

use crate::clock::Timestamp;
use crate::expiry::TimeToLive;
use crate::simulation::Simulation;
use crate::stage::check_at_rest;

/// Does it. That a table must be at rest is assumed.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<UpdateTimeToLive>,
) -> Result<UpdateTimeToLiveOutput, Error> {
    world.check_members(call)?;
    let asked = &call.request.time_to_live_specification;
    let table = world.table_itself(caller, &call.request.table_name)?;
    let now = world.config.clock.now();
    let until = now.after(world.config.delays.time_to_live);
    check_at_rest(table.status(|| now), &table.identity.name)?;
    table.change_expiry(world, |before| {
        check(asked, before.time_to_live.as_deref(), now)?;
        let (attribute, enabled) = (asked.attribute_name.clone(), asked.enabled);
        Ok(TimeToLive { attribute, enabled, until, part: before.next_part })
    })?;
    world.due.note_expiry(until);
    Ok(UpdateTimeToLiveOutput { time_to_live_specification: asked.clone() })
}

/// Nothing is changed while it changes, or to what it is. Source: developer guide, time to live; the texts are assumed.
fn check(asked: &TimeToLiveSpecification, before: Option<&TimeToLive>, now: Timestamp) -> Result<(), Error> {
    if before.is_some_and(|before| before.until > now) {
        let text = "Time to live has been modified multiple times within a fixed interval";
        return Err(Error::validation(Rule("time_to_live.changing"), text));
    }
    match (asked.enabled, before.filter(|before| before.enabled)) {
        (_, Some(before)) if before.attribute != asked.attribute_name => {
            let text = format!(
                "TimeToLive is active on a different AttributeName: current AttributeName is {}",
                before.attribute
            );
            Err(Error::validation(Rule("time_to_live.other_attribute"), text))
        }
        (true, Some(_)) => {
            Err(Error::validation(Rule("time_to_live.enabled"), "TimeToLive is already enabled"))
        }
        (false, None) => {
            Err(Error::validation(Rule("time_to_live.disabled"), "TimeToLive is already disabled"))
        }
        _ => Ok(()),
    }
}
