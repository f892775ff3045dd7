//! The tokens of a statement.

use super::fault::{Span, malformed};
use super::keyword::keyword;
use crate::expression::Fault;

/// A piece of a statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A word that is a keyword, in lower case.
    Keyword(&'static str),
    /// Any other word.
    Name(String),
    /// What stands between double quotes.
    Quoted(String),
    /// What stands between single quotes.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// What stands between backticks.
    Ion(String),
    /// `?`
    Parameter,
    /// Brackets, commas, operators.
    Symbol(&'static str),
    /// The end of the text.
    End,
}

/// A token and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) span: Span,
}

/// Symbols, the longer before those that they begin with, each with how it is meant.
const SYMBOLS: &[(&str, &str)] = &[
    ("<<", "<<"),
    (">>", ">>"),
    ("<=", "<="),
    (">=", ">="),
    ("<>", "<>"),
    ("!=", "<>"),
    ("||", "||"),
    ("<", "<"),
    (">", ">"),
    ("=", "="),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("%", "%"),
    ("@", "@"),
    ("(", "("),
    (")", ")"),
    ("[", "["),
    ("]", "]"),
    ("{", "{"),
    ("}", "}"),
    (",", ","),
    (":", ":"),
    (";", ";"),
    (".", "."),
    ("?", "?"),
];

/// The tokens of a text, the end being the last.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme>, Fault> {
    let mut lexer = Lexer { rest: text, line: 1, column: 1 };
    let mut lexemes = Vec::new();
    loop {
        lexer.blanks()?;
        let start = Span { line: lexer.line, column: lexer.column, length: 0 };
        let before = lexer.rest;
        let token = lexer.token()?;
        let length = before[..before.len() - lexer.rest.len()].chars().count();
        let ended = token == Token::End;
        lexemes.push(Lexeme { token, span: Span { length, ..start } });
        if ended {
            return Ok(lexemes);
        }
    }
}

struct Lexer<'t> {
    rest: &'t str,
    line: usize,
    column: usize,
}

impl<'t> Lexer<'t> {
    /// Takes so many bytes.
    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        for character in taken.chars() {
            self.column += 1;
            if character == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            }
        }
        taken
    }

    /// The refusal of a text that has no tokens: the service gives no reason.
    fn refuse(&self) -> Fault {
        malformed("", Span { line: self.line, column: self.column, length: 1 })
    }

    /// Takes blanks and comments.
    fn blanks(&mut self) -> Result<(), Fault> {
        loop {
            let bytes = if self.rest.starts_with("--") {
                self.rest.find('\n').unwrap_or(self.rest.len())
            } else if let Some(comment) = self.rest.strip_prefix("/*") {
                comment.find("*/").ok_or_else(|| self.refuse())? + 4
            } else {
                let blank = |byte: &u8| byte.is_ascii_whitespace();
                self.rest.bytes().take_while(blank).count()
            };
            if bytes == 0 {
                return Ok(());
            }
            self.take(bytes);
        }
    }

    fn token(&mut self) -> Result<Token, Fault> {
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token::End);
        };
        let second_is_digit = || self.rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        match first {
            'a'..='z' | 'A'..='Z' | '_' | '$' => Ok(self.word()),
            '0'..='9' => self.number(),
            '.' if second_is_digit() => self.number(),
            '\'' => Ok(Token::Text(self.quoted('\'')?)),
            '"' => Ok(Token::Quoted(self.quoted('"')?)),
            '`' => self.ion(),
            _ => self.symbol(),
        }
    }

    fn word(&mut self) -> Token {
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
        let length = self.rest.bytes().take_while(part).count();
        let word = self.take(length);
        keyword(word).map_or_else(|| Token::Name(word.to_owned()), Token::Keyword)
    }

    /// A quote that is doubled is one of the text.
    fn quoted(&mut self, quote: char) -> Result<String, Fault> {
        let mut content = String::new();
        let mut at = 1;
        loop {
            let end = at + self.rest[at..].find(quote).ok_or_else(|| self.refuse())?;
            content.push_str(&self.rest[at..end]);
            at = end + 1;
            if !self.rest[at..].starts_with(quote) {
                self.take(at);
                return Ok(content);
            }
            content.push(quote);
            at += 1;
        }
    }

    fn ion(&mut self) -> Result<Token, Fault> {
        let end = self.rest[1..].find('`').ok_or_else(|| self.refuse())?;
        Ok(Token::Ion(self.take(end + 2)[1..=end].to_owned()))
    }

    fn symbol(&mut self) -> Result<Token, Fault> {
        let found = SYMBOLS.iter().find(|(text, _)| self.rest.starts_with(text));
        let (text, meant) = found.ok_or_else(|| self.refuse())?;
        self.take(text.len());
        Ok(if *meant == "?" { Token::Parameter } else { Token::Symbol(meant) })
    }

    /// What a Java `BigDecimal` cannot hold is no token. Source: captures of 2026, PartiQL parsing.
    fn number(&mut self) -> Result<Token, Fault> {
        let bytes = self.rest.as_bytes();
        let digits = |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut end = digits(0);
        let mut fraction = 0;
        if bytes.get(end) == Some(&b'.') {
            fraction = digits(end + 1);
            end += 1 + fraction;
        }
        let mut exponent = Some(0);
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let signed = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let after = signed + digits(signed);
            exponent = self.rest[end + 1..after].parse::<i64>().ok();
            end = if after > signed { after } else { return Err(self.refuse()) };
        }
        let in_range = |exponent: i64| {
            let scale = i64::try_from(fraction).unwrap_or(i64::MAX).saturating_sub(exponent);
            i32::try_from(exponent).is_ok() && i32::try_from(scale).is_ok()
        };
        let goes_on = bytes.get(end).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
        if goes_on || !exponent.is_some_and(in_range) {
            return Err(self.refuse());
        }
        Ok(Token::Number(self.take(end).to_owned()))
    }
}
