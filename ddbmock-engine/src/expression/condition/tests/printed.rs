//! Conditions as people write them, from their trees: what is printed is read again.

use ddbmock_model::Wording;
use proptest::prelude::*;

use crate::expression::Kind;
use crate::expression::condition::syntax::parse;
use crate::expression::condition::tree::{ConditionTree, Node, Operand, Operator, Test};
use crate::expression::parser::Leaves;
use crate::expression::tests::written::{Printed, path, separated, value};

/// What binds stronger comes first: whatever is not stronger than what it stands in is in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Test,
    Not,
    And,
    Or,
}

/// A condition as it is written, and how strongly it binds.
type Text = (Binding, String);

fn within(outer: Binding, (binding, text): &Text) -> String {
    // NOT is read once: a second one is in parentheses.
    if *binding < outer { text.clone() } else { format!("({text})") }
}

fn negated(inner: &Text) -> Text {
    (Binding::Not, format!("NOT {}", within(Binding::Not, inner)))
}

fn joined(binding: Binding, parts: &[Text]) -> Text {
    let word = if binding == Binding::And { " AND " } else { " OR " };
    (binding, separated(parts, word, |part| within(binding, part)))
}

fn operand() -> impl Strategy<Value = String> {
    prop_oneof![path(), value(), path().prop_map(|path| format!("size({path})"))]
}

fn test() -> impl Strategy<Value = Text> {
    let comparator = prop::sample::select(vec!["=", "<>", "<", "<=", ">", ">="]);
    let text = prop_oneof![
        (operand(), comparator, operand()).prop_map(|(left, word, right)| format!("{left} {word} {right}")),
        [operand().boxed(), operand().boxed(), operand().boxed()]
            .prop_map(|[one, from, to]| format!("{one} BETWEEN {from} AND {to}")),
        (operand(), prop::collection::vec(operand(), 1..4))
            .prop_map(|(one, all)| format!("{one} IN ({})", all.join(", "))),
        path().prop_map(|path| format!("attribute_exists({path})")),
        path().prop_map(|path| format!("attribute_not_exists({path})")),
        (path(), value()).prop_map(|(path, value)| format!("attribute_type({path}, {value})")),
        (operand(), operand()).prop_map(|(one, other)| format!("begins_with({one}, {other})")),
        (operand(), operand()).prop_map(|(one, other)| format!("contains({one}, {other})")),
    ];
    text.prop_map(|text| (Binding::Test, text))
}

fn condition() -> impl Strategy<Value = Text> {
    test().prop_recursive(4, 24, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several().prop_map(|parts| joined(Binding::And, &parts)),
            several().prop_map(|parts| joined(Binding::Or, &parts)),
            inner.clone().prop_map(|one| negated(&one)),
        ]
    })
}

fn print(leaves: &Leaves, node: &Node) -> Text {
    let all = |nodes: &[Node]| nodes.iter().map(|node| print(leaves, node)).collect::<Vec<_>>();
    match node {
        Node::All(nodes) => joined(Binding::And, &all(nodes)),
        Node::Any(nodes) => joined(Binding::Or, &all(nodes)),
        Node::Not(node) => negated(&print(leaves, node)),
        Node::Test(test) => (Binding::Test, print_test(leaves, test)),
    }
}

fn print_test(leaves: &Leaves, Test { operator, operands }: &Test) -> String {
    let operand = |operand: &Operand| match operand {
        Operand::Path(place) => leaves.path(*place),
        Operand::Value(place) => leaves.value(*place),
        Operand::Call(test) => print_test(leaves, test),
    };
    let (word, list) = (operator.text(), |operands: &[Operand]| separated(operands, ", ", operand));
    match (operator, operands.as_slice()) {
        (Operator::Function(_), operands) => format!("{word}({})", list(operands)),
        (Operator::In, [one, all @ ..]) => format!("{} IN ({})", operand(one), list(all)),
        (Operator::Between, [one, bounds @ ..]) => {
            format!("{} BETWEEN {}", operand(one), separated(bounds, " AND ", operand))
        }
        (Operator::Compare(_), operands) => separated(operands, &format!(" {word} "), operand),
        (operator, []) => panic!("{operator:?} has no operands"),
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again((_, text) in condition()) {
        for kind in [Kind::Condition, Kind::Filter, Kind::KeyCondition, Kind::SearchCondition] {
            for wording in [Wording::Current, Wording::Classic] {
                let ConditionTree { leaves, root } = parse(kind, &text, wording).unwrap();
                prop_assert_eq!(&print(&leaves, &root).1, &text);
            }
        }
    }
}
