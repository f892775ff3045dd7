//! Updates as people write them, from their trees: what is printed is read again.

use ddbmock_model::Wording;
use proptest::prelude::*;

use crate::expression::parser::Leaves;
use crate::expression::tests::written::{Printed, path, separated, value};
use crate::expression::update::syntax::parse;
use crate::expression::update::tree::{Action, Edit, Operator, Term, UpdateTree};

fn operand() -> impl Strategy<Value = String> {
    prop_oneof![path(), value()].prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (path(), inner.clone()).prop_map(|(path, other)| format!("if_not_exists({path}, {other})")),
            (inner.clone(), inner).prop_map(|(one, other)| format!("list_append({one}, {other})")),
        ]
    })
}

fn set() -> impl Strategy<Value = String> {
    let sum = (operand(), prop::sample::select(vec!["+", "-"]), operand());
    let term =
        prop_oneof![operand(), sum.prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),];
    (path(), term).prop_map(|(target, term)| format!("{target} = {term}"))
}

/// Some clauses, each once, in any order.
fn update() -> impl Strategy<Value = String> {
    let pair = || (path(), value()).prop_map(|(target, value)| format!("{target} {value}"));
    let actions = [set().boxed(), path().boxed(), pair().boxed(), pair().boxed()];
    let clauses = actions.map(|action| prop::collection::vec(action, 0..4));
    (clauses, Just([0, 1, 2, 3]).prop_shuffle()).prop_filter_map("it has a clause", |(clauses, order)| {
        let words = ["SET", "REMOVE", "ADD", "DELETE"];
        let there = order.into_iter().filter(|place| !clauses[*place].is_empty());
        let clauses = there.map(|place| format!("{} {}", words[place], clauses[place].join(", ")));
        Some(clauses.collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
    })
}

fn print_term(leaves: &Leaves, term: &Term) -> String {
    match term {
        Term::Path(place) => leaves.path(*place),
        Term::Value(place) => leaves.value(*place),
        Term::Operation(operator @ (Operator::Plus | Operator::Minus), terms) => {
            separated(terms, &format!(" {} ", operator.text()), |term| print_term(leaves, term))
        }
        Term::Operation(function, terms) => {
            format!("{}({})", function.text(), separated(terms, ", ", |term| print_term(leaves, term)))
        }
    }
}

fn print_action(leaves: &Leaves, Action { target, edit }: &Action) -> String {
    let target = leaves.path(*target);
    match edit {
        Edit::Set(term) => format!("{target} = {}", print_term(leaves, term)),
        Edit::Remove => target,
        Edit::Add(value) | Edit::Delete(value) => format!("{target} {}", leaves.value(*value)),
    }
}

fn print(UpdateTree { leaves, actions }: &UpdateTree) -> String {
    let clauses: Vec<_> = actions.chunk_by(|one, next| one.edit.clause() == next.edit.clause()).collect();
    separated(&clauses, " ", |actions| {
        let word = actions[0].edit.clause().text();
        format!("{word} {}", separated(actions, ", ", |action| print_action(leaves, action)))
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(text in update()) {
        for wording in [Wording::Current, Wording::Classic] {
            prop_assert_eq!(print(&parse(&text, wording).unwrap()), &*text);
        }
    }
}
