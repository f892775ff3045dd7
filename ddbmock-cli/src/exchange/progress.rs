//! How far it is: a line on a terminal, and nothing elsewhere.

use std::fmt::Display;
use std::io::{self, Read, Write as _};

use indicatif::{ProgressBar, ProgressStyle};

/// How much of a table is done. It leaves nothing on the terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Of so many items.
    pub(super) fn of_items(table: &str, items: u64) -> Self {
        Self::new(table, items, "{prefix} {wide_bar} {human_pos} of {human_len} items, {eta}")
    }

    /// Of so many bytes that are read.
    pub(super) fn of_bytes(table: &str, bytes: u64) -> Self {
        Self::new(table, bytes, "{prefix} {wide_bar} {bytes} of {total_bytes}, {eta}")
    }

    fn new(table: &str, length: u64, template: &str) -> Self {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        Self(ProgressBar::new(length).with_style(style).with_prefix(table.to_owned()))
    }

    /// One more item.
    pub(super) fn item(&self) {
        self.0.inc(1);
    }

    /// What is read, counted.
    pub(super) fn reading<R: Read>(&self, source: R) -> impl Read + use<R> {
        self.0.wrap_read(source)
    }

    /// Says something on standard error. Nobody may be listening, which changes nothing.
    pub(super) fn say(&self, line: impl Display) {
        self.0.suspend(|| drop(writeln!(io::stderr(), "ddbmock: {line}")));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
