//! What is wrong with an expression that is well formed: noted while it is read, and reported by rank.

use ddbmock_model::Rule;

use super::fault::{Fault, Kind};
use super::parser::redundant_parentheses;
use crate::hint;

/// The most elements a document path may have. Source: developer guide, 32 levels of nesting.
pub(super) const LEVELS_MAX: usize = 32;

/// Something wrong that does not keep the rest from being read.
#[derive(Debug)]
pub(super) enum Finding {
    /// Parentheses around parentheses of the same extent.
    Parentheses,
    /// A function that does not exist.
    Function { name: String, known: &'static [&'static str] },
    /// A function that exists for other expressions only: its name, and the expression it stands in.
    Foreign { name: String, expression: &'static str },
    /// A function that yields a boolean where a value is needed, or the other way round.
    Misused(&'static str),
    /// A section of an update that is there already.
    Section(&'static str),
    /// A reserved word in a path.
    Reserved(String),
    /// A list index that no list can have.
    Index(String),
    /// A path with so many elements.
    Levels(usize),
}

impl Finding {
    /// The place in the order of reporting, which updates and projections have of their own. Source: captured order of
    /// static errors; indexes and levels are not captured and come last.
    fn rank(&self, kind: Kind) -> u8 {
        match self {
            Self::Reserved(_) if matches!(kind, Kind::Update | Kind::Projection) => 0,
            Self::Parentheses => 1,
            Self::Function { .. } | Self::Foreign { .. } => 2,
            Self::Misused(_) | Self::Section(_) => 3,
            Self::Reserved(_) => 4,
            Self::Index(_) => 5,
            Self::Levels(_) => 6,
        }
    }

    /// The refusal.
    fn fault(&self) -> Fault {
        match self {
            Self::Parentheses => redundant_parentheses(),
            Self::Function { name, known } => {
                let text = format!("Invalid function name; function: {name}");
                let hint = hint::nearest(name, known.iter().copied());
                Fault::new(Rule("expression.function"), text).hinted(hint)
            }
            Self::Foreign { name, expression } => {
                let text =
                    format!("The function is not allowed in {expression} expression; function: {name}");
                Fault::new(Rule("expression.function_foreign"), text)
            }
            Self::Misused(function) => {
                let text = format!(
                    "The function is not allowed to be used this way in an expression; function: {function}"
                );
                Fault::new(Rule("expression.function_misused"), text)
            }
            Self::Section(section) => {
                let text =
                    format!("The \"{section}\" section can only be used once in an update expression;");
                Fault::new(Rule("expression.section"), text)
            }
            Self::Reserved(word) => {
                let text = format!("Attribute name is a reserved keyword; reserved keyword: {word}");
                let hint = format!(
                    "write #{word} and map it in ExpressionAttributeNames: {{\"#{word}\": \"{word}\"}}"
                );
                Fault::new(Rule("expression.reserved"), text).hinted(Some(hint))
            }
            Self::Index(digits) => {
                let text = format!("List index is not within the allowable range; index: [{digits}]");
                Fault::new(Rule("expression.index"), text)
            }
            Self::Levels(levels) => {
                let text =
                    format!("The document path has too many nesting elements; nested levels: {levels}");
                Fault::new(Rule("expression.levels"), text)
            }
        }
    }
}

/// The refusal of what comes first in the order, and of several alike the one that was written first.
pub(super) fn first(findings: &[Finding], kind: Kind) -> Result<(), Fault> {
    match findings.iter().min_by_key(|finding| finding.rank(kind)) {
        Some(finding) => Err(finding.fault()),
        None => Ok(()),
    }
}
