//! Settings from a file: the flags of `ddbmock serve` by their names, without the dashes.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use clap::error::{ContextKind, ContextValue};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::outcome::Outcome;
use crate::outcome::shown;

/// The file that is read where it lies in the working directory.
pub(super) const NAME: &str = "ddbmock.toml";

/// A setting, as words of a command line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Setting {
    /// The flag's name.
    pub(super) name: String,
    /// The words that would say the same.
    pub(super) words: Vec<OsString>,
    /// Where it stands: the file and the line.
    pub(super) place: String,
}

/// Reads a file. Whatever is no flag of the server is refused.
pub(super) fn settings(path: &Path, serve: &clap::Command) -> Result<Vec<Setting>, Outcome> {
    let shown = shown(path);
    let text = fs::read_to_string(path).map_err(|error| {
        Outcome::Refused(format!("{shown}: {error}. Name a file of settings that can be read with --config"))
    })?;
    read(&shown, &text, serve).map_err(Outcome::Refused)
}

pub(super) fn read(shown: &str, text: &str, serve: &clap::Command) -> Result<Vec<Setting>, String> {
    let line = |at: usize| format!("{shown}, line {}", text[..at].matches('\n').count() + 1);
    let table = DeTable::parse(text).map_err(|error| {
        let place = error.span().map_or_else(|| shown.to_owned(), |span| line(span.start));
        format!("{place}: this is no TOML: {}", error.message().replace(char::is_control, " "))
    })?;
    let setting = |(name, value): (Spanned<_>, Spanned<DeValue<'_>>)| {
        let place = line(name.span().start);
        let name: String = std::borrow::Cow::into_owned(name.into_inner());
        check_known(&name, serve).map_err(|why| format!("{place}: {why}"))?;
        let words = words(&name, value.get_ref()).map_err(|why| format!("{place}: {why}"))?;
        Ok(Setting { name, words, place })
    };
    table.into_inner().into_iter().map(setting).collect()
}

fn check_known(name: &str, serve: &clap::Command) -> Result<(), String> {
    let is_flag = |flag: &clap::Arg| flag.get_long() == Some(name) && !flag.is_hide_set();
    if name != "config" && serve.get_arguments().any(is_flag) {
        return Ok(());
    }
    let shown = name.replace(char::is_control, "?");
    let nearest = nearest(name, serve).map(|known| format!("; did you mean `{known}`?"));
    Err(format!(
        "`{shown}` is no setting{}. The settings are the flags of `ddbmock serve`, without the dashes",
        nearest.unwrap_or_default()
    ))
}

/// The flag that the parser would suggest.
fn nearest(name: &str, serve: &clap::Command) -> Option<String> {
    let error = serve.clone().try_get_matches_from(["serve".to_owned(), format!("--{name}")]).err()?;
    match error.get(ContextKind::SuggestedArg)? {
        ContextValue::String(flag) => Some(flag.trim_start_matches('-').to_owned()),
        _ => None,
    }
}

fn words(name: &str, value: &DeValue<'_>) -> Result<Vec<OsString>, String> {
    let flag = |value: &str| OsString::from(format!("--{name}={value}"));
    Ok(match value {
        DeValue::Boolean(true) => vec![OsString::from(format!("--{name}"))],
        DeValue::Boolean(false) => Vec::new(),
        DeValue::String(text) => vec![flag(text)],
        DeValue::Integer(number) => vec![flag(number.as_str())],
        DeValue::Array(values) => {
            let each = values.iter().map(|value| match value.get_ref() {
                DeValue::String(text) => Ok(flag(text)),
                _ => Err(format!("`{name}` holds something that is no text: write [\"one\", \"other\"]")),
            });
            each.collect::<Result<_, _>>()?
        }
        _ => return Err(format!("`{name}` is neither a text, a whole number, true or false, nor a list")),
    })
}

#[cfg(test)]
mod tests {
    use super::{Setting, read};

    fn serve() -> clap::Command {
        crate::arguments::command().find_subcommand("serve").unwrap().clone()
    }

    #[test]
    fn settings_are_flags() {
        let text = "# ours\nport = 8001\nregion = \"eu-west-1\"\nexplain = true\njson = false\n";
        let settings = read("f", text, &serve()).unwrap();
        let words: Vec<String> = settings
            .iter()
            .flat_map(|one| &one.words)
            .map(|word| word.to_str().unwrap().to_owned())
            .collect();
        assert_eq!(words, ["--explain", "--port=8001", "--region=eu-west-1"]);
        assert!(
            matches!(&settings[2], Setting { name, place, .. } if name == "port" && place == "f, line 2")
        );
    }

    #[test]
    fn what_is_no_setting_is_refused() {
        let check = |text: &str, expected: &str| {
            let line = read("f", text, &serve()).unwrap_err();
            assert!(line.starts_with(expected) && !line.contains('\n'), "{line}");
        };
        check("\nprot = 1", "f, line 2: `prot` is no setting; did you mean `port`?");
        check("zzz = 1", "f, line 1: `zzz` is no setting. ");
        check("config = \"x\"", "f, line 1: `config` is no setting");
        check("shared-db = true", "f, line 1: `shared-db` is no setting"); // a flag for who knows it from elsewhere
        check("port = 1.5", "f, line 1: `port` is neither");
        check("[serve]\nport = 1", "f, line 1: `serve` is no setting");
        check("port =", "f, line 1: this is no TOML");
    }
}
