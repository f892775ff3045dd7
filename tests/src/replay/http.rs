//! Anything that answers DynamoDB's requests over plain HTTP.

use std::thread::sleep;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, Request};

use super::transport::{Reply, Sent, Transport};

/// An HTTP endpoint.
pub struct Http {
    agent: Agent,
    endpoint: String,
}

const PATIENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(250);
/// Two minutes: the service takes seconds to create a table.
const PAUSES_MAX: usize = 480;

impl Http {
    /// The endpoint at a URL, `http://HOST:PORT`. Nothing is sent yet.
    ///
    /// # Errors
    /// If it is no such URL.
    pub fn new(url: &str) -> Result<Self, String> {
        if !url.starts_with("http://") {
            return Err(format!("`{url}` does not start with http://"));
        }
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        Ok(Self { agent: config.build().into(), endpoint: url.trim_end_matches('/').to_owned() })
    }

    fn post(&self, request: &Sent) -> Result<Reply, ureq::Error> {
        let query = request.query.as_ref().map_or_else(String::new, |query| format!("?{query}"));
        let mut built = Request::post(format!("{}/{query}", self.endpoint));
        for (name, value) in &request.headers {
            built = built.header(name, value);
        }
        let mut answer = self.agent.run(built.body(request.body.as_slice())?)?;
        let body = answer.body_mut().with_config().limit(u64::MAX).read_to_vec()?;
        let headers = Some(headers(answer.headers()));
        Ok(Reply { status: answer.status().as_u16(), headers, body, rule: None })
    }
}

fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    map.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect()
}

impl Transport for Http {
    fn send(&self, request: &Sent) -> Result<Reply, String> {
        if request.strict {
            return Err("signatures of recordings are verified in process only".to_owned());
        }
        self.post(request).map_err(|error| error.to_string())
    }

    fn pass_time(&self, waited: usize) -> bool {
        sleep(PAUSE);
        waited < PAUSES_MAX
    }
}
