//! Flags of other local DynamoDBs, for commands that were written for those: DynamoDB Local's, with one dash or two,
//! and dynalite's. What asks for something that is not done here is refused, never dropped.

use std::ffi::OsString;

use crate::outcome::Outcome;

use Meaning::{Ignored, Milliseconds, Only, Refused, Value, Words};

/// What a foreign flag means here.
#[derive(Clone, Copy)]
enum Meaning {
    /// These words.
    Words(&'static [&'static str]),
    /// This flag, with the value that follows.
    Value(&'static str),
    /// This flag, whose value is a number of milliseconds there.
    Milliseconds(&'static str),
    /// Nothing, if the value that follows is this one; else the line says why not.
    Only(&'static str, &'static str),
    /// Nothing, whatever the value that follows.
    Ignored,
    /// Something that is not done: the line says so, and what to do.
    Refused(&'static str),
}

/// Theirs names a folder, whose files are not ours.
const ONE_FILE: &str = "tables are kept in one file here. Name it with --db FILE";

/// The flags that are not ours, without their dashes.
const MEANINGS: &[(&str, Meaning)] = &[
    // Memory it is unless a file is named, tables are shared anyway, and nobody is told anything.
    ("inMemory", Words(&[])),
    ("disableTelemetry", Words(&[])),
    ("optimizeDbBeforeStartup", Words(&[])),
    ("sharedDb", Words(&["--shared-db"])),
    ("cors", Only("*", "pages of every origin may ask, which cannot be narrowed. Say `*`, or leave it out")),
    ("jar", Ignored),
    ("host", Value("--listen")),
    ("verbose", Words(&["--log=debug"])),
    ("debug", Words(&["--log=debug"])),
    ("maxItemSizeKb", Only("400", "items hold up to 400 KB, as DynamoDB's do. Leave it out")),
    ("ssl", Refused("only plain HTTP is spoken. Leave it out, and use an http:// URL")),
    ("dbPath", Refused(ONE_FILE)),
    ("path", Refused(ONE_FILE)),
    ("createTableMs", Milliseconds("--delay-create")),
    ("updateTableMs", Milliseconds("--delay-update")),
    ("deleteTableMs", Milliseconds("--delay-delete")),
    // It slows down the making and deleting of indexes. Source: developer guide, DynamoDB Local usage notes.
    ("delayTransientStatuses", Words(&["--delay-update=10s"])),
];

fn meaning(name: &str) -> Option<Meaning> {
    MEANINGS.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning)
}

/// Their names.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    MEANINGS.iter().map(|(name, _)| *name)
}

/// The words of a command line, the command's name first, with foreign flags in our own words. Without a subcommand a
/// flag is one of `serve`.
pub(super) fn translated(words: Vec<OsString>) -> Result<Vec<OsString>, Outcome> {
    let mut words = words.into_iter();
    let mut translated: Vec<OsString> = words.next().into_iter().collect();
    let rest: Vec<OsString> = words.collect();
    let first = rest.first().and_then(|word| word.to_str()).unwrap_or_default();
    match first {
        "serve" => {}
        _ if first.len() > 1 && first.starts_with('-') && !OF_THE_COMMAND.contains(&first) => {
            translated.push("serve".into());
        }
        _ => {
            translated.extend(rest);
            return Ok(translated);
        }
    }
    let mut rest = rest.into_iter();
    while let Some(word) = rest.next() {
        if word == "--" {
            translated.push(word);
            translated.extend(rest);
            break;
        }
        for word in of_word(word, &mut rest)? {
            let is_repeated = word == "--log=debug" && translated.contains(&word);
            translated.extend((!is_repeated).then_some(word));
        }
    }
    Ok(translated)
}

/// Flags of the command itself, not of `serve`.
const OF_THE_COMMAND: &[&str] = &["--help", "-h", "--version", "-V", "--"];

/// A word in our own words; its value may be the next one.
fn of_word(word: OsString, rest: &mut impl Iterator<Item = OsString>) -> Result<Vec<OsString>, Outcome> {
    let Some(text) = word.to_str() else {
        return Ok(vec![word]);
    };
    // Settings of a Java runtime, which there is none of.
    if text.starts_with("-D") || text.starts_with("-X") {
        return Ok(Vec::new());
    }
    let (flag, joined) = text.split_once('=').map_or((text, None), |(flag, value)| (flag, Some(value)));
    if let "-port" | "-help" | "-version" = flag {
        return Ok(vec![OsString::from(format!("-{text}"))]);
    }
    let name = flag.strip_prefix("--").or_else(|| flag.strip_prefix('-'));
    let Some(meaning) = name.and_then(meaning) else {
        return Ok(vec![word]);
    };
    let refused = |why: &str| Outcome::Refused(format!("{flag}: {why}"));
    let mut value = || {
        let value = joined.map(OsString::from).or_else(|| rest.next());
        value.ok_or_else(|| refused("its value is missing. See ddbmock serve --help"))
    };
    Ok(match meaning {
        Words(_) if joined.is_some() => return Err(refused("it takes no value. Leave the value out")),
        Words(words) => words.iter().map(OsString::from).collect(),
        Value(ours) => vec![joined_by(ours, &value()?, "")],
        Milliseconds(ours) => vec![joined_by(ours, &value()?, "ms")],
        Only(only, why) => {
            if value()? != only {
                return Err(refused(why));
            }
            Vec::new()
        }
        Ignored => value().map(|_| Vec::new())?,
        Refused(why) => return Err(refused(why)),
    })
}

fn joined_by(flag: &str, value: &OsString, unit: &str) -> OsString {
    let mut word = OsString::from(format!("{flag}="));
    word.push(value);
    word.push(unit);
    word
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::translated;
    use crate::outcome::Outcome;

    fn translate(line: &str) -> Result<String, String> {
        let words = std::iter::once("ddbmock").chain(line.split_whitespace()).map(OsString::from);
        match translated(words.collect()) {
            Ok(words) => {
                let words: Vec<_> = words[1..].iter().map(|word| word.to_str().unwrap()).collect();
                Ok(words.join(" "))
            }
            Err(Outcome::Refused(line)) => Err(line),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn flags_of_others_are_understood() {
        let check =
            |line: &str, expected: &str| assert_eq!(translate(line).as_deref(), Ok(expected), "{line}");
        check(
            "-Djava.library.path=./DynamoDBLocal_lib -jar DynamoDBLocal.jar -sharedDb -inMemory -port 8001",
            "serve --shared-db --port 8001",
        );
        check("serve --sharedDb --cors * -disableTelemetry", "serve --shared-db");
        check("-optimizeDbBeforeStartup -delayTransientStatuses", "serve --delay-update=10s");
        check(
            "--port 4567 --createTableMs 0 --deleteTableMs=5",
            "serve --port 4567 --delay-create=0ms --delay-delete=5ms",
        );
        check("--host ::1 --verbose --debug --maxItemSizeKb 400", "serve --listen=::1 --log=debug");
        check("-help", "serve --help");
        check("-version", "serve --version");
        check("--version", "--version");
        check("wait -port 1", "wait -port 1");
        check("serve -- -port", "serve -- -port");
        check("", "");
    }

    #[test]
    fn what_is_not_done_is_refused() {
        let check =
            |line: &str, expected: &str| assert_eq!(translate(line), Err(expected.to_owned()), "{line}");
        check("-dbPath ./data", "-dbPath: tables are kept in one file here. Name it with --db FILE");
        check("--path=data", "--path: tables are kept in one file here. Name it with --db FILE");
        check("--ssl", "--ssl: only plain HTTP is spoken. Leave it out, and use an http:// URL");
        check(
            "-cors http://localhost",
            "-cors: pages of every origin may ask, which cannot be narrowed. Say `*`, or leave it out",
        );
        check(
            "--maxItemSizeKb 800",
            "--maxItemSizeKb: items hold up to 400 KB, as DynamoDB's do. Leave it out",
        );
        for flag in ["-inMemory", "--sharedDb", "--verbose"] {
            check(&format!("{flag}=false"), &format!("{flag}: it takes no value. Leave the value out"));
        }
        check("serve -jar", "-jar: its value is missing. See ddbmock serve --help");
    }
}
