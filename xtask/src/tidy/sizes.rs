//! How long source files are, and how wide their comments.

use std::collections::BTreeMap;

use super::project::{Project, extension, of_lines};

const LINES_MAX: usize = 400;

/// Files that may be longer: `LINES PATH`, a line each. The list may only shrink, so a file must not outgrow its line,
/// and a line that is not needed must go.
const EXCEPTIONS: &str = "xtask/tidy/long_files.txt";

pub(super) fn long_files(project: &Project) -> Vec<String> {
    let list = project.text(EXCEPTIONS).unwrap_or_default();
    let mut allowed: BTreeMap<&str, usize> = list.lines().filter_map(exception).collect();
    let mut found = Vec::new();
    for (file, text) in project.sources() {
        let lines = text.lines().count();
        let most = allowed.remove(file);
        match most {
            Some(_) if lines <= LINES_MAX => {
                found.push(format!("{file} needs no line in {EXCEPTIONS} any more"));
            }
            Some(most) if lines > most => {
                found.push(format!("{file} has grown from {most} to {lines} lines"));
            }
            None if lines > LINES_MAX => found.push(format!("{file} has {lines} lines")),
            Some(_) | None => {}
        }
    }
    found.extend(allowed.keys().map(|file| format!("{file}, in {EXCEPTIONS}, does not exist")));
    found
}

/// The most characters of a line that is a comment: what formats code leaves comments as they are.
const COMMENT_WIDTH_MAX: usize = 120;

pub(super) fn wide_comments(project: &Project) -> Vec<String> {
    let is_wide =
        |line: &str| line.trim_start().starts_with("//") && line.chars().count() > COMMENT_WIDTH_MAX;
    let wide = |line: &str| is_wide(line).then(|| "is a comment that is too wide".to_owned());
    let sources = project.files().filter(|file| extension(file) == "rs");
    sources.flat_map(|file| of_lines(file, &project.text(file).unwrap_or_default(), wide)).collect()
}

fn exception(line: &str) -> Option<(&str, usize)> {
    let (lines, file) = line.split_once(' ')?;
    Some((file.trim(), lines.parse().ok()?))
}
