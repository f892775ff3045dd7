//! Whether operations take as many instructions as they did: a count is the same on a busy machine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, process};

use comfy_table::{CellAlignment, Table};
use toml::Value;

use crate::counted::{COUNTED, COUNTED_FUNCTION, REPEATS};
use crate::table;

/// The list of what operations take, in this crate's folder.
const LIST: &str = "counts.toml";
/// By what share a count may grow.
const TOLERANCE: f64 = 0.03;
/// The same when another compiler made the program.
const TOLERANCE_OTHER_COMPILER: f64 = 0.15;

/// What operations take, and the compiler of which that is true.
#[derive(Debug, PartialEq)]
pub(crate) struct Counts {
    compiler: String,
    /// Instructions an operation, by the name of the workload.
    instructions: BTreeMap<String, u64>,
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing takes more than it did, or nothing can be counted here.
    Good,
    /// Something does.
    Bad,
}

/// Counts, and compares with what the list has; or writes the list anew.
pub(crate) fn run(accept: bool) -> Result<Found, String> {
    if !has_valgrind() {
        eprintln!("NOT CHECKED: instructions are counted by valgrind, and there is none. Install valgrind");
        return Ok(Found::Good);
    }
    let measured = Counts { compiler: compiler()?, instructions: count()? };
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST);
    if accept {
        fs::write(&list, measured.written()).map_err(|error| format!("{}: {error}", list.display()))?;
        println!("{LIST} has what was counted");
        return Ok(Found::Good);
    }
    let text = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let expected = Counts::read(&text)?;
    let compared = expected.compared(&measured);
    if expected.compiler != measured.compiler {
        eprintln!(
            "ANOTHER COMPILER: the list was counted with {}, this is {}; only what grew by {:.0}% is held against it",
            expected.compiler,
            measured.compiler,
            TOLERANCE_OTHER_COMPILER * 100.0
        );
    }
    println!("{}", compared.table);
    if compared.found == Found::Bad {
        eprintln!("make it cheaper again, or, if it has to be so: cargo xtask bench --check --accept");
    }
    Ok(compared.found)
}

fn has_valgrind() -> bool {
    let asked =
        Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

fn compiler() -> Result<String, String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = Command::new(rustc).arg("--version").output().map_err(|error| format!("rustc: {error}"))?;
    Ok(String::from_utf8_lossy(&told.stdout).trim().to_owned())
}

/// Runs this program's counted part under valgrind: a file of counts is written whenever the counted function ends.
fn count() -> Result<BTreeMap<String, u64>, String> {
    let folder = env::temp_dir().join(format!("ddbmock-counts-{}", process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let counted = count_in(&folder);
    let _ = fs::remove_dir_all(&folder); // what is left there harms nobody
    counted
}

fn count_in(folder: &Path) -> Result<BTreeMap<String, u64>, String> {
    let program = env::current_exe().map_err(|error| format!("where is this program? {error}"))?;
    let output: PathBuf = folder.join("counts");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--tool=callgrind", "--combine-dumps=no"]);
    valgrind.arg(format!("--callgrind-out-file={}", output.display()));
    valgrind.arg(format!("--toggle-collect={COUNTED_FUNCTION}"));
    valgrind.arg(format!("--dump-after={COUNTED_FUNCTION}"));
    // The environment lies on the stack, and moves what is on it.
    valgrind.arg(program).arg("counted").env_clear();
    let done = valgrind.output().map_err(|error| format!("valgrind: {error}"))?;
    if !done.status.success() {
        return Err(format!("the counted program failed: {}", String::from_utf8_lossy(&done.stderr)));
    }
    let counts = COUNTED.iter().zip(1..).map(|(counted, nth)| {
        let file = output.with_extension(nth.to_string());
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let total = total(&text).filter(|total| *total > 0);
        let total = total.ok_or_else(|| format!("valgrind counted nothing of {}", counted.name))?;
        Ok((counted.name.to_owned(), total / REPEATS as u64))
    });
    counts.collect()
}

/// The instructions of a file of callgrind's.
fn total(text: &str) -> Option<u64> {
    let line =
        text.lines().find_map(|line| line.strip_prefix("totals:").or(line.strip_prefix("summary:")))?;
    line.trim().parse().ok()
}

struct Compared {
    table: Table,
    found: Found,
}

impl Counts {
    fn read(text: &str) -> Result<Self, String> {
        let list: toml::Table = text.parse().map_err(|error| format!("{LIST}: {error}"))?;
        let compiler = list.get("compiler").and_then(Value::as_str);
        let instructions = list.get("instructions").and_then(Value::as_table);
        let count =
            |(name, count): (&String, &Value)| Some((name.clone(), count.as_integer()?.try_into().ok()?));
        let instructions = instructions.and_then(|table| table.iter().map(count).collect::<Option<_>>());
        let (Some(compiler), Some(instructions)) = (compiler, instructions) else {
            return Err(format!("{LIST} needs `compiler` and whole numbers in `[instructions]`"));
        };
        Ok(Self { compiler: compiler.to_owned(), instructions })
    }

    fn written(&self) -> String {
        let counts = self.instructions.iter().map(|(name, count)| format!("{name} = {count}\n"));
        format!(
            "# Instructions an operation, as `cargo xtask bench --check --accept` counted them.\n\
             compiler = \"{}\"\n\n[instructions]\n{}",
            self.compiler,
            counts.collect::<String>()
        )
    }

    /// Holds what was measured against these counts.
    fn compared(&self, measured: &Self) -> Compared {
        let is_same = self.compiler == measured.compiler;
        let tolerance = if is_same { TOLERANCE } else { TOLERANCE_OTHER_COMPILER };
        let mut found = Found::Good;
        let mut rows = Vec::new();
        for (name, count) in &measured.instructions {
            let expected = self.instructions.get(name);
            let change = expected.map_or(0.0, |expected| *count as f64 / *expected as f64 - 1.0);
            let verdict = match expected {
                None => "not in the list: accept it",
                Some(_) if change > tolerance => "too many",
                Some(_) if change < -tolerance => "fewer: accept them, so that it stays so",
                Some(_) => "",
            };
            if expected.is_none() || change > tolerance {
                found = Found::Bad;
            }
            rows.push([
                name.clone(),
                expected.map_or_else(String::new, u64::to_string),
                count.to_string(),
                format!("{:+.1}%", change * 100.0),
                verdict.to_owned(),
            ]);
        }
        for name in self.instructions.keys().filter(|name| !measured.instructions.contains_key(*name)) {
            found = Found::Bad;
            rows.push([
                name.clone(),
                String::new(),
                String::new(),
                String::new(),
                "no such workload".to_owned(),
            ]);
        }
        let mut table = table::text(&["instructions", "expected", "measured", "change", ""]);
        table.add_rows(rows);
        for column in table.column_iter_mut().skip(1).take(3) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        Compared { table, found }
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNTED, Counts, Found, LIST, total};

    fn counts(compiler: &str, get: u64, put: u64) -> Counts {
        let instructions = [("get".to_owned(), get), ("put".to_owned(), put)].into();
        Counts { compiler: compiler.to_owned(), instructions }
    }

    #[test]
    fn the_list_can_be_read_and_has_all_that_is_counted() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST);
        let list = Counts::read(&std::fs::read_to_string(path).unwrap()).unwrap();
        let names: std::collections::BTreeSet<&str> = COUNTED.iter().map(|counted| counted.name).collect();
        assert!(list.instructions.keys().map(String::as_str).eq(names));
        assert_eq!(Counts::read(&list.written()), Ok(list));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["", "compiler = 1", "compiler = \"\"\n[instructions]\nget = 1.5", "["] {
            assert!(Counts::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn more_instructions_than_before_are_found() {
        let check = |expected: Counts, measured: Counts, found| {
            assert_eq!(expected.compared(&measured).found, found, "{expected:?} {measured:?}");
        };
        check(counts("1", 1_000, 1_000), counts("1", 1_029, 500), Found::Good);
        check(counts("1", 1_000, 1_000), counts("1", 1_031, 1_000), Found::Bad);
        check(counts("1", 1_000, 1_000), counts("2", 1_031, 1_000), Found::Good);
        check(counts("1", 1_000, 1_000), counts("2", 1_151, 1_000), Found::Bad);
        let mut fewer = counts("1", 1_000, 1_000);
        fewer.instructions.remove("put");
        check(fewer, counts("1", 1_000, 1_000), Found::Bad);
        let mut fewer = counts("1", 1_000, 1_000);
        fewer.instructions.remove("put");
        check(counts("1", 1_000, 1_000), fewer, Found::Bad);
    }

    #[test]
    fn differences_are_told() {
        let mut measured = counts("1", 1_100, 900);
        measured.instructions.insert("scan".to_owned(), 5);
        insta::assert_snapshot!(counts("1", 1_000, 1_000).compared(&measured).table.to_string());
    }

    #[test]
    fn totals_are_found() {
        assert_eq!(total("version: 1\nsummary: 12\n\ntotals: 12\n"), Some(12));
        assert_eq!(total("version: 1\n"), None);
    }
}
