//! Statements, drawn.

use ddbmock_model::ReturnValues;
use proptest::prelude::*;

use crate::partiql::fault::Span;
use crate::partiql::keyword::TypeName;
use crate::partiql::tree::{Edit, Expression, Infix, Kind, OrderTerm, Select, Source, StatementTree, Step};

fn expression(kind: Kind) -> Expression {
    Expression { kind, span: Span::default() }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,3}", Just("or".to_owned()), Just("a\"b.c".to_owned()), "\\PC{1,4}"]
}

fn path() -> impl Strategy<Value = Expression> {
    let index = (0..9usize).prop_map(|index| Step::Index(expression(Kind::Number(index.to_string()))));
    let step = prop_oneof![name().prop_map(Step::Name), index];
    (name(), prop::collection::vec(step, 0..3)).prop_map(|(name, steps)| {
        let head = expression(Kind::Name(name));
        if steps.is_empty() { head } else { expression(Kind::Path(Box::new(head), steps)) }
    })
}

fn leaf() -> impl Strategy<Value = Expression> {
    let kind = prop_oneof![
        Just(Kind::Null),
        Just(Kind::Missing),
        any::<bool>().prop_map(Kind::Bool),
        "-?[0-9]{1,4}(\\.[0-9]{1,2})?(e-?[0-9]{1,3})?".prop_map(Kind::Number),
        "[a-z'\"? -]{0,5}".prop_map(Kind::Text),
        "[a-z{}\"]{0,4}".prop_map(Kind::Ion),
        Just(Kind::Parameter(0)),
    ];
    prop_oneof![kind.prop_map(expression), path()]
}

fn infix() -> impl Strategy<Value = Infix> {
    prop::sample::select(Infix::ALL).prop_map(|(_, infix, _)| infix)
}

fn type_name() -> impl Strategy<Value = TypeName> {
    prop::sample::select(vec![
        TypeName::Missing,
        TypeName::Of("NULL"),
        TypeName::Of("S"),
        TypeName::Of("L"),
        TypeName::Other("IntegerType"),
    ])
}

/// A chain of AND or of OR that begins with one is a longer one: such is not drawn.
fn infix_of(infix: Infix, mut operands: Vec<Expression>) -> Kind {
    if !matches!(infix, Infix::And | Infix::Or) {
        operands.truncate(2);
    }
    if matches!(operands[0].kind, Kind::Infix(first, _) if first == infix) {
        operands[0] = expression(Kind::Null);
    }
    Kind::Infix(infix, operands)
}

fn any_expression() -> impl Strategy<Value = Expression> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let several = prop::collection::vec(inner.clone(), 0..3);
        let entry =
            ("[a-z']{0,3}", inner.clone()).prop_map(|(name, entry)| (expression(Kind::Text(name)), entry));
        let call = prop::sample::select(vec!["size", "begins_with", "foo"]);
        let three = [inner.clone(), inner.clone(), inner.clone()];
        let kind = prop_oneof![
            several.clone().prop_map(Kind::List),
            prop::collection::vec(entry, 0..3).prop_map(Kind::Map),
            several.clone().prop_map(Kind::Bag),
            (call, several.clone()).prop_map(|(name, all)| Kind::Call(name.to_owned(), all)),
            (infix(), prop::collection::vec(inner.clone(), 2..4))
                .prop_map(|(infix, all)| infix_of(infix, all)),
            inner.clone().prop_map(|one| Kind::Not(Box::new(one))),
            (any::<bool>(), three).prop_map(|(negated, three)| Kind::Between(negated, Box::new(three))),
            (any::<bool>(), inner.clone(), several).prop_map(|(negated, one, choices)| {
                Kind::In(negated, Box::new([one, expression(Kind::List(choices))]))
            }),
            (any::<bool>(), inner, type_name()).prop_map(|(negated, one, name)| Kind::Is(
                negated,
                Box::new(one),
                name
            )),
        ];
        kind.prop_map(expression)
    })
}

fn source() -> impl Strategy<Value = Source> {
    prop::collection::vec(name(), 1..3).prop_map(|names| {
        let names = names.into_iter().map(|name| (name, Span::default())).collect();
        Source { names, alias: false, single: true }
    })
}

fn select() -> impl Strategy<Value = Select> {
    let list = prop::option::of(prop::collection::vec(path(), 1..3));
    let order = prop::collection::vec((path(), any::<bool>()), 0..3);
    (list, source(), prop::option::of(any_expression()), order).prop_map(|(list, from, condition, order)| {
        let order = order.into_iter().map(|(by, descending)| OrderTerm { by, descending }).collect();
        Select { list, from, condition, order }
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let set = (path(), any_expression()).prop_map(|(path, value)| Edit::Set(path, value));
    prop_oneof![set, path().prop_map(Edit::Remove)]
}

fn returning() -> impl Strategy<Value = ReturnValues> {
    use ReturnValues::{AllNew, AllOld, None, UpdatedNew, UpdatedOld};
    prop::sample::select(vec![None, AllOld, AllNew, UpdatedOld, UpdatedNew])
}

/// Any statement.
pub(super) fn statement() -> impl Strategy<Value = StatementTree> {
    let condition = || prop::option::of(any_expression());
    let edits = prop::collection::vec(edit(), 1..4);
    prop_oneof![
        select().prop_map(StatementTree::Select),
        select().prop_map(StatementTree::Exists),
        (source(), any_expression()).prop_map(|(into, item)| StatementTree::Insert { into, item }),
        (source(), edits, condition(), returning()).prop_map(|(table, edits, condition, returning)| {
            StatementTree::Update { table, edits, condition, returning }
        }),
        (source(), condition(), returning()).prop_map(|(from, condition, returning)| StatementTree::Delete {
            from,
            condition,
            returning
        }),
    ]
}
