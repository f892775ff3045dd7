//! File descriptors: each connection is one, and the system limits them.

use ddbmock_server::Settings;

/// What the process needs beside its connections: the terminal, the listener, signals, a database.
const OTHERS: u64 = 32;

/// The most connections that can be served. For that the limit is raised as far as the system allows: many systems
/// start programs with room for 1024, or 256.
pub(crate) fn connections_max() -> usize {
    let wanted = Settings::default().connections_max;
    let limit = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(256); // the least that systems give
    let room = limit.saturating_sub(OTHERS).max(1);
    usize::try_from(room).map_or(wanted, |room| room.min(wanted))
}
