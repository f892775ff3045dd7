//! `ddbmock serve`: an engine behind a server, until a signal comes.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use ddbmock_engine::{Config, Delays, Durability, Engine};
use ddbmock_server::{Server, Settings};
use tokio::runtime::Builder;

use crate::arguments::{self, Serve};
use crate::outcome::Outcome;
use crate::ready::{ReadyFile, announce};
use crate::seed::{Seed, Seeded};
use crate::{descriptors, keys, log, signals};

/// How much longer than its grace a server may take to stop before it counts as too busy to.
const OVERTIME: Duration = Duration::from_secs(1);

/// Serves until a signal asks to stop.
pub(crate) fn serve(options: &Serve) -> Result<(), Outcome> {
    log::start(options.log).map_err(refused)?;
    let ready_file = options.ready_file.as_deref().map(ReadyFile::prepare).transpose()?;
    let seed = Seed::read(&options.seed).map_err(Outcome::Refused)?;
    let engine = Engine::open(config(options)).map_err(|error| Outcome::Refused(format!("--db: {error}")))?;
    let world = Seeded::new(engine, seed).map_err(Outcome::Refused)?;
    let server = bind(options)?;
    // It serves alone unless --threads asks for more, which the server starts.
    let runtime = Builder::new_current_thread().enable_io().enable_time().build().map_err(refused)?;
    let done = runtime.block_on(async {
        let stop = signals::hear(Settings::default().shutdown_grace + OVERTIME).map_err(refused)?;
        if let Some(file) = &ready_file {
            file.write(server.address())?;
        }
        announce(server.address(), options);
        server.serve(Arc::new(world), stop).await.map_err(refused)
    });
    runtime.shutdown_background(); // whoever outlasted the time to end is not waited for
    done
}

fn bind(options: &Serve) -> Result<Server, Outcome> {
    let credentials = keys::credentials(options)?;
    let port = options.listen.port(options.port);
    let complain = |error| Outcome::Refused(options.listen.complain(port, &error));
    let mut failed = io::Error::from(io::ErrorKind::AddrNotAvailable);
    let connections_max = descriptors::connections_max(options.threads)?;
    for listen in options.listen.addresses(port).map_err(complain)? {
        let settings = Settings {
            listen,
            region: options.region.clone(),
            explain: options.explain,
            credentials: credentials.clone(),
            connections_max,
            threads: options.threads.into(),
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
        isolate: options.isolate,
        delays: Delays {
            create: options.delay_create,
            update: options.delay_update,
            delete: options.delay_delete,
            time_to_live: options.delay_ttl,
            expire: options.delay_expire,
        },
        first_limits: options.first.limits(),
        stream_shards: options.stream_shards,
        file: options.db.clone(),
        durability: match options.durability {
            arguments::Durability::Normal => Durability::Normal,
            arguments::Durability::Full => Durability::Full,
            arguments::Durability::Off => Durability::Off,
        },
        ..Config::default()
    }
}

fn refused(error: io::Error) -> Outcome {
    Outcome::Refused(format!(
        "the system refuses what a server needs: {error}. Close other programs and try again"
    ))
}
