//! The keys that signatures are verified with.

use std::path::Path;

use ddbmock_server::Credentials;

use crate::arguments::{Serve, Signatures};
use crate::outcome::Outcome;

/// The keys of the file that the options name, if signatures are to be verified.
pub(crate) fn credentials(options: &Serve) -> Result<Option<Credentials>, Outcome> {
    match (options.signatures, options.credentials.as_deref()) {
        (Signatures::Any, None) => Ok(None),
        (Signatures::Strict, Some(file)) => read(file).map(Some),
        (Signatures::Strict, None) => Err(Outcome::Refused(
            "--signatures strict: name a file of keys with --credentials FILE".to_owned(),
        )),
        (Signatures::Any, Some(_)) => Err(Outcome::Refused(
            "--credentials: signatures are not verified. Add --signatures strict, or leave it out".to_owned(),
        )),
    }
}

fn read(file: &Path) -> Result<Credentials, Outcome> {
    let complain = |why: String| Outcome::Refused(format!("--credentials {}: {why}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| complain(error.to_string()))?;
    Credentials::read(&text).map_err(complain)
}
