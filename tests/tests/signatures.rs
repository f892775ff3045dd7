//! Signatures that are verified, as the AWS SDK for Rust makes them and as it presigns them.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{Credentials as Key, Region};
use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use aws_sdk_dynamodb::{Client, Config};
use aws_smithy_async::time::StaticTimeSource;
use ddbmock_engine::Engine;
use ddbmock_server::{Credentials, Server, Settings};
use tokio::runtime::Builder;
use tokio::sync::oneshot;

const KEYS: &str = "[default]\naws_access_key_id = AKIDTEST\naws_secret_access_key = right/+=\n\
                    [session]\naws_access_key_id = ASIDTEST\naws_secret_access_key = other\naws_session_token = tok/en\n";

/// What a client with this key and this clock is told: nothing, or the error and its text.
fn asked(key: Key, hours: i64) -> Option<(String, String)> {
    let settings = Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        credentials: Some(Credentials::read(KEYS).unwrap()),
        ..Settings::default()
    };
    let server = Server::bind(settings).unwrap();
    let url = format!("http://{}", server.address());
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(server.serve(Arc::new(Engine::default()), async {
            let _ = stopped.await; // dropped by a test that failed
        }))
    });
    let seconds = Duration::from_secs(hours.unsigned_abs() * 3600);
    let now = SystemTime::now();
    let time = if hours < 0 { now - seconds } else { now + seconds };
    let config = Config::builder()
        .endpoint_url(url)
        .region(Region::new("eu-west-1"))
        .credentials_provider(key)
        .time_source(StaticTimeSource::new(time))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(RetryConfig::disabled());
    let client = Client::from_conf(config.build());
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let answer = runtime.block_on(client.list_tables().limit(7).send());
    stop.send(()).unwrap();
    serving.join().unwrap().unwrap();
    answer.err().map(|error| (error.code().unwrap().to_owned(), error.message().unwrap().to_owned()))
}

fn key(id: &str, secret: &str, token: Option<&str>) -> Key {
    Key::new(id, secret, token.map(str::to_owned), None, "tests")
}

#[test]
fn right_signatures_are_taken() {
    assert_eq!(asked(key("AKIDTEST", "right/+=", None), 0), None);
    assert_eq!(asked(key("ASIDTEST", "other", Some("tok/en")), 0), None);
}

#[test]
fn others_are_refused_in_the_words_of_the_service() {
    let check = |key: Key, hours: i64, code: &str, text: &str| {
        let (got, told) = asked(key, hours).unwrap();
        assert_eq!(got, code);
        assert!(told.starts_with(text), "{told}");
    };
    let wrong = "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                 Access Key and signing method. Consult the service documentation for details.";
    check(key("AKIDTEST", "wrong", None), 0, "InvalidSignatureException", wrong);
    let unknown = "The security token included in the request is invalid.";
    check(key("AKIDOTHER", "right/+=", None), 0, "UnrecognizedClientException", unknown);
    let token = "The security token included in the request is invalid";
    check(key("ASIDTEST", "other", Some("x")), 0, "UnrecognizedClientException", token);
    check(key("AKIDTEST", "right/+=", None), -1, "InvalidSignatureException", "Signature expired: ");
    check(key("AKIDTEST", "right/+=", None), 1, "InvalidSignatureException", "Signature not yet current: ");
}
