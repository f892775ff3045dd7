//! A world of DynamoDB on a socket, for anything that speaks to DynamoDB over HTTP.
//!
//! ```
//! use std::io::{Read as _, Write as _};
//! use std::net::TcpStream;
//! use std::sync::Arc;
//!
//! use ddbmock_engine::{Config, Engine};
//! use ddbmock_server::{Server, Settings};
//!
//! # fn main() -> std::io::Result<()> {
//! let server = Server::bind(Settings { listen: ([127, 0, 0, 1], 0).into(), ..Settings::default() })?;
//! let address = server.address();
//! let world = Arc::new(Engine::new(Config::default()));
//! let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
//!
//! let serving = std::thread::spawn(move || {
//!     let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//!     runtime.block_on(server.serve(world, async {
//!         let _ = stopped.await;
//!     }))
//! });
//!
//! let mut client = TcpStream::connect(address)?;
//! client.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
//! let mut answer = String::new();
//! client.read_to_string(&mut answer)?;
//! assert!(answer.ends_with("healthy: dynamodb.us-east-1.amazonaws.com "));
//!
//! drop(stop);
//! serving.join().expect("the server does not panic")?;
//! # Ok(())
//! # }
//! ```
//!
//! This crate knows HTTP and nothing of DynamoDB's rules: it reads a request, has the protocol answer it, and adds the
//! headers. A client that is slow, silent or gone costs one connection for a bounded time and nothing else.

mod body;
mod connection;
mod control;
mod cors;
mod credentials;
mod crew;
mod endpoint;
mod log;
mod memory;
mod packing;
mod patience;
mod reply;
mod request_id;
mod routes;
mod server;
mod settings;
mod timer;
mod verify;

#[cfg(test)]
mod tests;

pub use credentials::Credentials;
pub use server::Server;
pub use settings::Settings;
