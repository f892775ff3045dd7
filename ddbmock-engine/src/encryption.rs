//! Encryption with a key of the account's.

use ddbmock_model::{Error, Place, Rule, SseDescription, SseSpecification, SseType};

use crate::check::invalid;
use crate::simulation::Simulation;

/// Whether a key of the account's is asked for: the kind of key alone asks for one. Source: captures of October 2026,
/// encryption.
pub(crate) fn is_asked(specification: &SseSpecification) -> bool {
    specification.enabled.unwrap_or(specification.sse_type == Some(SseType::Kms))
}

/// Checks what is said of encryption together. Source: captures of October 2026, encryption; the order is assumed.
pub(crate) fn check_encryption(specification: Option<&SseSpecification>) -> Result<(), Error> {
    let Some(SseSpecification { enabled, sse_type, kms_master_key_id: key }) = specification else {
        return Ok(());
    };
    let text = match (enabled, sse_type, key) {
        (Some(false), Some(_), _) => "SSEType can not be specified if Enabled is false",
        (Some(false), None, Some(_)) => "KMSMasterKeyId can not be specified if Enabled is false",
        (_, Some(SseType::Aes256), _) => "SSEType AES256 is not supported",
        (_, None, Some(_)) => "SSEType KMS is required if KMSMasterKeyId is specified",
        _ => return Ok(()),
    };
    Err(invalid(Rule("definition.encryption"), text))
}

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
