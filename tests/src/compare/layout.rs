//! JSON in lines for people: what fits a line stays on one, and every line knows which member it shows.

use super::json::{Json, Quoted};

/// The longest line that holds a whole array or object.
const COLUMNS_MAX: usize = 100;
const INDENT: usize = 2;

/// One line of a laid-out document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The path of the value that the line shows or begins; empty for the document.
    pub path: String,
    /// The line, indented, without its end.
    pub text: String,
    /// Whether the line shows all of the value at its path.
    pub whole: bool,
}

impl Line {
    /// Whether the line shows a difference at `path`.
    pub fn shows(&self, path: &str) -> bool {
        let inside =
            || path.strip_prefix(self.path.as_str()).is_some_and(|rest| begins_inside(&self.path, rest));
        self.path == path || (self.whole && inside())
    }
}

fn begins_inside(above: &str, rest: &str) -> bool {
    above.is_empty() || rest.starts_with(['.', '['])
}

/// Lays a document out.
pub fn lines(document: &Json) -> Vec<Line> {
    let mut out = Vec::new();
    write(&mut out, &Place { path: String::new(), indent: 0, name: String::new(), end: "" }, document);
    out
}

/// The laid-out document as one text, without a line end after the last line.
pub fn text(document: &Json) -> String {
    let texts: Vec<String> = lines(document).into_iter().map(|line| line.text).collect();
    texts.join("\n")
}

/// The path of a member of the object at `above`.
pub fn member_path(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") }
}

/// The path of an element of the array at `above`.
pub fn element_path(above: &str, index: usize) -> String {
    format!("{above}[{index}]")
}

struct Place {
    path: String,
    indent: usize,
    name: String,
    end: &'static str,
}

impl Place {
    fn line(&self, text: &str, whole: bool) -> Line {
        let text = format!("{:indent$}{}{text}", "", self.name, indent = self.indent);
        Line { path: self.path.clone(), text, whole }
    }

    fn closing(&self, bracket: &str) -> Line {
        let text = format!("{:indent$}{bracket}{}", "", self.end, indent = self.indent);
        Line { path: self.path.clone(), text, whole: false }
    }

    fn below(&self, path: String, name: String) -> Self {
        Self { path, indent: self.indent + INDENT, name, end: "," }
    }
}

fn write(out: &mut Vec<Line>, place: &Place, value: &Json) {
    let (open, close) = match value {
        Json::Array(elements) if !elements.is_empty() => ("[", "]"),
        Json::Object(members) if !members.is_empty() => ("{", "}"),
        _ => return out.push(place.line(&format!("{value}{}", place.end), true)),
    };
    let single = place.line(&format!("{value}{}", place.end), true);
    if single.text.chars().count() <= COLUMNS_MAX {
        return out.push(single);
    }
    out.push(place.line(open, false));
    for (below, value) in children(place, value) {
        write(out, &below, value);
    }
    out.push(place.closing(close));
}

fn children<'a>(place: &Place, value: &'a Json) -> Vec<(Place, &'a Json)> {
    let mut below: Vec<(Place, &Json)> = match value {
        Json::Array(elements) => elements
            .iter()
            .enumerate()
            .map(|(index, element)| (place.below(element_path(&place.path, index), String::new()), element))
            .collect(),
        Json::Object(members) => members
            .iter()
            .map(|(name, value)| {
                (place.below(member_path(&place.path, name), format!("{}: ", Quoted(name))), value)
            })
            .collect(),
        _ => Vec::new(),
    };
    if let Some((last, _)) = below.last_mut() {
        last.end = "";
    }
    below
}
