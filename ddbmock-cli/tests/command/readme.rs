//! The commands of the README, run as they stand there; only their port is another.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use crate::DDBMOCK;
use crate::settings::folder;

const README: &str = include_str!("../../../README.md");

/// The one snippet of a language in which a text stands.
fn snippet(language: &str, with: &str) -> &'static str {
    let opening = format!("```{language}\n");
    let mut found = README
        .split(&opening)
        .skip(1)
        .filter_map(|rest| rest.split_once("```"))
        .filter_map(|(text, _)| text.contains(with).then_some(text));
    let text = found.next().unwrap();
    assert_eq!(found.next(), None);
    text
}

#[test]
fn the_commands_of_the_readme_run() {
    let folder = folder("readme");
    fs::write(folder.join("songs.json"), snippet("json", "songs")).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let programs = Path::new(DDBMOCK).parent().unwrap().to_path_buf();
    let path = env::var_os("PATH").unwrap();
    let paths = [programs].into_iter().chain(env::split_paths(&path));
    // Nothing outlives the shell, whatever fails in it.
    let lines = format!("trap 'kill $! 2> /dev/null || true' EXIT\n{}", snippet("sh", "ddbmock serve"));
    let output = Command::new("sh")
        .args(["-e", "-c", &lines])
        .current_dir(&folder)
        .env("PATH", env::join_paths(paths).unwrap())
        .env("DDBMOCK_PORT", &port)
        .output()
        .unwrap();
    fs::remove_dir_all(folder).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.starts_with(format!("ddbmock is ready at http://127.0.0.1:{port} ").as_bytes()));
}
