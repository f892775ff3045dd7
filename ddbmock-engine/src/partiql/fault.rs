//! What is wrong with a statement whatever is stored, and where in its text.

use std::fmt;

use ddbmock_model::Rule;

use crate::expression::Fault;

/// Where a token stands: printed as the service does, `line:column:length`, both counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Span {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) length: usize,
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.line, self.column, self.length)
    }
}

/// The refusal of a text that is no statement. Some reasons the service does not give.
pub(super) fn malformed(reason: &str, at: Span) -> Fault {
    let text = format!("Statement wasn't well formed, can't be processed: {reason}");
    Fault::new(Rule("partiql.malformed"), text)
        .hinted(Some(format!("at line {}, column {}", at.line, at.column)))
}

/// The refusal of something that is not selected, or not compared. The length is of the token.
pub(super) fn unexpected_component(at: Span) -> Fault {
    Fault::new(Rule("partiql.path_component"), format!("Unexpected path component at {at}"))
}

/// A function that is not known, or not there.
pub(super) fn unrecognized_function(name: &str, at: Span) -> Fault {
    let hint = "functions: attribute_exists, attribute_not_exists, attribute_type, begins_with, contains, size; in SET \
                if_not_exists, list_append, set_add, set_delete";
    Fault::new(Rule("partiql.function"), format!("Unrecognized function: {name} at {at}"))
        .hinted(Some(hint.to_owned()))
}

/// Something that stands in no condition.
pub(super) fn unsupported_token(token: &str, at: Span) -> Fault {
    Fault::new(Rule("partiql.token"), format!("Unsupported token in expression: {token} at {at}"))
}
