//! `ddbmock serve`: an engine behind a server, until a signal comes.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process;
use std::sync::Arc;
use std::time::Duration;

use ddbmock_engine::{Config, Engine};
use ddbmock_server::{Server, Settings};
use tokio::runtime::Builder;

use crate::arguments::Serve;
use crate::listen::url;
use crate::log;
use crate::outcome::Outcome;
use crate::signals;
use crate::{descriptors, keys};

/// How much longer than its grace a server may take to stop before it counts as too busy to.
const OVERTIME: Duration = Duration::from_secs(1);

/// Serves until a signal asks to stop.
pub(crate) fn serve(options: &Serve) -> Result<(), Outcome> {
    if options.db.is_some() {
        return Err(Outcome::Refused(
            "--db: this version keeps tables in memory only; files come in a later one. Start it without --db"
                .to_owned(),
        ));
    }
    log::start(options.log).map_err(refused)?;
    let server = bind(options)?;
    let engine = Arc::new(Engine::new(config(options)));
    // One thread: an engine in memory answers sooner than a second thread wakes.
    let runtime = Builder::new_current_thread().enable_io().enable_time().build().map_err(refused)?;
    let done = runtime.block_on(async {
        let stop = signals::hear(Settings::default().shutdown_grace + OVERTIME)?;
        announce(server.address(), options.json);
        server.serve(engine, stop).await
    });
    runtime.shutdown_background(); // whoever outlasted the time to end is not waited for
    done.map_err(refused)
}

fn bind(options: &Serve) -> Result<Server, Outcome> {
    let credentials = keys::credentials(options)?;
    let port = options.listen.port(options.port);
    let complain = |error| Outcome::Refused(options.listen.complain(port, &error));
    let mut failed = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for listen in options.listen.addresses(port).map_err(complain)? {
        let settings = Settings {
            listen,
            region: options.region.clone(),
            explain: options.explain,
            credentials: credentials.clone(),
            connections_max: descriptors::connections_max(),
            ..Settings::default()
        };
        match Server::bind(settings) {
            Ok(server) => return Ok(server),
            Err(error) => failed = error,
        }
    }
    Err(complain(failed))
}

fn config(options: &Serve) -> Config {
    Config {
        account: options.account.clone(),
        region: options.region.clone(),
        wording: options.wording,
        ..Config::default()
    }
}

/// Says in one line that clients can come. Whoever started it may not be reading, which stops nothing.
fn announce(address: SocketAddr, json: bool) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{}", ready_line(address, json)).and_then(|()| out.flush());
}

fn ready_line(address: SocketAddr, json: bool) -> String {
    let (url, port, pid) = (url(address), address.port(), process::id());
    if json {
        format!(r#"{{"ready":true,"url":"{url}","port":{port},"pid":{pid}}}"#)
    } else {
        format!(
            "ddbmock is ready at {url} (in memory; any credentials). \
             Try: aws dynamodb list-tables --endpoint-url {url}"
        )
    }
}

fn refused(error: io::Error) -> Outcome {
    Outcome::Refused(format!(
        "the system refuses what a server needs: {error}. Close other programs and try again"
    ))
}
