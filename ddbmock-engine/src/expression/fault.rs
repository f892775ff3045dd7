//! What is wrong with an expression before any item is looked at.

use ddbmock_model::{Rule, Wording};

/// The most bytes an expression may have. Source: developer guide, expression parameters.
const TEXT_BYTES_MAX: usize = 4096;

/// The member of a request that an expression stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `UpdateExpression`.
    Update,
    /// `ConditionExpression`.
    Condition,
    /// `KeyConditionExpression`.
    KeyCondition,
    /// `FilterExpression`.
    Filter,
    /// `ProjectionExpression`.
    Projection,
    /// `SearchConditionExpression`.
    SearchCondition,
}

impl Kind {
    /// Reads an expression of this kind: whatever is wrong with it, its member is named before.
    pub(super) fn read<T>(self, read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        read().map_err(|fault| Fault { text: format!("Invalid {}: {}", self.member(), fault.text), ..fault })
    }

    /// Checks the size of an expression of this kind, where that comes before whatever else is checked of it.
    pub(crate) fn check_size(self, text: &str, wording: Wording) -> Result<(), Fault> {
        self.read(|| check_size(text, wording))
    }

    fn member(self) -> &'static str {
        match self {
            Self::Update => "UpdateExpression",
            Self::Condition => "ConditionExpression",
            Self::KeyCondition => "KeyConditionExpression",
            Self::Filter => "FilterExpression",
            Self::Projection => "ProjectionExpression",
            Self::SearchCondition => "SearchConditionExpression",
        }
    }
}

/// Why an expression, or what it is bound to, is refused whatever is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The rule that refuses.
    pub(crate) rule: Rule,
    /// DynamoDB's own text, without the envelope that some operations put around it.
    pub(crate) text: String,
    /// What a person would like to know beyond the text.
    pub(crate) hint: Option<String>,
}

impl Fault {
    /// A refusal of a rule.
    pub(crate) fn new(rule: Rule, text: impl Into<String>) -> Self {
        Self { rule, text: text.into(), hint: None }
    }

    /// The same with a hint.
    pub(crate) fn hinted(self, hint: Option<String>) -> Self {
        Self { hint, ..self }
    }
}

/// What is checked of a text before it is read. The older layer says the size it found. Source: captures of 2026,
/// sizes and counts.
pub(super) fn check_text(text: &str, wording: Wording) -> Result<(), Fault> {
    if text.is_empty() {
        return Err(Fault::new(Rule("expression.empty"), "The expression can not be empty;"));
    }
    check_size(text, wording)
}

fn check_size(text: &str, wording: Wording) -> Result<(), Fault> {
    if text.len() <= TEXT_BYTES_MAX {
        return Ok(());
    }
    let size = match wording {
        Wording::Current => String::new(),
        Wording::Classic => format!(" expression size: {}", text.len()),
    };
    let text = format!("Expression size has exceeded the maximum allowed size;{size}");
    Err(Fault::new(Rule("expression.size"), text))
}
