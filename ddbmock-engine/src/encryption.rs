//! Encryption with a key of the account's.

use ddbmock_model::{Place, SseDescription, SseType};

use crate::engine::Simulation;

/// Encryption with a key of the account's. A key that was named only by its id gets its ARN, and without one there is
/// the account's own. Source: captures of 2026, descriptions.
pub(crate) fn encryption(world: &Simulation, place: Place<'_>, key: Option<&str>) -> SseDescription {
    let prefix = format!("arn:aws:kms:{}:{}:", place.region, place.account);
    let key = match key {
        Some(arn) if arn.starts_with("arn:") => arn.to_owned(),
        Some(alias) if alias.starts_with("alias/") => format!("{prefix}{alias}"),
        Some(id) => format!("{prefix}key/{id}"),
        None => format!("{prefix}key/{}", world.uuid()),
    };
    SseDescription { status: "ENABLED".to_owned(), sse_type: SseType::Kms, kms_master_key_arn: key }
}
