//! A server on a loopback port, a client that sends whatever it is told, and what comes of it.

mod answers;
mod bodies;
mod client;
mod control;
mod hostile;
mod packing;
mod shutdown;
mod threads;
mod world;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::World;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Server, Settings};

/// Longer than any test may take: what hangs fails instead.
const PATIENCE: Duration = Duration::from_secs(20);
/// A timeout that is waited for.
const SHORT: Duration = Duration::from_millis(200);
/// A timeout that no test waits for.
const NEVER: Duration = Duration::from_hours(1);

/// A port of loopback, and no timeout that could save a test by running out.
fn settings() -> Settings {
    Settings {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        head_timeout: NEVER,
        body_timeout: NEVER,
        answer_timeout: NEVER,
        shutdown_grace: NEVER,
        ..Settings::default()
    }
}

/// A server that is running.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

fn run(world: impl World + 'static, settings: Settings) -> Running {
    let server = Server::bind(settings).expect("loopback has a free port");
    let address = server.address();
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(server.serve(Arc::new(world), async {
        let _ = stopped.await;
    }));
    Running { address, stop, serving }
}

impl Running {
    /// Tells it to stop, and waits until it has.
    async fn end(self) {
        drop(self.stop);
        ended(self.serving).await;
    }
}

async fn ended(serving: JoinHandle<std::io::Result<()>>) {
    let ended = tokio::time::timeout(PATIENCE, serving).await.expect("the server ends in time");
    ended.expect("it does not panic").expect("it ends well");
}
