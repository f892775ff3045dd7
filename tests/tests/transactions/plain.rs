//! Any sequence of transactions does what it would do to plain maps.

use std::collections::{BTreeMap, BTreeSet};

use ddbmock_engine::op::{ConditionCheck, Delete, DescribeTable, Put, TransactWriteItem, Update};
use ddbmock_engine::{
    AttributeMap, AttributeValue, CancellationCode as Code, Engine, Error, Item, attributes,
};
use proptest::prelude::*;

use super::{TABLES, config, create_tables, key, read, write};
use crate::storages::Restartable;

const IDS: usize = 3;

type Row = (&'static str, usize);

#[derive(Debug, Clone)]
struct Act {
    row: Row,
    deed: Deed,
    /// Whether the item must be there, or must not.
    condition: Option<bool>,
}

#[derive(Debug, Clone)]
enum Deed {
    Check,
    Put(String),
    Count,
    Delete,
}

fn act() -> impl Strategy<Value = Act> {
    let row = (prop::sample::select(&TABLES), 0..IDS);
    let deed =
        prop_oneof![Just(Deed::Check), ".{0,20}".prop_map(Deed::Put), Just(Deed::Count), Just(Deed::Delete),];
    (row, deed, prop::option::of(any::<bool>())).prop_map(|(row, deed, condition)| Act {
        row,
        deed,
        condition,
    })
}

fn action(Act { row: (table, id), deed, condition }: &Act) -> TransactWriteItem {
    let (table_name, key) = (String::from(*table), key(id));
    let there = |there: bool| if there { "attribute_exists(id)" } else { "attribute_not_exists(id)" };
    let condition_expression = condition.map(|one| there(one).to_owned());
    match deed {
        Deed::Check => ConditionCheck {
            table_name,
            key: key.into(),
            condition_expression: condition_expression.unwrap_or("attribute_exists(id)".into()),
            ..Default::default()
        }
        .into(),
        Deed::Put(text) => {
            let item = attributes! { "id" => id.to_string(), "text" => text.as_str() };
            Put { table_name, item: item.into(), condition_expression, ..Default::default() }.into()
        }
        Deed::Count => Update {
            table_name,
            key: key.into(),
            update_expression: "ADD n :one".into(),
            condition_expression,
            expression_attribute_values: Some(attributes! { ":one" => 1 }.into()),
            ..Default::default()
        }
        .into(),
        Deed::Delete => {
            Delete { table_name, key: key.into(), condition_expression, ..Default::default() }.into()
        }
    }
}

/// Does a transaction in plain maps, or says why not.
fn plainly(plain: &mut BTreeMap<Row, AttributeMap>, acts: &[Act]) -> Result<(), Option<Vec<Code>>> {
    let rows: BTreeSet<Row> = acts.iter().map(|act| act.row).collect();
    if rows.len() < acts.len() {
        return Err(None);
    }
    let holds = |act: &Act| {
        let wanted = act.condition.or(matches!(act.deed, Deed::Check).then_some(true));
        wanted.is_none_or(|wanted| plain.contains_key(&act.row) == wanted)
    };
    let code = |act: &Act| if holds(act) { Code::None } else { Code::ConditionalCheckFailed };
    let codes: Vec<Code> = acts.iter().map(code).collect();
    if codes.iter().any(|code| *code != Code::None) {
        return Err(Some(codes));
    }
    for Act { row, deed, .. } in acts {
        match deed {
            Deed::Check => {}
            Deed::Put(text) => {
                let item = attributes! { "id" => row.1.to_string(), "text" => text.as_str() };
                plain.insert(*row, item);
            }
            Deed::Count => {
                let item = plain.entry(*row).or_insert_with(|| key(row.1));
                let n = match item.get("n") {
                    Some(AttributeValue::N(n)) => n.parse().unwrap(),
                    _ => 0,
                };
                item.insert("n".into(), (n + 1).into());
            }
            Deed::Delete => drop(plain.remove(row)),
        }
    }
    Ok(())
}

fn really(engine: &Engine, acts: &[Act]) -> Result<(), Option<Vec<Code>>> {
    write(engine, acts.iter().map(action)).map_err(|error| match error {
        Error::TransactionCanceled { reasons, .. } => {
            Some(reasons.iter().map(|reason| reason.code).collect())
        }
        Error::Validation(_) => None,
        error => panic!("{acts:?}: {error}"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_history_leaves_what_plain_maps_would(
        history in prop::collection::vec((prop::collection::vec(act(), 1..4), prop::bool::weighted(0.2)), 0..20),
    ) {
        for mut engine in Restartable::on_each(config) {
            create_tables(&engine);
            let mut plain = BTreeMap::new();
            for (acts, restarts) in &history {
                prop_assert_eq!(really(&engine, acts), plainly(&mut plain, acts));
                if *restarts {
                    engine.restart();
                }
            }
            for table in TABLES {
                let found = read(&engine, (0..IDS).map(|id| (table, id)));
                let found: Vec<_> = found.iter().map(|item| item.as_ref().map(Item::to_map)).collect();
                let expected: Vec<_> = (0..IDS).map(|id| plain.get(&(table, id)).cloned()).collect();
                prop_assert_eq!(&found, &expected);
                let described = engine.describe_table(DescribeTable { table_name: table.into() }).unwrap().table;
                let items = expected.iter().flatten();
                let bytes = items.clone().map(|item| Item::strict(item).unwrap().bytes() as u64).sum::<u64>();
                prop_assert_eq!((described.item_count, described.table_size_bytes), (items.count() as u64, bytes));
            }
        }
    }
}
