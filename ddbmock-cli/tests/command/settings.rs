//! Settings from flags, the environment and a file, and which of them counts.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, process};

use crate::{DDBMOCK, Serving};

/// A folder for one test.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("ddbmock-{test}-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What `ddbmock env` prints of the server and the region, with these settings.
fn pointed(file: Option<&str>, variables: &[(&str, &str)], flags: &[&str]) -> (Option<i32>, String, String) {
    let folder = folder("settings");
    if let Some(text) = file {
        fs::write(folder.join("ddbmock.toml"), text).unwrap();
    }
    let mut command = Command::new(DDBMOCK);
    command.arg("env").args(flags).envs(variables.iter().copied()).current_dir(&folder);
    let output = command.output().unwrap();
    fs::remove_dir_all(folder).unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let told = out.lines().filter(|line| line.contains("_DYNAMODB=") || line.contains("AWS_REGION="));
    let told: Vec<_> = told.filter_map(|line| line.split('\'').nth(1)).collect();
    (output.status.code(), told.join(" "), String::from_utf8(output.stderr).unwrap())
}

/// One test, for all of it is about one folder.
#[test]
fn flags_beat_the_environment_which_beats_the_file() {
    let check = |file, variables: &[(&str, &str)], flags: &[&str], expected: &str| {
        assert_eq!(pointed(file, variables, flags), (Some(0), expected.to_owned(), String::new()));
    };
    let file = Some("port = 1\nregion = \"of-file\"\nexplain = true");
    let port = ("DDBMOCK_PORT", "2");
    let region = ("DDBMOCK_REGION", "of-env");
    check(None, &[], &[], "http://127.0.0.1:8000 us-east-1");
    check(file, &[], &[], "http://127.0.0.1:1 of-file");
    check(file, &[port], &[], "http://127.0.0.1:2 of-file");
    check(file, &[("DDBMOCK_PORT", "")], &[], "http://127.0.0.1:1 of-file");
    check(file, &[port, region], &["--port", "3"], "http://127.0.0.1:3 of-env");
    check(file, &[port], &["--listen", "127.0.0.1:4"], "http://127.0.0.1:4 of-file");
    check(file, &[("DDBMOCK_LISTEN", "127.0.0.1:5")], &[], "http://127.0.0.1:5 of-file");
    check(None, &[("DDBMOCK_URL", "http://elsewhere:9")], &["--region", "x"], "http://elsewhere:9 x");

    let refused = |file, variables: &[(&str, &str)], expected: &str| {
        let (code, _, said) = pointed(file, variables, &[]);
        assert_eq!(code, Some(2));
        assert!(said.starts_with(expected) && said.lines().count() == 1, "{said}");
    };
    refused(
        Some("\nprot = 1"),
        &[],
        "ddbmock: ddbmock.toml, line 2: `prot` is no setting; did you mean `port`?",
    );
    refused(
        Some("port = 70000"),
        &[],
        "ddbmock: ddbmock.toml, line 1: invalid value '70000' for '--port <PORT>'",
    );
    refused(None, &[("DDBMOCK_PORT", "x")], "ddbmock: DDBMOCK_PORT: invalid value 'x' for '--port <PORT>'");
    refused(None, &[("DDBMOCK_CONFIG", "none.toml")], "ddbmock: none.toml: ");
}

#[test]
fn settings_that_cannot_be_read_are_refused() {
    let folder = folder("unreadable");
    fs::create_dir(folder.join("ddbmock.toml")).unwrap(); // as containers make of a file that is not there
    let output = Command::new(DDBMOCK).arg("env").current_dir(&folder).output().unwrap();
    fs::remove_dir_all(folder).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("ddbmock: ddbmock.toml: "));
}

#[cfg(unix)]
#[test]
fn commands_for_other_local_dynamodbs_work() {
    let arguments =
        "-Djava.library.path=./DynamoDBLocal_lib -jar DynamoDBLocal.jar -inMemory -sharedDb -port 0 --json";
    let serving = Serving::start(Command::new(DDBMOCK).args(arguments.split(' ')));
    assert!(crate::health(serving.port()).ends_with("amazonaws.com "));
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
}

#[cfg(unix)]
#[test]
fn switches_can_be_set_in_the_environment() {
    let mut command = Command::new(DDBMOCK);
    command.args(["serve", "--port", "0"]).env("DDBMOCK_JSON", "1").env("DDBMOCK_ISOLATE", "no");
    let serving = Serving::start(&mut command);
    assert!(serving.ready.starts_with("{\"ready\":true"), "{}", serving.ready);
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
}
