//! Servers that never stop by themselves, and how they end.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::insist;

const NEVER: Duration = Duration::from_hours(1);
const SHORT: Duration = Duration::from_millis(10);

/// The code that the process ends with after so many signals.
fn code(signals: usize, grace: Duration) -> i32 {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    (0..signals).for_each(|_| sender.send(()).unwrap());
    let (stop, stopped) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let code = insist(async || receiver.recv().await.unwrap(), stop, grace).await;
        stopped.await.unwrap(); // it was asked first
        code
    })
}

#[test]
fn a_server_that_does_not_stop_is_cut_off() {
    assert_eq!(code(1, SHORT), 0);
}

#[test]
fn the_second_signal_does_not_wait() {
    assert_eq!(code(2, NEVER), 130);
}

#[cfg(unix)]
mod process {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::process::{Child, Command, Stdio};
    use std::sync::mpsc;
    use std::time::Duration;
    use std::{env, io, thread};

    use super::super::hear;
    use super::{NEVER, SHORT};

    /// Names the grace, in milliseconds, of the process that is to be busy.
    const GRACE: &str = "DDBMOCK_TEST_GRACE_MILLIS";

    /// No test of its own: the process that the tests below start, whose server keeps its thread busy for ever.
    #[test]
    fn busy_for_ever() {
        let Ok(grace) = env::var(GRACE) else { return };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        runtime.block_on(async {
            let stop = hear(Duration::from_millis(grace.parse().unwrap())).unwrap();
            writeln!(io::stderr(), "ready").unwrap();
            stop.await;
            writeln!(io::stderr(), "stopping").unwrap();
            loop {
                thread::park();
            }
        });
    }

    /// The code of the process, which gets a signal after each of the lines that it writes.
    fn code(signals: &[(&str, &str)], grace: Duration) -> Option<i32> {
        let mut busy = Command::new(env::current_exe().unwrap())
            .args(["--exact", "signals::tests::process::busy_for_ever", "--nocapture"])
            .env(GRACE, grace.as_millis().to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (said, says) = mpsc::channel();
        let mut lines = BufReader::new(busy.stderr.take().unwrap()).lines();
        thread::spawn(move || lines.try_for_each(|line| said.send(line.unwrap())));
        for (line, signal) in signals {
            assert_eq!(says.recv_timeout(Duration::from_secs(20)).as_deref(), Ok(*line));
            send(signal, &busy);
        }
        while says.recv_timeout(Duration::from_secs(20)).is_ok() {}
        let _ = busy.kill(); // if it did not end, and then it has no code
        busy.wait().unwrap().code()
    }

    fn send(signal: &str, to: &Child) {
        let sent = Command::new("kill").args([signal, &to.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    #[test]
    fn a_busy_server_ends_after_the_grace() {
        assert_eq!(code(&[("ready", "-TERM")], SHORT), Some(0));
    }

    #[test]
    fn a_busy_server_ends_at_the_second_signal() {
        assert_eq!(code(&[("ready", "-INT"), ("stopping", "-INT")], NEVER), Some(130));
        assert_eq!(code(&[("ready", "-TERM"), ("stopping", "-TERM")], NEVER), Some(130));
    }
}
