//! The page of flags, held against the command itself: what stands there is so, and nothing is left out.

use std::collections::BTreeSet;
use std::ffi::OsString;

use clap::Arg;

use super::parse;
use crate::arguments::{Command, command, file, foreign, variable};
use crate::outcome::Outcome;

const PAGE: &str = include_str!("../../../../docs/src/flags.md");

const EXCHANGE: &str = include_str!("../../../../docs/src/exchange.md");

/// The cells of each row of the page's table with that first line. Words of code are without their quotes.
fn table(first: &str) -> Vec<Vec<String>> {
    table_of(PAGE, first)
}

fn table_of(page: &str, first: &str) -> Vec<Vec<String>> {
    let (_, rest) = page.split_once(first).unwrap();
    let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| -> Vec<String> {
        let line = line.replace("\\|", "\0");
        let cells = line.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().replace('\0', "|")).collect()
    };
    rows.map(cells).collect()
}

fn code(cell: &str) -> &str {
    cell.trim_matches('`')
}

/// The flags of a subcommand as a row begins: the flag with its value, its variable, and what is used otherwise.
fn flags(subcommand: &str) -> Vec<(String, [String; 3])> {
    let mut command = command();
    command.build();
    let known = command.find_subcommand(subcommand).unwrap().get_arguments();
    let shown =
        known.filter(|flag| !flag.is_hide_set() && flag.get_long().is_some_and(|long| long != "help"));
    shown
        .map(|flag| {
            let long = flag.get_long().unwrap();
            (long.to_owned(), [written(flag), variable(long), otherwise(flag)])
        })
        .collect()
}

fn written(flag: &Arg) -> String {
    let long = flag.get_long().unwrap();
    if !flag.get_action().takes_values() {
        return format!("--{long}");
    }
    let many = flag.get_num_args().is_some_and(|number| number.max_values() > 1);
    let [value] = flag.get_value_names().unwrap() else { panic!("{long} has several values") };
    format!("--{long} {value}{}", if many { "..." } else { "" })
}

fn otherwise(flag: &Arg) -> String {
    let values = flag.get_default_values().first().filter(|_| flag.get_action().takes_values());
    values.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

#[test]
fn every_flag_of_the_server_is_on_the_page() {
    let rows = table("| flag | variable | in the file | else | what for |");
    let shown: Vec<[String; 3]> =
        rows.iter().map(|row| [&row[0], &row[1], &row[3]].map(|cell| code(cell).to_owned())).collect();
    let known: Vec<[String; 3]> = flags("serve").into_iter().map(|(_, cells)| cells).collect();
    assert_eq!(shown, known);
}

#[test]
fn what_stands_in_the_file_is_understood() {
    let command = command();
    let serve = command.find_subcommand("serve").unwrap();
    let rows = table("| flag | variable | in the file | else | what for |");
    let mut words = vec!["serve".to_owned()];
    for ((long, _), row) in flags("serve").iter().zip(&rows).filter(|((long, _), _)| long != "config") {
        let settings = file::read("page", code(&row[2]), serve).unwrap();
        assert!(matches!(settings.as_slice(), [setting] if setting.name == *long), "{row:?}");
        words.extend(settings[0].words.iter().map(|word| word.to_str().unwrap().to_owned()));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert!(matches!(parse(&words), Ok(Command::Serve(_))));
}

#[test]
fn every_flag_of_the_other_commands_is_on_the_page() {
    let of_the_server = ["listen", "port", "config"];
    let mut known = BTreeSet::new();
    for name in ["healthcheck", "wait", "env"] {
        let (shared, own): (Vec<_>, Vec<_>) =
            flags(name).into_iter().partition(|(long, _)| of_the_server.contains(&long.as_str()));
        assert_eq!(shared.len(), of_the_server.len());
        known.extend(own.into_iter().map(|(_, cells)| (name.to_owned(), cells)));
    }
    let mut shown = BTreeSet::new();
    for row in table("| flag | variable | else | of |") {
        let cells = [&row[0], &row[1], &row[2]].map(|cell| code(cell).to_owned());
        shown.extend(row[3].split(", ").map(|name| (name.to_owned(), cells.clone())));
    }
    assert_eq!(shown, known);
}

#[test]
fn every_flag_of_export_and_import_is_on_their_page() {
    for name in ["export", "import"] {
        let (_, section) = EXCHANGE.split_once(&format!("Of `ddbmock {name} ")).unwrap();
        let rows = table_of(section, "| flag | variable | else | what for |");
        let shown: Vec<[String; 3]> =
            rows.iter().map(|row| [&row[0], &row[1], &row[2]].map(|cell| code(cell).to_owned())).collect();
        let known: Vec<[String; 3]> = flags(name).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(shown, known, "{name}");
    }
}

#[test]
fn flags_of_others_mean_what_the_page_says() {
    let rows = table("| theirs | here |");
    for row in &rows {
        for theirs in row[0].split("`, `") {
            let words = ["ddbmock", "serve"].into_iter().chain(code(theirs).split(' ')).map(OsString::from);
            let ours = match foreign::translated(words.collect()) {
                Ok(words) => words[2..].iter().map(|word| word.to_str().unwrap().to_owned()).collect(),
                Err(Outcome::Refused(_)) => vec!["refused".to_owned()],
                Err(other) => panic!("{other:?}"),
            };
            // It only keeps those apart that ask for two things at once.
            let ours: Vec<String> = ours.into_iter().filter(|word| word != "--shared-db").collect();
            let ours = if ours.is_empty() { "nothing".to_owned() } else { ours.join(" ") };
            let here =
                if row[1].starts_with('`') { code(&row[1]) } else { row[1].split(':').next().unwrap() };
            assert_eq!(ours, here, "{theirs}");
        }
    }
    let has = |name: &str| rows.iter().any(|row| row[0].contains(&format!("-{name}")));
    let missing: Vec<&str> = foreign::names().filter(|name| !has(name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
