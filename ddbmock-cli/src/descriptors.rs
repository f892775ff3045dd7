//! File descriptors: each connection is one, and the system limits them.

use ddbmock_server::Settings;

use crate::outcome::Outcome;

/// What the process needs beside its connections: the terminal, the listener, signals, a database.
const OTHERS: u64 = 32;
/// What each thread but the first needs to wait for its connections.
const A_THREAD: u64 = 4;

/// The most connections that can be served by so many threads. For that the limit is raised as far as the system
/// allows: many systems start programs with room for 1024, or 256.
pub(crate) fn connections_max(threads: u8) -> Result<usize, Outcome> {
    let wanted = Settings::default().connections_max;
    let limit = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(256); // the least that systems give
    let room = room(limit, threads).ok_or_else(|| {
        Outcome::Refused(format!(
            "--threads {threads} need more than the {limit} open files that the system allows. Use fewer threads, or \
             raise the limit with ulimit -n"
        ))
    })?;
    Ok(usize::try_from(room).map_or(wanted, |room| room.min(wanted)))
}

/// How many connections fit beside all else, if any do.
fn room(limit: u64, threads: u8) -> Option<u64> {
    let others = A_THREAD * u64::from(threads).saturating_sub(1);
    let room = limit.saturating_sub(OTHERS).max(1).saturating_sub(others);
    (room > 0).then_some(room)
}

#[cfg(test)]
mod tests {
    use super::room;

    #[test]
    fn threads_take_their_descriptors_from_connections() {
        let check =
            |limit, threads, expected| assert_eq!(room(limit, threads), expected, "{limit}, {threads}");
        check(1024, 1, Some(992));
        check(1024, 4, Some(980));
        check(64, 8, Some(4));
        check(64, 9, None);
        check(16, 1, Some(1)); // it tries all the same
        check(16, 2, None);
    }
}
