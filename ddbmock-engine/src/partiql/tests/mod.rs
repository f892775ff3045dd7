//! What is read from any text, and that what is printed is read again.

mod draw;
mod print;

use ddbmock_model::op::ExecuteStatement;
use ddbmock_model::{AttributeValue, Error, Item, attributes};
use proptest::prelude::*;

use super::keyword::{TypeName, type_name};
use super::tree::{COMPARISON, EQUALITY, Infix};
use super::{fault, next_token, syntax};
use crate::Engine;
use crate::expression::tree::{Function, UpdateOperator};

/// A tree without the places of its tokens, and without the places of question marks.
fn bare(tree: &impl std::fmt::Debug) -> String {
    let mut bare = String::new();
    for part in format!("{tree:?}").split("Span {") {
        let after = part.split_once('}').filter(|_| !bare.is_empty());
        bare.push_str(after.map_or(part, |(_, after)| after));
    }
    bare.split("Parameter(")
        .map(|part| part.trim_start_matches(|digit: char| digit.is_ascii_digit()))
        .collect()
}

/// Pieces of statements, so that much of what is drawn goes far.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "SELECT",
        "*",
        "FROM",
        "tbl",
        "WHERE",
        "pk",
        "=",
        "'a'",
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<<",
        ">>",
        ",",
        ":",
        ".",
        "?",
        "1",
        "1e5",
        "INSERT INTO",
        "VALUE",
        "UPDATE",
        "SET",
        "REMOVE",
        "DELETE FROM",
        "RETURNING ALL OLD *",
        "IS",
        "MISSING",
        "IN",
        "BETWEEN",
        "size",
        "set_add",
        "EXISTS",
        "ORDER BY",
        "\"",
        "'",
        "--",
        "/*",
        "`",
        "CASE",
        "WHEN",
        "THEN",
        "END",
        "-",
        "+",
        "<",
        "\n",
        "ä",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|all| all.join(" "))
}

/// What a statement of any text is answered with: an answer, or a refusal that is the caller's fault.
fn is_answered(text: String) {
    let parameters = Some(vec![AttributeValue::N("1".into()), AttributeValue::S("a".into())]);
    let statement = ExecuteStatement { statement: text, parameters, ..Default::default() };
    let answer = Engine::default().execute_statement(statement);
    assert!(!matches!(answer, Err(Error::Internal(_) | Error::InternalFailure(_))));
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(statement in draw::statement()) {
        let text = statement.to_string();
        let read = syntax::parse(&text);
        if let Ok((read, _)) = &read {
            prop_assert_eq!(bare(read), bare(&statement), "{}", text);
        } else {
            prop_assert!(false, "{text}: {read:?}");
        }
    }

    #[test]
    fn any_statement_is_answered(statement in draw::statement()) {
        is_answered(statement.to_string());
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,60}") {
        is_answered(text);
    }

    #[test]
    fn any_pieces_are_answered(text in pieces()) {
        is_answered(text);
    }
}

proptest! {
    #[test]
    fn a_token_that_is_changed_is_refused(at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9+/=]", text in "\\PC{0,40}") {
        let last = Item::strict(&attributes! { "pk" => "a", "sk" => 1 }).unwrap();
        let token = next_token::seal("SELECT", &[], &last);
        prop_assert_eq!(next_token::open(&token, "SELECT", &[]), Ok(last));
        let at = at.index(token.len());
        let changed = format!("{}{letter}{}", &token[..at], &token[at + 1..]);
        let opened = next_token::open(&changed, "SELECT", &[]);
        prop_assert!(changed == token || opened.is_err());
        prop_assert!(next_token::open(&text, "SELECT", &[]).is_err());
    }
}

#[test]
fn nothing_is_too_deep_to_be_answered() {
    for (opening, inside, closing) in [
        ("(", "1", ")"),
        ("[", "", "]"),
        ("{'a': ", "1", "}"),
        ("<<", "1", ">>"),
        ("NOT ", "1", ""),
        ("size(", "a", ")"),
        ("a[", "0", "]"),
        ("CASE ", "1", " END"),
        ("(SELECT * FROM ", "a", ")"),
        ("FROM ", "a", ""),
        ("1 + ", "1", ""),
        ("1 = ", "1", ""),
        ("a OR ", "1", ""),
        ("1 BETWEEN ", "1", " AND 1"),
        ("a IN ", "1", ""),
        ("- ", "1", ""),
        ("a.", "b", ""),
        ("EXISTS(SELECT * FROM ", "a", ")"),
    ] {
        let count = 8000 / (opening.len() + closing.len());
        let deep = format!("{}{inside}{}", opening.repeat(count), closing.repeat(count));
        for text in
            [deep.clone(), format!("SELECT * FROM tbl WHERE {deep}"), format!("UPDATE tbl SET a = {deep}")]
        {
            is_answered(text);
        }
    }
}

#[test]
fn the_page_has_what_is_read() {
    let page = include_str!("../../../../docs/src/partiql.md");
    let hint = fault::unrecognized_function("f", fault::Span::default()).hint.unwrap();
    for function in [Function::NAMES, UpdateOperator::FUNCTIONS, &["set_add", "set_delete"]].concat() {
        assert!(page.contains(&format!("{function}(")), "{function}");
        assert!(hint.contains(function), "{function}");
    }
    let compares = |binds: u8| [COMPARISON, EQUALITY].contains(&binds);
    for (text, infix, _) in Infix::ALL.iter().filter(|(_, _, binds)| compares(*binds)) {
        assert!(*infix == Infix::Like || page.contains(&format!("\"{text}\"")), "{text}");
    }
    let (_, types) = page.split_once("IS [ NOT ] ( ").unwrap();
    for word in types.split_once(" )").unwrap().0.split(" | ") {
        let name = type_name(&word.to_lowercase());
        assert!(matches!(name, Some(TypeName::Missing | TypeName::Of(_))), "{word}");
    }
}
