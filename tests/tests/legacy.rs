//! Legacy parameters do what the expressions do that replaced them, whatever is stored.

use ddbmock_engine::op::{CreateTable, PutItem, UpdateItem, UpdateItemOutput};
use ddbmock_engine::{
    AttributeAction, AttributeDefinition, AttributeMap, AttributeUpdates, AttributeValue,
    AttributeValueUpdate, BillingMode, ComparisonOperator, Engine, Error, Expected, ExpectedAttributeValue,
    KeySchemaElement, ReturnValues, attributes,
};
use proptest::prelude::*;

const TABLE: &str = "songs";

/// An engine with one item of these attributes.
fn engine(stored: &AttributeMap) -> Engine {
    let engine = Engine::default();
    let definition = AttributeDefinition { attribute_name: "id".into(), ..Default::default() };
    let table = CreateTable {
        table_name: TABLE.into(),
        attribute_definitions: vec![definition],
        key_schema: vec![KeySchemaElement { attribute_name: "id".into(), ..Default::default() }],
        billing_mode: Some(BillingMode::PayPerRequest),
        ..Default::default()
    };
    engine.create_table(table).unwrap();
    let item = stored.clone().into_iter().chain(attributes! { "id" => "a" }).collect();
    engine.put_item(PutItem { table_name: TABLE.into(), item, ..Default::default() }).unwrap();
    engine
}

/// Answers an update of that item.
fn update(stored: &AttributeMap, request: UpdateItem) -> Result<UpdateItemOutput, Error> {
    let request = UpdateItem {
        table_name: TABLE.into(),
        key: attributes! { "id" => "a" }.into(),
        return_values: ReturnValues::AllNew,
        ..request
    };
    engine(stored).update_item(request)
}

fn value() -> impl Strategy<Value = AttributeValue> {
    let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    prop::sample::select(vec![
        "a".into(),
        "ab".into(),
        1.into(),
        AttributeValue::n("2.50"),
        AttributeValue::B(vec![1]),
        AttributeValue::B(vec![1, 2]),
        true.into(),
        AttributeValue::Null(true),
        AttributeValue::Ss(strings(&["a"])),
        AttributeValue::Ss(strings(&["b", "a"])),
        AttributeValue::Ns(strings(&["1"])),
        AttributeValue::Ns(strings(&["2.5", "1"])),
        AttributeValue::Bs(vec![vec![1]]),
        vec!["a", "ab"].into(),
        vec![1].into(),
        attributes! { "k" => "a" }.into(),
    ])
}

/// An operator, and as many values as it takes.
fn comparison() -> impl Strategy<Value = (ComparisonOperator, Vec<AttributeValue>)> {
    let operators = prop::sample::select(vec![
        ComparisonOperator::Eq,
        ComparisonOperator::Ne,
        ComparisonOperator::Lt,
        ComparisonOperator::Le,
        ComparisonOperator::Gt,
        ComparisonOperator::Ge,
        ComparisonOperator::Between,
        ComparisonOperator::In,
        ComparisonOperator::BeginsWith,
        ComparisonOperator::Contains,
        ComparisonOperator::NotContains,
        ComparisonOperator::Null,
        ComparisonOperator::NotNull,
    ]);
    operators.prop_flat_map(|operator| {
        let count = match operator {
            ComparisonOperator::Null | ComparisonOperator::NotNull => 0..1,
            ComparisonOperator::Between => 2..3,
            ComparisonOperator::In => 1..4,
            _ => 1..2,
        };
        (Just(operator), prop::collection::vec(value(), count))
    })
}

/// The expression that an operator stands for, of an attribute `x` and so many values `:0`, `:1`.
fn expression(operator: ComparisonOperator, count: usize) -> String {
    let values: Vec<String> = (0..count).map(|place| format!(":{place}")).collect();
    match operator {
        ComparisonOperator::Eq => "x = :0".into(),
        ComparisonOperator::Ne => "x <> :0".into(),
        ComparisonOperator::Lt => "x < :0".into(),
        ComparisonOperator::Le => "x <= :0".into(),
        ComparisonOperator::Gt => "x > :0".into(),
        ComparisonOperator::Ge => "x >= :0".into(),
        ComparisonOperator::Between => "x BETWEEN :0 AND :1".into(),
        ComparisonOperator::In => format!("x IN ({})", values.join(", ")),
        ComparisonOperator::BeginsWith => "begins_with(x, :0)".into(),
        ComparisonOperator::Contains => "contains(x, :0)".into(),
        ComparisonOperator::NotContains => "NOT contains(x, :0)".into(),
        ComparisonOperator::Null => "attribute_not_exists(x)".into(),
        ComparisonOperator::NotNull => "attribute_exists(x)".into(),
    }
}

fn placeholders(values: impl IntoIterator<Item = AttributeValue>) -> Option<AttributeMap> {
    let named = (0..).map(|place: usize| format!(":{place}")).zip(values);
    Some(named.collect::<AttributeMap>()).filter(|map| !map.is_empty())
}

/// The clauses of the expression that some updates stand for, with the values in their order.
fn clauses(updates: &AttributeUpdates) -> String {
    let mut places = 0..;
    let (mut set, mut remove, mut add, mut delete) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (name, update) in updates {
        let place = update.value.as_ref().and_then(|_| places.next()).map(|place| format!(":{place}"));
        match (update.action, place) {
            (_, None) => remove.push(name.clone()),
            (AttributeAction::Put, Some(place)) => set.push(format!("{name} = {place}")),
            (AttributeAction::Add, Some(place)) => add.push(format!("{name} {place}")),
            (AttributeAction::Delete, Some(place)) => delete.push(format!("{name} {place}")),
        }
    }
    let clauses = [("SET", set), ("REMOVE", remove), ("ADD", add), ("DELETE", delete)];
    let clauses = clauses.into_iter().filter(|(_, actions)| !actions.is_empty());
    let clauses: Vec<String> =
        clauses.map(|(word, actions)| format!("{word} {}", actions.join(", "))).collect();
    clauses.join(" ")
}

fn updates() -> impl Strategy<Value = AttributeUpdates> {
    let action =
        prop::sample::select(vec![AttributeAction::Put, AttributeAction::Add, AttributeAction::Delete]);
    let update = (prop::option::weighted(0.8, value()), action)
        .prop_map(|(value, action)| AttributeValueUpdate { value, action });
    prop::collection::btree_map("[x-z]", update, 1..4)
}

proptest! {
    #[test]
    fn expected_does_what_a_condition_does(
        stored in prop::option::of(value()),
        (operator, values) in comparison(),
    ) {
        let stored: AttributeMap = stored.into_iter().map(|value| ("x".to_owned(), value)).collect();
        let condition = ExpectedAttributeValue {
            comparison_operator: Some(operator),
            attribute_value_list: Some(values.clone()),
            ..Default::default()
        };
        let expected = Expected::from([("x".to_owned(), condition)]);
        let legacy = update(&stored, UpdateItem { expected: Some(expected), ..Default::default() });
        if matches!(legacy, Err(Error::Validation(_))) {
            // Types that the operator does not take: not all of them are refused there.
            return Ok(());
        }
        let today = update(&stored, UpdateItem {
            condition_expression: Some(expression(operator, values.len())),
            expression_attribute_values: placeholders(values),
            ..Default::default()
        });
        prop_assert_eq!(legacy, today);
    }

    #[test]
    fn attribute_updates_do_what_an_update_does(
        stored in prop::collection::btree_map("[x-z]", value(), 0..4),
        updates in updates(),
    ) {
        let legacy = update(&stored, UpdateItem { attribute_updates: Some(updates.clone()), ..Default::default() });
        let today = update(&stored, UpdateItem {
            update_expression: Some(clauses(&updates)),
            expression_attribute_values: placeholders(updates.into_values().filter_map(|update| update.value)),
            ..Default::default()
        });
        match (legacy, today) {
            (Ok(legacy), Ok(today)) => prop_assert_eq!(legacy, today),
            (Err(Error::Validation(_)), Err(Error::Validation(_))) => {}
            // Only without an expression lists are added to; a lone PUT or ADD without a value is no REMOVE.
            (Ok(_), Err(today)) => prop_assert_eq!(today.message().rule.0, "expression.addend_type"),
            (Err(legacy), Ok(_)) => prop_assert_eq!(legacy.message().rule.0, "legacy.update_value"),
            (legacy, today) => prop_assert!(false, "{:?} {:?}", legacy, today),
        }
    }
}
