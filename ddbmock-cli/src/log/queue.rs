//! Log lines on their way out, so that whoever logs never waits for whoever reads.

use std::io::{self, Write};
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// How much waits for its reader. What comes on top is lost, and counted.
const WAITING_BYTES_MAX: usize = 1024 * 1024;

/// How long the end waits for the last lines to be read.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(250);

/// Lines that wait to be written. Each write to it is one line.
#[derive(Debug)]
pub(super) struct Queue {
    lines: Mutex<Lines>,
    changed: Condvar,
}

#[derive(Debug)]
struct Lines {
    waiting: Vec<u8>,
    /// How many lines found no room since the last one that did.
    lost: u64,
    /// Whether lines were taken that are not written yet.
    writing: bool,
}

impl Queue {
    pub(super) const fn new() -> Self {
        Self {
            lines: Mutex::new(Lines { waiting: Vec::new(), lost: 0, writing: false }),
            changed: Condvar::new(),
        }
    }

    /// Waits for lines and writes all there are. That nobody reads them is no error.
    pub(super) fn pass_on(&self, mut out: impl Write) {
        let mut lines = self
            .changed
            .wait_while(self.lines(), |lines| lines.waiting.is_empty())
            .expect("nothing panics with the lines locked");
        lines.writing = true;
        let taken = mem::take(&mut lines.waiting);
        drop(lines);
        let _ = out.write_all(&taken).and_then(|()| out.flush());
        self.lines().writing = false;
        self.changed.notify_all();
    }

    /// Waits until all lines are written, though not for long.
    pub(super) fn flush(&self) {
        let mut lines = self.lines();
        lines.admit_loss();
        self.changed.notify_all();
        let unwritten = |lines: &mut Lines| lines.writing || !lines.waiting.is_empty();
        drop(self.changed.wait_timeout_while(lines, FLUSH_TIMEOUT, unwritten));
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().expect("nothing panics with the lines locked")
    }
}

impl Lines {
    fn push(&mut self, line: &[u8]) {
        if self.waiting.len() + line.len() > WAITING_BYTES_MAX {
            self.lost += 1;
        } else {
            self.admit_loss();
            self.waiting.extend_from_slice(line);
        }
    }

    fn admit_loss(&mut self) {
        let note = match mem::take(&mut self.lost) {
            0 => return,
            1 => "1 log line was lost: nobody reads them fast enough\n".to_owned(),
            lost => format!("{lost} log lines were lost: nobody reads them fast enough\n"),
        };
        self.waiting.extend_from_slice(note.as_bytes());
    }
}

impl Write for &Queue {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.lines().push(line);
        self.changed.notify_all();
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{Queue, WAITING_BYTES_MAX};

    fn passed_on(queue: &Queue) -> String {
        let mut out = Vec::new();
        queue.pass_on(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_come_out_as_they_went_in() {
        let queue = Queue::new();
        (&queue).write_all(b"one\n").unwrap();
        (&queue).write_all(b"two\n").unwrap();
        assert_eq!(passed_on(&queue), "one\ntwo\n");
        queue.flush();
    }

    #[test]
    fn lines_that_nobody_reads_are_lost_and_counted() {
        let queue = Queue::new();
        let line = [b'x'; 1000];
        for _ in 0..WAITING_BYTES_MAX / line.len() + 3 {
            (&queue).write_all(&line).unwrap();
        }
        let held = passed_on(&queue);
        assert!(held.len() <= WAITING_BYTES_MAX && held.bytes().all(|byte| byte == b'x'));
        (&queue).write_all(b"next\n").unwrap();
        let note = "3 log lines were lost: nobody reads them fast enough\n";
        assert_eq!(passed_on(&queue), format!("{note}next\n"));
    }

    #[test]
    fn the_end_says_what_was_lost_and_waits_for_no_reader() {
        let queue = Queue::new();
        (&queue).write_all(&vec![b'x'; WAITING_BYTES_MAX + 1]).unwrap();
        queue.flush(); // nobody passes anything on
        assert_eq!(passed_on(&queue), "1 log line was lost: nobody reads them fast enough\n");
    }
}
