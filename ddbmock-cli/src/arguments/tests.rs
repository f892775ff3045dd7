mod page;

use std::ffi::OsString;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::{prop_assert, prop_assert_eq, proptest};

use super::{Command, command, read};
use crate::env::exports;
use crate::outcome::Outcome;

fn parse(arguments: &[&str]) -> Result<Command, Outcome> {
    read(std::iter::once("ddbmock").chain(arguments.iter().copied()).map(OsString::from))
}

fn shown(arguments: &[&str]) -> String {
    match parse(arguments) {
        Err(Outcome::Shown(text) | Outcome::Usage(text) | Outcome::Refused(text)) => text,
        Ok(command) => panic!("{command:?}"),
    }
}

/// All commands there are, and those within them.
fn commands(command: &clap::Command) -> Vec<String> {
    let within = |inner: &clap::Command| {
        let name = inner.get_name().to_owned();
        let deeper: Vec<_> = commands(inner).into_iter().map(|words| format!("{name} {words}")).collect();
        [name].into_iter().chain(deeper).collect::<Vec<_>>()
    };
    command.get_subcommands().flat_map(within).collect()
}

#[test]
fn help_is_written_for_people() {
    insta::assert_snapshot!("help", shown(&["--help"]));
    insta::assert_snapshot!("serve_help", shown(&["serve", "--help"]));
    insta::assert_snapshot!("wait_help", shown(&["wait", "--help"]));
    insta::assert_snapshot!("export_help", shown(&["export", "--help"]));
    insta::assert_snapshot!("import_help", shown(&["import", "--help"]));
    let pages = ["serve", "wait", "export", "import"];
    let others = commands(&command()).into_iter().filter(|words| !pages.contains(&words.as_str()));
    let help =
        others.map(|words| format!("{}\n", shown(&words.split(' ').chain(["--help"]).collect::<Vec<_>>())));
    insta::assert_snapshot!("help_of_others", help.collect::<String>());
    assert!(matches!(parse(&[]), Err(Outcome::Usage(_))));
}

#[test]
fn refusals_are_one_line() {
    let lists: &[&[&str]] = &[
        &["serve", "--prot", "1"],
        &["serve", "--port", "70000"],
        &["serve", "--port"],
        &["serve", "--wording", "old"],
        &["serve", "--listen", "a:b"],
        &["serve", "--account", "1"],
        &["serve", "--region", "a b"],
        &["serve", "--json", "--json"],
        &["serve", "here\nUsage: there"],
        &["sevre"],
        &["wait", "--timeout", "5"],
        &["wait", "--timeout", "99999999999999999999s"],
        &["wait", "--url", "https://localhost"],
        &["env", "--shell", "tcsh"],
        &["completions"],
        &["serve", "-sharedDb", "--isolate"],
        &["serve", "--delay-create", "2"],
        &["serve", "--createTableMs", "soon"],
        &["serve", "-dbPath", "."],
        &["--prot"],
        &["serve", "--config", "no-such-file.toml"],
        &["export", "--db", "tables.db"],
        &["import", "--db", "tables.db"],
        &["import", "--format", "ion", "songs"],
        &["import", "--existing", "--schema", "songs.json", "songs"],
        &["import", "--skip-bad", "some", "songs"],
    ];
    let lines: Vec<String> = lists
        .iter()
        .map(|list| match parse(list) {
            Err(Outcome::Refused(line)) => line,
            other => panic!("{list:?}: {other:?}"),
        })
        .collect();
    insta::assert_snapshot!("refusals", lines.join("\n"));
}

const KNOWN: &[&str] = &[
    "serve",
    "healthcheck",
    "wait",
    "env",
    "completions",
    "help",
    "--help",
    "-h",
    "--version",
    "--listen",
    "--port",
    "--wording",
    "--explain",
    "--json",
    "--log",
    "--account",
    "--region",
    "--isolate",
    "--seed",
    "a,b",
    "--delay-create",
    "--delay-update=1s",
    "--delay-delete",
    "--db",
    "--durability=full",
    "db",
    "check",
    "export",
    "import",
    "--to",
    "--format=csv",
    "--existing",
    "--ready-file",
    "--config",
    "--url",
    "--timeout",
    "--shell",
    "--port=1",
    "--",
    "-port",
    "-inMemory",
    "-sharedDb",
    "-dbPath",
    "-cors",
    "-jar",
    "-Dx=y",
    "-delayTransientStatuses",
    "-disableTelemetry",
    "-optimizeDbBeforeStartup",
    "-help",
    "--createTableMs",
    "--deleteTableMs=1",
    "--updateTableMs",
    "--host",
    "--ssl",
    "--verbose",
    "--debug",
    "--maxItemSizeKb",
    "0",
    "127.0.0.1:1",
    "classic",
    "http://localhost:1",
    "5s",
    "bash",
    "fish",
    "*",
    "400",
];

/// What the image runs is a list of words in brackets.
#[test]
fn the_image_runs_commands_that_are_there() {
    let words = |start: &str| {
        let line =
            include_str!("../../../Containerfile").lines().find(|line| line.starts_with(start)).unwrap();
        let (_, list) = line.split_once('[').unwrap();
        list.split('"').skip(1).step_by(2).collect::<Vec<_>>()
    };
    let run = [words("ENTRYPOINT"), words("CMD")].concat();
    assert!(matches!(parse(&run[1..]), Ok(Command::Serve(_))));
    assert!(matches!(parse(&words("HEALTHCHECK")[1..]), Ok(Command::Healthcheck { .. })));
}

#[test]
fn values_have_bounds() {
    let check = |flag: &str, value: &str, taken: bool| {
        assert_eq!(parse(&["serve", flag, value]).is_ok(), taken, "{flag} {value}");
    };
    for (threads, taken) in [("0", false), ("1", true), ("255", true), ("256", false)] {
        check("--threads", threads, taken);
    }
    for (letters, taken) in [(0, false), (1, true), (64, true), (65, false)] {
        check("--region", &"r".repeat(letters), taken);
    }
    for (digits, taken) in [(11, false), (12, true), (13, false)] {
        check("--account", &"1".repeat(digits), taken);
    }
    for (shards, taken) in [("0", false), ("1", true), ("1024", true), ("1025", false)] {
        check("--stream-shards", shards, taken);
    }
}

#[test]
fn delays_are_times() {
    let line = ["serve", "--createTableMs", "20", "-delayTransientStatuses", "--delay-delete", "1m"];
    let Ok(Command::Serve(serve)) = parse(&line) else { panic!() };
    let delays = [serve.delay_create, serve.delay_update, serve.delay_delete];
    assert_eq!(delays.map(|delay| delay.as_millis()), [20, 10_000, 60_000]);
}

fn words() -> impl Strategy<Value = Vec<OsString>> {
    let word = prop_oneof![
        3 => select(KNOWN).prop_map(OsString::from),
        1 => any::<String>().prop_map(OsString::from),
        1 => raw(),
    ];
    vec(word, 0..10)
}

/// Words that are no UTF-8.
fn raw() -> impl Strategy<Value = OsString> {
    #[cfg(unix)]
    return vec(any::<u8>(), 0..6).prop_map(std::os::unix::ffi::OsStringExt::from_vec);
    #[cfg(not(unix))]
    return any::<String>().prop_map(OsString::from);
}

proptest! {
    #[test]
    fn any_arguments_run_or_say_why_not(words in words()) {
        let command = OsString::from("ddbmock");
        match read(std::iter::once(command).chain(words)) {
            Ok(Command::Serve(serve)) => prop_assert!(serve.account.len() == 12),
            Ok(Command::Env { server, region, shell }) => {
                let words = exports(&server.url(), &region, shell);
                prop_assert_eq!(words.lines().count(), 6);
                prop_assert!(words.lines().all(|line| line.matches('\'').count() == 2), "{}", words);
            }
            Ok(_) => {}
            Err(Outcome::Shown(text) | Outcome::Usage(text)) => prop_assert!(!text.is_empty()),
            Err(Outcome::Refused(line)) => prop_assert!(!line.contains('\n'), "{line}"),
        }
    }
}
