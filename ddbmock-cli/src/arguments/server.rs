//! Which server the other commands are about.

use std::path::PathBuf;

use clap::Args;

use crate::listen::{Listen, Url};

/// A server that was started by `ddbmock serve`.
#[derive(Debug, Args)]
pub(crate) struct Server {
    /// Its URL; else it is where `ddbmock serve` listens with the flags below
    #[arg(help_heading = "Server", long, value_name = "http://HOST:PORT")]
    url: Option<Url>,
    /// What it listens at
    #[arg(help_heading = "Server", long, value_name = "HOST[:PORT]", default_value = "127.0.0.1:8000")]
    listen: Listen,
    /// Its port, in place of the one in --listen
    #[arg(help_heading = "Server", long, value_name = "PORT")]
    port: Option<u16>,
    /// File of settings, in place of ddbmock.toml
    #[arg(help_heading = "Server", long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Server {
    /// Its URL.
    pub(crate) fn url(&self) -> Url {
        self.url.clone().unwrap_or_else(|| self.listen.url(self.port))
    }
}
