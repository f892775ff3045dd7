//! What the grammars share: the cursor over the tokens, document paths, placeholders and what is found on the way.

use ddbmock_model::{Rule, Wording};

use super::fault::{Fault, Kind, check_text};
use super::finding::{self, Finding};
use super::lexer::{CONDITION_KEYWORDS, Keyword, Lexeme, Token, UPDATE_KEYWORDS, lex};
use super::path::{Element, Name, Written};
use super::reserved;

/// The most operators and functions in one expression. Source: developer guide, expression parameters.
pub(crate) const OPERATORS_MAX: usize = 300;
/// The most parentheses around a part of an operand: more than a path has elements. Not captured.
const OPERAND_DEPTH_MAX: usize = 64;
/// The highest index that a path may hold. Not captured; the service counts elements in 32 bits.
pub(crate) const INDEX_MAX: usize = i32::MAX as usize;

/// The leaves of a tree, which refers to them by their places.
#[derive(Debug, Default)]
pub(crate) struct Leaves {
    /// The name placeholders, each once, in the order of their first use.
    pub(crate) names: Vec<Box<str>>,
    /// The value placeholders, likewise.
    pub(crate) values: Vec<Box<str>>,
    /// The document paths, in the order written.
    pub(crate) paths: Vec<Written>,
}

impl Leaves {
    /// A path for each of so many names.
    pub(super) fn of_names(count: usize) -> Self {
        Self { paths: (0..count).map(Written::name).collect(), ..Self::default() }
    }
}

/// The place of a text among others, to which it is added if it is not there.
fn place(texts: &mut Vec<Box<str>>, text: &str) -> usize {
    let found = texts.iter().position(|known| **known == *text);
    found.unwrap_or_else(|| {
        texts.push(text.into());
        texts.len() - 1
    })
}

/// A text being read.
pub(super) struct Parser<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    at: usize,
    operators: usize,
    depth: usize,
    kind: Kind,
    wording: Wording,
    leaves: Leaves,
    findings: Vec<Finding>,
}

impl<'t> Parser<'t> {
    /// A parser at the first token of a text that is neither empty nor too long.
    pub(super) fn new(text: &'t str, kind: Kind, wording: Wording) -> Result<Self, Fault> {
        check_text(text, wording)?;
        let keywords = match kind {
            Kind::Condition | Kind::KeyCondition | Kind::Filter | Kind::SearchCondition => CONDITION_KEYWORDS,
            Kind::Update => UPDATE_KEYWORDS,
            Kind::Projection => &[],
        };
        Ok(Self {
            text,
            lexemes: lex(text, keywords),
            at: 0,
            operators: 0,
            depth: 0,
            kind,
            wording,
            leaves: Leaves::default(),
            findings: Vec::new(),
        })
    }

    /// The token that is read next.
    pub(super) fn peek(&self) -> Token {
        self.lexemes[self.at].token
    }

    /// The token after that.
    pub(super) fn peek_second(&self) -> Token {
        self.lexemes.get(self.at + 1).map_or(Token::End, |lexeme| lexeme.token)
    }

    /// How many tokens are read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Reads a token and gives its text. The end is never passed.
    pub(super) fn advance(&mut self) -> &'t str {
        let Lexeme { start, end, .. } = self.lexemes[self.at];
        self.at = (self.at + 1).min(self.lexemes.len() - 1);
        &self.text[start..end]
    }

    /// Reads a token if it is this one.
    pub(super) fn eat(&mut self, token: Token) -> bool {
        let found = self.peek() == token;
        if found && token != Token::End {
            self.advance();
        }
        found
    }

    /// Reads a keyword if it is this one.
    pub(super) fn eat_keyword(&mut self, keyword: Keyword) -> bool {
        self.eat(Token::Keyword(keyword))
    }

    /// Reads a token, which must be this one.
    pub(super) fn expect(&mut self, token: Token) -> Result<(), Fault> {
        if self.eat(token) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The refusal of the next token: it is shown with the tokens before and after it, the end with the last token.
    /// Source: captures of 2026, syntax errors.
    pub(super) fn unexpected(&self) -> Fault {
        self.unexpected_at(self.at)
    }

    fn unexpected_at(&self, at: usize) -> Fault {
        let lexeme = self.lexemes[at];
        let start = at.checked_sub(1).map_or(lexeme.start, |before| self.lexemes[before].start);
        let (token, near) = if lexeme.token != Token::End {
            let after = self.lexemes.get(at + 1).filter(|after| after.token != Token::End);
            let end = after.map_or(lexeme.end, |after| after.end);
            (&self.text[lexeme.start..lexeme.end], &self.text[start..end])
        } else if let Some(before) = at.checked_sub(1) {
            ("<EOF>", &self.text[start..self.lexemes[before].end])
        } else {
            ("<EOF>", self.text)
        };
        let (token, near) = (self.shown(token), self.shown(near));
        Fault::new(Rule("expression.syntax"), format!("Syntax error; token: \"{token}\", near: \"{near}\""))
    }

    /// The older layer shows what is beyond 16 bits as a question mark. Source: captures of 2026, syntax errors.
    fn shown(&self, text: &str) -> String {
        match self.wording {
            Wording::Current => text.to_owned(),
            Wording::Classic => text.replace(|character| character > '\u{FFFF}', "?"),
        }
    }

    /// The refusal of an expression whose parentheses stand too deep to be right: they are not closed, or what is
    /// given.
    pub(super) fn too_deep(&self, otherwise: fn() -> Fault) -> Fault {
        let depth = self.lexemes.iter().fold(0usize, |depth, lexeme| match lexeme.token {
            Token::Open => depth + 1,
            Token::Close => depth.saturating_sub(1),
            _ => depth,
        });
        if depth > 0 { self.unexpected_at(self.lexemes.len() - 1) } else { otherwise() }
    }

    /// Goes one parenthesis deeper into an operand.
    pub(super) fn enter(&mut self, otherwise: fn() -> Fault) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > OPERAND_DEPTH_MAX { Err(self.too_deep(otherwise)) } else { Ok(()) }
    }

    /// Comes back from there.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Counts an operator or a function.
    pub(super) fn count_operator(&mut self) -> Result<(), Fault> {
        self.operators += 1;
        if self.operators > OPERATORS_MAX { Err(too_many_operators()) } else { Ok(()) }
    }

    /// Notes something that is wrong and goes on.
    pub(super) fn note(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Reads a document path.
    pub(super) fn path(&mut self) -> Result<usize, Fault> {
        let head = self.name()?;
        self.leaves.paths.push(Written { head, rest: Vec::new() });
        let path = self.leaves.paths.len() - 1;
        self.extend(path)?;
        Ok(path)
    }

    /// Reads what follows of a path.
    pub(super) fn extend(&mut self, path: usize) -> Result<(), Fault> {
        loop {
            let element = match self.peek() {
                Token::Dot => self.entry()?,
                Token::OpenIndex => self.index()?,
                _ => return Ok(()),
            };
            self.leaves.paths[path].rest.push(element);
        }
    }

    fn entry(&mut self) -> Result<Element, Fault> {
        self.expect(Token::Dot)?;
        Ok(Element::Name(self.name()?))
    }

    fn index(&mut self) -> Result<Element, Fault> {
        self.expect(Token::OpenIndex)?;
        if self.peek() != Token::Digits {
            return Err(self.unexpected());
        }
        let digits = self.advance();
        let index = digits.parse().ok().filter(|index| *index <= INDEX_MAX);
        if index.is_none() {
            self.note(Finding::Index(digits.to_owned()));
        }
        self.expect(Token::CloseIndex)?;
        Ok(Element::Index(index.unwrap_or(INDEX_MAX)))
    }

    fn name(&mut self) -> Result<Name, Fault> {
        match self.peek() {
            Token::Name => {
                let word = self.advance();
                if reserved::is_reserved(word) {
                    self.note(Finding::Reserved(word.to_owned()));
                }
                Ok(Name::Literal(word.into()))
            }
            Token::NamePlaceholder => {
                let placeholder = self.advance();
                Ok(Name::Placeholder(place(&mut self.leaves.names, placeholder)))
            }
            _ => Err(self.unexpected()),
        }
    }

    /// Reads a value placeholder.
    pub(super) fn value(&mut self) -> Result<usize, Fault> {
        if self.peek() != Token::ValuePlaceholder {
            return Err(self.unexpected());
        }
        let placeholder = self.advance();
        Ok(place(&mut self.leaves.values, placeholder))
    }

    /// Redundant parentheses are reported before a syntax error that follows them. Source: captures of 2026, key
    /// conditions, reading order.
    pub(super) fn parentheses_before(&self, error: Fault) -> Fault {
        let redundant = self.findings.iter().any(|finding| matches!(finding, Finding::Parentheses));
        if redundant { redundant_parentheses() } else { error }
    }

    /// Ends at the end of the text, if nothing was wrong.
    pub(super) fn finish(mut self) -> Result<Leaves, Fault> {
        self.expect(Token::End)?;
        let deepest = self.leaves.paths.iter().map(|path| 1 + path.rest.len()).max();
        if let Some(levels) = deepest.filter(|levels| *levels > finding::LEVELS_MAX) {
            self.note(Finding::Levels(levels));
        }
        finding::first(&self.findings, self.kind)?;
        Ok(self.leaves)
    }
}

/// The refusal of operators and functions beyond what an expression may have: always of one more.
/// Source: captures of 2026, sizes and counts.
pub(crate) fn too_many_operators() -> Fault {
    let text = format!("The expression contains too many operators; operator count: {}", OPERATORS_MAX + 1);
    Fault::new(Rule("expression.operators"), text)
}

/// The refusal of parentheses around parentheses of the same extent.
pub(super) fn redundant_parentheses() -> Fault {
    Fault::new(Rule("expression.parentheses"), "The expression has redundant parentheses;")
}
