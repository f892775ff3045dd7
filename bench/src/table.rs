//! Tables for people: plain text, or Markdown.

use comfy_table::presets::{ASCII_BORDERS_ONLY_CONDENSED, ASCII_MARKDOWN};
use comfy_table::{CellAlignment, ContentArrangement, Table};

/// A table of plain text with a head.
pub(crate) fn text(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(ASCII_BORDERS_ONLY_CONDENSED).set_header(head);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// For a terminal.
    Text,
    /// For a page.
    Markdown,
}

/// A table under a title: what its first columns hold is text, and the rest are numbers.
pub(crate) fn titled(
    style: Style,
    title: &str,
    head: &[&str],
    texts: usize,
    rows: Vec<Vec<String>>,
) -> String {
    let mut table = text(head);
    if style == Style::Markdown {
        table.load_style(ASCII_MARKDOWN);
    }
    table.add_rows(rows);
    for column in table.column_iter_mut().skip(texts) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    match style {
        Style::Text => format!("{title}\n{table}\n"),
        Style::Markdown => format!("### {title}\n\n{table}\n"),
    }
}
