//! What an engine is made from.

#[cfg(feature = "sqlite")]
use std::path::PathBuf;

use ddbmock_model::Wording;

use crate::clock::Clock;
use crate::limits::Limits;
use crate::stage::Delays;
#[cfg(feature = "sqlite")]
use crate::storage::Durability;

/// What an engine is made from.
#[derive(Debug)]
pub struct Config {
    /// The account of callers that name none.
    pub account: String,
    /// The region of callers that name none.
    pub region: String,
    /// Which of the service's two layers words the refusals.
    pub wording: Wording,
    /// Whether everyone sees the tables of their own account and region alone. Else a name means one's own table first
    /// and then that of any other region, and it is taken in all of them.
    pub isolate: bool,
    /// How long tables take to change; no time, if not said.
    pub delays: Delays,
    /// What requests of API version 2011-12-05 may do at most, and how they are charged.
    pub first_limits: Limits,
    /// Where the time comes from.
    pub clock: Clock,
    /// Into how many shards a stream is divided, for those who want another number than the service would choose.
    pub stream_shards: Option<u32>,
    /// Where randomness starts; an engine made from the same seed makes the same ids. Different each time without it.
    pub seed: Option<u64>,
    /// The file in which [`Engine::open`](crate::Engine::open) keeps everything, if there is to be one.
    #[cfg(feature = "sqlite")]
    pub file: Option<PathBuf>,
    /// What of a write that was answered outlives what, if there is a file.
    #[cfg(feature = "sqlite")]
    pub durability: Durability,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            wording: Wording::default(),
            isolate: false,
            delays: Delays::default(),
            first_limits: Limits::FIRST,
            clock: Clock::default(),
            stream_shards: None,
            seed: None,
            #[cfg(feature = "sqlite")]
            file: None,
            #[cfg(feature = "sqlite")]
            durability: Durability::default(),
        }
    }
}

impl Config {
    /// An engine over one file, which is made if it is not there and outlives the engine.
    ///
    /// ```
    /// use ddbmock_engine::op::ListTables;
    /// use ddbmock_engine::{Config, Engine};
    ///
    /// # let file = std::env::temp_dir().join(format!("ddbmock-doc-{}.db", std::process::id()));
    /// let engine = Engine::open(Config::sqlite(&file))?;
    /// assert!(engine.list_tables(ListTables::default())?.table_names.is_empty());
    /// # drop(engine);
    /// # std::fs::remove_file(file).expect("it was made");
    /// # Ok::<(), ddbmock_engine::Error>(())
    /// ```
    #[cfg(feature = "sqlite")]
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self { file: Some(path.into()), ..Self::default() }
    }
}
