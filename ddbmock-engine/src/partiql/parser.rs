//! Where a statement is being read: its tokens, and what is read next.

use super::fault::{Span, malformed, unexpected_component};
use super::lexer::{Lexeme, Token, lex};
use crate::expression::Fault;

/// A statement being read.
pub(super) struct Parser {
    lexemes: Vec<Lexeme>,
    at: usize,
    /// How many expressions it stands in.
    pub(super) depth: usize,
    /// How many question marks were read.
    pub(super) parameters: usize,
    /// What is called in what is selected, which is refused before all that is wrong with the text.
    pub(super) selected_call: Option<Span>,
}

impl Parser {
    /// A parser at the first token of a text.
    pub(super) fn new(text: &str) -> Result<Self, Fault> {
        Ok(Self { lexemes: lex(text)?, at: 0, depth: 0, parameters: 0, selected_call: None })
    }

    /// The token that is read next.
    pub(super) fn peek(&self) -> &Token {
        &self.lexemes[self.at].token
    }

    /// One of the tokens after it.
    pub(super) fn peek_after(&self, count: usize) -> &Token {
        self.lexemes.get(self.at + count).map_or(&Token::End, |lexeme| &lexeme.token)
    }

    /// Where the next token stands.
    pub(super) fn span(&self) -> Span {
        self.lexemes[self.at].span
    }

    /// Reads a token. The end is never passed.
    pub(super) fn advance(&mut self) -> Token {
        let next = (self.at + 1).min(self.lexemes.len() - 1);
        let token = self.lexemes[self.at].token.clone();
        self.at = next;
        token
    }

    /// Whether a keyword is read next.
    pub(super) fn sees(&self, keyword: &str) -> bool {
        matches!(self.peek(), Token::Keyword(found) if *found == keyword)
    }

    /// Reads a keyword if it is this one.
    pub(super) fn eat(&mut self, keyword: &str) -> bool {
        let found = self.sees(keyword);
        if found {
            self.advance();
        }
        found
    }

    /// Reads a symbol if it is this one.
    pub(super) fn eat_symbol(&mut self, symbol: &'static str) -> bool {
        let found = *self.peek() == Token::Symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    /// Reads a symbol, which must be this one.
    pub(super) fn expect_symbol(&mut self, symbol: &'static str, reason: &str) -> Result<(), Fault> {
        if self.eat_symbol(symbol) { Ok(()) } else { Err(self.refuse(reason)) }
    }

    /// The refusal of the next token.
    pub(super) fn refuse(&self, reason: &str) -> Fault {
        malformed(reason, self.span())
    }

    /// Whether nothing is left but a semicolon.
    pub(super) fn is_over(&self) -> bool {
        match self.peek() {
            Token::End => true,
            Token::Symbol(";") => *self.peek_after(1) == Token::End,
            _ => false,
        }
    }

    /// Ends at the end of the text.
    pub(super) fn finish(&mut self) -> Result<(), Fault> {
        if self.eat_symbol(";") {
            let more = *self.peek() != Token::End;
            let reason = "Unexpected token after semicolon. (Only one query is allowed.)";
            return if more { Err(self.refuse(reason)) } else { Ok(()) };
        }
        match self.peek() {
            Token::End => Ok(()),
            _ => Err(self.refuse("Unexpected token after expression")),
        }
    }

    /// Refuses what is called in what is selected.
    pub(super) fn check_selected(&self) -> Result<(), Fault> {
        self.selected_call.map_or(Ok(()), |span| Err(unexpected_component(span)))
    }
}

/// What a token says.
pub(super) fn text_of(token: Token) -> String {
    match token {
        Token::Name(text)
        | Token::Quoted(text)
        | Token::Text(text)
        | Token::Number(text)
        | Token::Ion(text) => text,
        Token::Keyword(word) | Token::Symbol(word) => word.to_owned(),
        Token::Parameter | Token::End => String::new(),
    }
}
