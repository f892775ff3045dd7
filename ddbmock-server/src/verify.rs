//! Computes the signature of a request again, with the secret of its key, and holds the one that was sent against it.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as SigningKey;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use ddbmock_protocol::{Claim, Verdict, Verifier, Window};

use crate::credentials::{Credentials, Key};
use crate::endpoint::Asked;

/// How far the clock of a client may be off. Source: developer guides, signatures; the service's own errors name it.
const TOLERANCE: Duration = Duration::from_mins(15);

/// What verifies the signature of one request.
#[derive(Debug)]
pub(crate) struct Verification<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) asked: &'a Asked,
}

impl Verifier for Verification<'_> {
    fn window(&self) -> Window {
        window(SystemTime::now())
    }

    fn judge(&self, claim: &Claim<'_>) -> Verdict {
        match self.credentials.key(claim.access_key) {
            None => Verdict::UnknownKey,
            Some(key) if key.token.as_deref() != claim.token => Verdict::WrongToken,
            Some(key) if self.signature(claim, key).as_deref() == Some(claim.signature) => Verdict::Right,
            Some(_) => Verdict::Wrong,
        }
    }
}

impl Verification<'_> {
    /// The signature that a key makes of the request. `None` if none can be made: its date is none, or its headers are
    /// no text.
    fn signature(&self, claim: &Claim<'_>, key: &Key) -> Option<String> {
        let signer = SigningKey::from_keys(claim.access_key, &key.secret, key.token.clone()).into();
        let parameters = SigningParams::builder()
            .identity(&signer)
            .region(claim.region)
            .name("dynamodb")
            .time(time(claim.date?)?)
            .settings(self.settings(claim.in_query)?)
            .build()
            .ok()?
            .into();
        let headers = self.headers(claim)?;
        let body = SignableBody::Bytes(&self.asked.body.sent);
        let request = SignableRequest::new("POST", self.uri(), headers.into_iter(), body).ok()?;
        Some(sign(request, &parameters).ok()?.into_parts().1)
    }

    fn settings(&self, in_query: bool) -> Option<SigningSettings> {
        let mut settings = SigningSettings::default();
        settings.excluded_headers = None; // the client says itself which headers it signed
        if in_query {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = Some(Duration::from_secs(self.parameter("X-Amz-Expires")?.parse().ok()?));
        }
        Some(settings)
    }

    /// The headers that were signed, without those that signing adds itself.
    fn headers<'a>(&'a self, claim: &Claim<'a>) -> Option<Vec<(&'a str, &'a str)>> {
        let added = |name: &str| {
            !claim.in_query
                && ["x-amz-date", "x-amz-security-token"].iter().any(|own| own.eq_ignore_ascii_case(name))
        };
        let mut headers = Vec::new();
        for name in claim.signed_headers.split(';').filter(|name| !added(name)) {
            for value in self.asked.headers.get_all(name) {
                headers.push((name, value.to_str().ok()?));
            }
        }
        Some(headers)
    }

    /// The path and what of the query string signing does not add itself, at some host: the header names the host.
    fn uri(&self) -> String {
        let path = self.asked.path.as_str();
        let kept =
            self.parameters().filter(|(name, _)| !ADDED.contains(name)).map(|(name, value)| match value {
                Some(value) => format!("{name}={value}"),
                None => name.to_owned(),
            });
        let query = kept.collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        format!("http://localhost{path}{mark}{query}")
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters().find(|(other, _)| *other == name)?.1
    }

    fn parameters(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let pairs = self.asked.query.as_deref().unwrap_or_default().split('&');
        pairs.filter(|pair| !pair.is_empty()).map(|pair| match pair.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (pair, None),
        })
    }
}

/// What signing writes into a query string.
const ADDED: [&str; 7] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
    "X-Amz-Security-Token",
];

/// The times that a signature may be of.
fn window(now: SystemTime) -> Window {
    Window { earliest: basic(now - TOLERANCE), now: basic(now), latest: basic(now + TOLERANCE) }
}

/// A time as in `X-Amz-Date`: `20150830T123600Z`.
fn basic(time: SystemTime) -> String {
    let seconds = DateTime::from_secs(DateTime::from(time).secs());
    seconds.fmt(Format::DateTime).unwrap_or_default().replace(['-', ':'], "")
}

/// The time that `X-Amz-Date` names.
fn time(basic: &str) -> Option<SystemTime> {
    let (day, hour) = (basic.get(..8)?, basic.get(9..15)?);
    let text =
        format!("{}-{}-{}T{}:{}:{}Z", &day[..4], &day[4..6], &day[6..], &hour[..2], &hour[2..4], &hour[4..]);
    DateTime::from_str(&text, Format::DateTime).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{Duration, SystemTime, Window, window};

    #[test]
    fn clocks_may_be_off_by_fifteen_minutes_either_way() {
        let Window { earliest, now, latest } = window(SystemTime::UNIX_EPOCH + Duration::from_hours(1));
        assert_eq!(
            [&*earliest, &*now, &*latest],
            ["19700101T004500Z", "19700101T010000Z", "19700101T011500Z"]
        );
    }
}
