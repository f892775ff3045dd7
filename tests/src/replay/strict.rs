//! Strict signatures, as recordings have them: the text of a recording never changes, so neither do time and keys.

use ddbmock_protocol::{Claim, Verdict, Verifier, Window};

/// Verifies against two keys. `AKIDRECORDING` makes the usual signature of any request; `ASIDRECORDING` makes it too,
/// with the token `recorded`.
#[derive(Debug)]
pub(super) struct Strict;

const SIGNATURE: &str = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

impl Verifier for Strict {
    fn window(&self) -> Window {
        Window {
            earliest: "20261123T114500Z".to_owned(),
            now: "20261123T120000Z".to_owned(),
            latest: "20261123T121500Z".to_owned(),
        }
    }

    fn judge(&self, claim: &Claim<'_>) -> Verdict {
        match (claim.access_key, claim.token) {
            ("AKIDRECORDING", None) | ("ASIDRECORDING", Some("recorded")) if claim.signature == SIGNATURE => {
                Verdict::Right
            }
            ("AKIDRECORDING", None) | ("ASIDRECORDING", Some("recorded")) => Verdict::Wrong,
            ("AKIDRECORDING" | "ASIDRECORDING", _) => Verdict::WrongToken,
            _ => Verdict::UnknownKey,
        }
    }
}
