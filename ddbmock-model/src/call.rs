//! Who asks, how refusals are worded, and what the sender's words held that a typed request cannot.

/// Which of DynamoDB's API versions a request speaks. It also selects the limits and units of its era.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ApiVersion {
    /// 2012-08-10, today's.
    #[default]
    V20120810,
    /// 2011-12-05, the first.
    V20111205,
}

/// Which of the service's two request-validation layers words the refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wording {
    /// The newer layer, as most Regions answer today.
    #[default]
    Current,
    /// The older layer, as all Regions answered before spring 2026.
    Classic,
}

impl Wording {
    /// Both, the newer first.
    pub const ALL: &'static [Self] = &[Self::Current, Self::Classic];

    /// The word that people write for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Classic => "classic",
        }
    }

    /// The wording of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|wording| wording.as_str() == word)
    }
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Caller<'a> {
    /// The account, where the caller names one; else the engine's own.
    pub account: Option<&'a str>,
    /// The region the caller signed for, where it names one; else the engine's own.
    pub region: Option<&'a str>,
    /// The address at which the caller reached whoever answers, where there is one.
    pub host: Option<&'a str>,
    /// The access key id; empty for an embedder.
    pub access_key: &'a str,
    /// The API version of the request.
    pub api_version: ApiVersion,
}

/// A request together with what its sender's words held beyond it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Call<T> {
    /// The typed request.
    pub request: T,
    /// What the words held that the request cannot. Empty for embedders.
    pub said: Said,
}

impl<T> From<T> for Call<T> {
    fn from(request: T) -> Self {
        Self { request, said: Said::default() }
    }
}

/// What the sender's words held that a typed request cannot: members left out, words of no enumeration.
///
/// Paths are the service's own: lower camel case, `keySchema.2.member.keyType`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    missing: Vec<String>,
    unknown: Vec<(String, String)>,
    /// The body held what only the service's older layer reads: a boolean written as a string, a value with several
    /// types, 63 levels of nesting. The whole request is then answered in the classic wording.
    pub older_layer: bool,
}

impl Said {
    /// The wording that serves a request: the older layer's if only that layer reads it.
    pub fn wording(&self, chosen: Wording) -> Wording {
        if self.older_layer { Wording::Classic } else { chosen }
    }

    /// Notes that a required member was left out.
    pub fn note_missing(&mut self, path: impl Into<String>) {
        self.missing.push(path.into());
    }

    /// Notes that a member held a word that its enumeration does not have.
    pub fn note_unknown(&mut self, path: impl Into<String>, word: impl Into<String>) {
        self.unknown.push((path.into(), word.into()));
    }

    /// Drops what was noted of the member at `path` and of all within it: the body gives it again, and the last counts.
    pub fn forget(&mut self, path: &str) {
        let within = |noted: &str| {
            noted.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.missing.retain(|noted| !within(noted));
        self.unknown.retain(|(noted, _)| !within(noted));
    }

    /// Whether the member at `path` was left out.
    pub fn is_missing(&self, path: &str) -> bool {
        self.missing.iter().any(|missing| missing == path)
    }

    /// Whether any required member was left out.
    pub fn any_missing(&self) -> bool {
        !self.missing.is_empty()
    }

    /// Whether nothing was noted.
    pub fn is_silent(&self) -> bool {
        self.missing.is_empty() && self.unknown.is_empty()
    }

    /// The word that the member at `path` held, if its enumeration does not have it.
    pub fn unknown_word(&self, path: &str) -> Option<&str> {
        self.unknown.iter().find(|(at, _)| at == path).map(|(_, word)| word.as_str())
    }
}
