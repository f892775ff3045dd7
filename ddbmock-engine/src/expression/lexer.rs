//! The tokens of an expression.

/// What a piece of an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A word that is no keyword of the grammar.
    Name,
    /// `#` and what follows it.
    NamePlaceholder,
    /// `:` and what follows it.
    ValuePlaceholder,
    /// Digits. A number that starts with 0 is the 0 alone. Source: captures of 2026, syntax errors.
    Digits,
    /// A keyword of the grammar.
    Keyword(Keyword),
    /// `=` and its like.
    Comparator(Comparator),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenIndex,
    /// `]`
    CloseIndex,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// Any other character.
    Other,
    /// The end of the text.
    End,
}

/// The keywords of all grammars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    Set,
    Remove,
    Add,
    Delete,
    And,
    Or,
    Not,
    Between,
    In,
}

/// The comparators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparator {
    /// How it is written.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// The words that a grammar reads as keywords, in any case.
pub(super) type Keywords = [(&'static str, Keyword)];

/// The keywords of conditions.
pub(super) const CONDITION_KEYWORDS: &Keywords = &[
    ("AND", Keyword::And),
    ("OR", Keyword::Or),
    ("NOT", Keyword::Not),
    ("BETWEEN", Keyword::Between),
    ("IN", Keyword::In),
];

/// The keywords of updates.
pub(super) const UPDATE_KEYWORDS: &Keywords =
    &[("SET", Keyword::Set), ("REMOVE", Keyword::Remove), ("ADD", Keyword::Add), ("DELETE", Keyword::Delete)];

/// A token and where it stands: from a byte to before another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The tokens of a text, the end being the last. Only ASCII blanks separate them.
pub(super) fn lex(text: &str, keywords: &Keywords) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let rest = &text[start..];
        let end = start + length(rest, first);
        if !matches!(first, ' ' | '\t' | '\r' | '\n') {
            lexemes.push(Lexeme { token: token(&text[start..end], &text[end..], keywords), start, end });
        }
        start = end;
    }
    lexemes.push(Lexeme { token: Token::End, start, end: start });
    lexemes
}

/// The length of the token or blank that a text starts with.
fn length(text: &str, first: char) -> usize {
    let run = |part: fn(u8) -> bool| text.bytes().skip(1).take_while(|byte| part(*byte)).count();
    match first {
        'a'..='z' | 'A'..='Z' | '_' | '#' | ':' => 1 + run(is_name),
        '1'..='9' => 1 + run(|byte| byte.is_ascii_digit()),
        '<' if text.starts_with("<=") || text.starts_with("<>") => 2,
        '>' if text.starts_with(">=") => 2,
        other => other.len_utf8(),
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn token(piece: &str, after: &str, keywords: &Keywords) -> Token {
    match piece {
        "=" => Token::Comparator(Comparator::Equal),
        "<>" => Token::Comparator(Comparator::NotEqual),
        "<" => Token::Comparator(Comparator::Less),
        "<=" => Token::Comparator(Comparator::LessOrEqual),
        ">" => Token::Comparator(Comparator::Greater),
        ">=" => Token::Comparator(Comparator::GreaterOrEqual),
        "(" => Token::Open,
        ")" => Token::Close,
        "[" => Token::OpenIndex,
        "]" => Token::CloseIndex,
        "," => Token::Comma,
        "." => Token::Dot,
        "+" => Token::Plus,
        "-" => Token::Minus,
        _ => word(piece, after, keywords),
    }
}

/// A keyword is none when a placeholder follows it without a blank. Source: captured grammar, lexical rules.
fn word(piece: &str, after: &str, keywords: &Keywords) -> Token {
    match piece.as_bytes()[0] {
        b'#' => Token::NamePlaceholder,
        b':' => Token::ValuePlaceholder,
        b'0'..=b'9' => Token::Digits,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' if after.starts_with(['#', ':']) => Token::Name,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            let keyword = keywords.iter().find(|(text, _)| text.eq_ignore_ascii_case(piece));
            keyword.map_or(Token::Name, |(_, keyword)| Token::Keyword(*keyword))
        }
        _ => Token::Other,
    }
}
