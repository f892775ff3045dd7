//! A million items that the command imports into a new file.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::process::Command;
use std::time::Instant;

use crate::documents::{self, PAGE};
use crate::million::MILLION;
use crate::scratch::Scratch;

/// How long it takes, in seconds: from the start of the command to its end.
pub(crate) fn seconds(program: &str) -> Result<f64, String> {
    let scratch = Scratch::new()?;
    let items = scratch.at("plays.jsonl");
    let written = || -> io::Result<()> {
        fs::write(scratch.at("plays.table.json"), documents::keyed_by_listener("plays"))?;
        let mut out = BufWriter::new(File::create(&items)?);
        (0..MILLION).try_for_each(|nth| writeln!(out, "{}", documents::play(nth / PAGE, nth % PAGE)))?;
        out.flush()
    };
    written().map_err(|error| format!("{}: {error}", items.display()))?;
    let mut import = Command::new(program);
    import.args(["import", "--db"]).arg(scratch.file()).arg(&items);
    let start = Instant::now();
    let output = import.output().map_err(|error| format!("{program}: {error}"))?;
    let seconds = start.elapsed().as_secs_f64();
    if output.stdout == format!("plays: {MILLION} items\n").as_bytes() {
        return Ok(seconds);
    }
    let [out, err] = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    Err(format!("the import says {out}{err}"))
}
