//! The grammar of statements.
//!
//! ```text
//! SELECT ( "*" | path { "," path } ) FROM table [ "." index ] [ WHERE condition ]
//!        [ ORDER BY key [ ASC | DESC ] { "," … } ]
//! INSERT INTO table VALUE item
//! UPDATE table ( SET path "=" value { "," … } | REMOVE path )+ [ WHERE condition ] [ RETURNING … "*" ]
//! FROM table [ WHERE condition ] ( SET … | REMOVE … )+ [ RETURNING … "*" ]
//! DELETE FROM table [ WHERE condition ] [ RETURNING … "*" ]
//! EXISTS "(" select ")"
//! ```

use ddbmock_model::ReturnValues;

use super::lexer::Token;
use super::parser::Parser;
use super::tree::{Edit, Expression, Kind, OrderTerm, Select, Source, StatementTree, Step};
use crate::expression::Fault;

/// Reads a statement, and says how many question marks it has. What is called in what is selected is refused before
/// anything that is wrong with the text. Source: captures of 2026, PartiQL.
pub(super) fn parse(text: &str) -> Result<(StatementTree, usize), Fault> {
    let mut parser = Parser::new(text)?;
    let statement = parser.statement().and_then(|statement| parser.finish().map(|()| statement));
    parser.check_selected()?;
    Ok((statement?, parser.parameters))
}

impl Parser {
    fn statement(&mut self) -> Result<StatementTree, Fault> {
        match self.peek() {
            Token::Keyword("select") => Ok(StatementTree::Select(self.select()?)),
            Token::Keyword("insert") => self.insert(),
            Token::Keyword("update") => self.update(),
            Token::Keyword("delete") => self.delete(),
            Token::Keyword("from") => self.from(),
            Token::Keyword("set" | "remove") => self.edits().map(|_| StatementTree::Edits),
            _ => self.expression(0).map(statement_of),
        }
    }

    fn insert(&mut self) -> Result<StatementTree, Fault> {
        let start = self.refuse("Unexpected keyword");
        self.advance();
        if !self.eat("into") {
            return Err(start);
        }
        let into = self.simple_path()?;
        let into = Source::of(into, false);
        if !self.eat("value") {
            // What is inserted may be any expression; no other word begins what DynamoDB inserts.
            self.expression(0)?;
            return Err(self.refuse("Unexpected token after expression"));
        }
        Ok(StatementTree::Insert { into, item: self.expression(0)? })
    }

    fn update(&mut self) -> Result<StatementTree, Fault> {
        self.advance();
        let table = self.table()?;
        let edits = self.some_edits()?;
        let condition = self.condition()?;
        Ok(StatementTree::Update { table, edits, condition, returning: self.returning()? })
    }

    /// Reads what is read from and how it is changed.
    pub(super) fn from(&mut self) -> Result<StatementTree, Fault> {
        self.advance();
        let table = self.source()?;
        let condition = self.condition()?;
        let edits = self.some_edits()?;
        Ok(StatementTree::Update { table, edits, condition, returning: self.returning()? })
    }

    fn delete(&mut self) -> Result<StatementTree, Fault> {
        self.advance();
        if !self.eat("from") {
            return Err(self.refuse("Expected FROM after DELETE"));
        }
        let from = self.table()?;
        let condition = self.condition()?;
        Ok(StatementTree::Delete { from, condition, returning: self.returning()? })
    }

    fn some_edits(&mut self) -> Result<Vec<Edit>, Fault> {
        let edits = self.edits()?;
        if edits.is_empty() { Err(self.refuse("Expected data manipulation")) } else { Ok(edits) }
    }

    /// Reads `SET` with as many paths as there are, and `REMOVE` with one.
    fn edits(&mut self) -> Result<Vec<Edit>, Fault> {
        let mut edits = Vec::new();
        loop {
            if self.eat("remove") {
                edits.push(Edit::Remove(self.simple_path()?));
            } else if self.eat("set") {
                self.sets(&mut edits)?;
            } else {
                return Ok(edits);
            }
        }
    }

    fn sets(&mut self, edits: &mut Vec<Edit>) -> Result<(), Fault> {
        edits.push(self.set()?);
        while self.eat_symbol(",") {
            edits.push(self.set()?);
        }
        Ok(())
    }

    fn set(&mut self) -> Result<Edit, Fault> {
        let path = self.simple_path()?;
        self.expect_symbol("=", "Expected '='")?;
        Ok(Edit::Set(path, self.expression(0)?))
    }

    /// Reads the name of a table that is written to.
    fn table(&mut self) -> Result<Source, Fault> {
        let path = self.simple_path()?;
        let alias = self.alias();
        Ok(Source::of(path, alias))
    }

    /// Reads what is read from.
    pub(super) fn source(&mut self) -> Result<Source, Fault> {
        let first = self.expression(0)?;
        let alias = self.alias();
        let mut source = Source::of(first, alias);
        while self.eat_symbol(",") {
            self.expression(0)?;
            source.alias |= self.alias();
            source.single = false;
        }
        Ok(source)
    }

    /// Reads another name for what is read, if there is one.
    fn alias(&mut self) -> bool {
        let named = self.eat("as");
        if matches!(self.peek(), Token::Name(_) | Token::Quoted(_)) {
            self.advance();
            return true;
        }
        named
    }

    fn returning(&mut self) -> Result<ReturnValues, Fault> {
        if !self.eat("returning") {
            return Ok(ReturnValues::None);
        }
        let modified = self.eat("modified");
        if !modified && !self.eat("all") {
            return Err(self.refuse("Expected ALL or MODIFIED keyword"));
        }
        let new = self.eat("new");
        if !new && !self.eat("old") {
            return Err(self.refuse("Expected OLD or NEW keyword"));
        }
        self.expect_symbol("*", "Expected * after RETURNING")?;
        Ok(match (modified, new) {
            (false, false) => ReturnValues::AllOld,
            (false, true) => ReturnValues::AllNew,
            (true, false) => ReturnValues::UpdatedOld,
            (true, true) => ReturnValues::UpdatedNew,
        })
    }
}

impl Parser {
    /// Reads a `SELECT`.
    pub(super) fn select(&mut self) -> Result<Select, Fault> {
        self.advance();
        let list = if self.eat_symbol("*") { None } else { Some(self.selected()?) };
        if !self.eat("from") {
            return Err(self.refuse("Expected FROM after SELECT list"));
        }
        let from = self.source()?;
        let condition = self.condition()?;
        let order = if self.eat("order") { self.order()? } else { Vec::new() };
        Ok(Select { list, from, condition, order })
    }

    fn selected(&mut self) -> Result<Vec<Expression>, Fault> {
        let mut all = Vec::new();
        loop {
            if let Token::Keyword(word @ "from") = self.peek() {
                let reason = format!(
                    "Expected identifier or an expression but found unexpected keyword '{word}' in a select list."
                );
                return Err(self.refuse(&reason));
            }
            let selected = self.expression(0)?;
            if matches!(selected.kind, Kind::Call(..)) {
                self.selected_call.get_or_insert(selected.span);
            }
            all.push(selected);
            if !self.eat_symbol(",") {
                return Ok(all);
            }
        }
    }

    /// Reads a condition, if there is one.
    pub(super) fn condition(&mut self) -> Result<Option<Expression>, Fault> {
        if !self.eat("where") {
            return Ok(None);
        }
        self.expression(0).map(Some)
    }

    fn order(&mut self) -> Result<Vec<OrderTerm>, Fault> {
        if !self.eat("by") {
            return Err(self.refuse("Expected BY after ORDER"));
        }
        let mut terms = Vec::new();
        loop {
            let by = self.expression(0)?;
            let descending = self.eat("desc");
            if !descending {
                self.eat("asc");
            }
            // Keys are never null, so that it does not matter where nulls come.
            if self.eat_name("nulls") && !(self.eat_name("first") || self.eat_name("last")) {
                return Err(self.refuse("Expected FIRST OR LAST after NULLS"));
            }
            terms.push(OrderTerm { by, descending });
            if !self.eat_symbol(",") {
                return Ok(terms);
            }
        }
    }

    /// Reads a word, be it a keyword or not.
    fn eat_name(&mut self, word: &str) -> bool {
        let found = match self.peek() {
            Token::Keyword(found) => *found == word,
            Token::Name(found) => found.eq_ignore_ascii_case(word),
            _ => false,
        };
        if found {
            self.advance();
        }
        found
    }
}

/// What an expression is as a statement.
fn statement_of(expression: Expression) -> StatementTree {
    match expression.kind {
        Kind::Call(name, mut operands) if name == "exists" && operands.len() == 1 => {
            match operands.pop().map(|operand| operand.kind) {
                Some(Kind::Select(select)) => StatementTree::Exists(*select),
                _ => StatementTree::Expression(Expression { kind: Kind::Call(name, operands), ..expression }),
            }
        }
        kind => StatementTree::Expression(Expression { kind, ..expression }),
    }
}

impl Source {
    /// The names that an expression is made of, if it is made of names.
    fn of(expression: Expression, alias: bool) -> Self {
        let span = expression.span;
        match expression.kind {
            Kind::Name(name) => Self { names: vec![(name, span)], alias, single: true },
            Kind::Path(head, steps) => {
                let Kind::Name(head) = head.kind else {
                    return Self { names: Vec::new(), alias, single: false };
                };
                let single = steps.iter().all(|step| matches!(step, Step::Name(_)));
                let names = steps.into_iter().filter_map(|step| match step {
                    Step::Name(name) => Some((name, span)),
                    Step::Index(_) | Step::Any(_) => None,
                });
                let names = [(head, span)].into_iter().chain(names).collect();
                Self { names, alias, single }
            }
            _ => Self { names: Vec::new(), alias, single: false },
        }
    }
}
