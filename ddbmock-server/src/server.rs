//! Listening, and letting clients in.

use std::io;
use std::net::{SocketAddr, TcpListener as StdListener, TcpStream as StdStream};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::World;
use socket2::{Domain, Socket, Type};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::body::Limits;
use crate::connection::{attend, http, turn_away};
use crate::crew::Crew;
use crate::endpoint::Endpoint;
use crate::log;
use crate::memory::Memory;
use crate::routes::routes;
use crate::settings::Settings;
use crate::timer::Timer;

/// A server that listens already and serves when told to.
#[derive(Debug)]
pub struct Server {
    listener: StdListener,
    address: SocketAddr,
    settings: Settings,
}

impl Server {
    /// Listens at the address of the settings. Clients can connect from here on and are answered once
    /// [`serve`](Self::serve) runs. Needs no runtime.
    ///
    /// # Errors
    /// What the system says when the address cannot be listened at: it is in use, not allowed or not this machine's.
    pub fn bind(settings: Settings) -> io::Result<Self> {
        let listener = listen(settings.listen)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, settings })
    }

    /// The address it listens at, with the port that was picked if it was told to pick one.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves a world until `stop` is done. Then it lets no one in, answers the requests that are under way, cuts off
    /// those that outlast [`Settings::shutdown_grace`], and returns.
    ///
    /// Runs in a Tokio runtime with time and I/O, of one thread: more threads are asked for by [`Settings::threads`].
    ///
    /// # Errors
    /// What the system says if the runtime cannot take over the listening socket, or there are not so many threads to
    /// be had. No client can cause an error.
    pub async fn serve(self, world: Arc<dyn World>, stop: impl Future<Output = ()>) -> io::Result<()> {
        let settings = self.settings;
        let limits = Limits {
            bytes_max: settings.body_bytes_max,
            memory: Memory::new(settings.bodies_bytes_max),
            timeout: settings.body_timeout,
        };
        let answers = Memory::new(settings.answers_bytes_max);
        let credentials = settings.credentials.map(Arc::new);
        let (explain, region) = (settings.explain, settings.region);
        let _timer = Timer::start(Arc::clone(&world));
        let endpoint = Endpoint { world, explain, region, credentials, answers };
        let service = warp::service(routes(Arc::new(endpoint), limits));
        let http = http(settings.head_timeout);
        let seats = Arc::new(Semaphore::new(settings.connections_max.min(Semaphore::MAX_PERMITS)));
        let listener = TcpListener::from_std(self.listener)?;
        let mut crew = Crew::start(settings.threads)?;
        let (stopping, stopped) = watch::channel(());
        let mut connections = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            let stream = tokio::select! {
                biased;
                () = &mut stop => break,
                guest = next(&listener) => guest,
            };
            while connections.try_join_next().is_some() {} // forgets those that have ended
            let Ok(seat) = Arc::clone(&seats).try_acquire_owned() else {
                turn_away(stream);
                continue;
            };
            let attended =
                attend(stream, settings.answer_timeout, http.clone(), service.clone(), stopped.clone());
            let attended = async move {
                attended.await;
                drop(seat);
            };
            connections.spawn_on(attended, crew.next());
        }
        drop(listener);
        drop(stopping);
        end(connections, settings.shutdown_grace).await;
        Ok(())
    }
}

/// Clients that may wait to be let in. With the 128 that the standard library asks for, a crowd that comes at once
/// waits for seconds: the system drops whom it has no room for, and each tries again only after a second.
const WAITING_MAX: i32 = 4096;

fn listen(address: SocketAddr) -> io::Result<StdListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    // Elsewhere it would let two servers have the same port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(WAITING_MAX)?;
    Ok(socket.into())
}

/// How long to wait when the system gives no connection: it is out of descriptors or memory, and trying at once again
/// would keep the processor busy until others give some back.
const PAUSE: Duration = Duration::from_millis(100);

/// The next client, of no thread yet. Errors end nothing.
async fn next(listener: &TcpListener) -> StdStream {
    let mut warned = false;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => match stream.into_std() {
                Ok(stream) => return stream,
                Err(error) => log::connection_ended(error),
            },
            Err(error) if concerns_one(&error) => log::connection_ended(error),
            Err(error) => {
                if !warned {
                    log::nobody_let_in(error);
                    warned = true;
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Whether an error of accepting concerns the one connection and not those to come.
fn concerns_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

async fn end(mut connections: JoinSet<()>, grace: Duration) {
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(grace, ended).await.is_err() {
        log::cut_off(connections.len());
        connections.shutdown().await;
    }
}
