//! Transactions in a program: what holds whatever many threads do at once, and what a token stands for.

mod history;
mod plain;

use std::thread;
use std::time::Duration;

use ddbmock_engine::op::{
    ConditionCheck, DeleteTable, Get, GetItem, Put, PutItem, Scan, TransactGetItems, TransactWriteItem,
    TransactWriteItems, Update, UpdateItem,
};
use ddbmock_engine::{
    AttributeMap, AttributeValue, CancellationCode as Code, Clock, Config, Engine, Error, Item, Timestamp,
    attributes,
};
use fastrand::Rng;

use crate::storages::{ON_EACH, in_memory};
use crate::table::keyed_by_id;

const TABLES: [&str; 2] = ["checking", "savings"];
const ACCOUNTS: usize = 4;
const BALANCE: i64 = 100;

fn config() -> Config {
    Config { clock: Clock::manual(Timestamp(1_000)), seed: Some(1), ..Config::default() }
}

/// An engine with both tables.
fn bank(engine: fn(Config) -> Engine) -> Engine {
    let engine = engine(config());
    create_tables(&engine);
    engine
}

fn create_tables(engine: &Engine) {
    for table in TABLES {
        engine.create_table(keyed_by_id(table)).unwrap();
    }
}

fn key(id: impl ToString) -> AttributeMap {
    attributes! { "id" => id.to_string() }
}

/// Every account of both tables.
fn accounts() -> impl Iterator<Item = (&'static str, usize)> {
    TABLES.into_iter().flat_map(|table| (0..ACCOUNTS).map(move |id| (table, id)))
}

fn open_accounts(engine: &Engine) {
    let put = |(table, id)| Put {
        table_name: String::from(table),
        item: attributes! { "id" => usize::to_string(&id), "balance" => BALANCE, "visits" => 0 }.into(),
        ..Default::default()
    };
    write(engine, accounts().map(put)).unwrap();
}

fn write<A: Into<TransactWriteItem>>(
    engine: &Engine,
    actions: impl IntoIterator<Item = A>,
) -> Result<(), Error> {
    let transact_items = actions.into_iter().map(Into::into).collect();
    engine.transact_write_items(TransactWriteItems { transact_items, ..Default::default() }).map(drop)
}

/// The items of keys, together.
fn read(engine: &Engine, keys: impl IntoIterator<Item = (&'static str, usize)>) -> Vec<Option<Item>> {
    let get =
        |(table, id)| Get { table_name: String::from(table), key: key(id).into(), ..Default::default() };
    let transact_items = keys.into_iter().map(|one| get(one).into()).collect();
    let request = TransactGetItems { transact_items, ..Default::default() };
    let responses = engine.transact_get_items(request).unwrap().responses;
    responses.into_iter().map(|response| response.item).collect()
}

fn number(item: &Item, name: &str) -> i64 {
    match &item.to_map()[name] {
        AttributeValue::N(text) => text.parse().unwrap(),
        other => panic!("{name} is {other:?}"),
    }
}

fn total(items: &[Option<Item>], name: &str) -> i64 {
    items.iter().map(|item| number(item.as_ref().unwrap(), name)).sum()
}

/// Moves money between two accounts, if there is enough of it.
fn transfer(engine: &Engine, random: &mut Rng) -> bool {
    let accounts: Vec<_> = accounts().collect();
    let picked = random.choose_multiple(&accounts, 3);
    let amount = random.i64(1..60);
    let change = |(table, id): (&str, usize), expression: &str, condition: Option<&str>| Update {
        table_name: table.into(),
        key: key(id).into(),
        update_expression: expression.into(),
        condition_expression: condition.map(Into::into),
        expression_attribute_values: Some(attributes! { ":amount" => amount }.into()),
        ..Default::default()
    };
    let check = ConditionCheck {
        table_name: picked[2].0.into(),
        key: key(picked[2].1).into(),
        condition_expression: "attribute_exists(id)".into(),
        ..Default::default()
    };
    let actions = [
        check.into(),
        change(*picked[0], "SET balance = balance - :amount", Some("balance >= :amount")).into(),
        change(*picked[1], "SET balance = balance + :amount", None).into(),
    ];
    match write::<TransactWriteItem>(engine, actions) {
        Ok(()) => true,
        Err(Error::TransactionCanceled { reasons, .. }) => {
            let codes = reasons.iter().map(|reason| reason.code).collect::<Vec<_>>();
            assert_eq!(codes, [Code::None, Code::ConditionalCheckFailed, Code::None]);
            false
        }
        Err(error) => panic!("{error}"),
    }
}

fn visit(engine: &Engine, table: &str, id: usize) {
    let request = UpdateItem {
        table_name: table.into(),
        key: key(id).into(),
        update_expression: Some("ADD visits :one".into()),
        expression_attribute_values: Some(attributes! { ":one" => 1 }.into()),
        ..Default::default()
    };
    engine.update_item(request).unwrap();
}

/// Reads an account and puts it back with a visit more, unless it has changed meanwhile.
fn put_back(engine: &Engine, table: &str, id: usize) -> bool {
    let get = GetItem { table_name: table.into(), key: key(id).into(), ..Default::default() };
    let before = engine.get_item(get).unwrap().item.unwrap();
    let (balance, visits) = (number(&before, "balance"), number(&before, "visits"));
    let request = PutItem {
        table_name: table.into(),
        item: attributes! { "id" => id.to_string(), "balance" => balance, "visits" => visits + 1 }.into(),
        condition_expression: Some("balance = :balance AND visits = :visits".into()),
        expression_attribute_values: Some(attributes! { ":balance" => balance, ":visits" => visits }.into()),
        ..Default::default()
    };
    match engine.put_item(request) {
        Ok(_) => true,
        Err(Error::ConditionalCheckFailed { .. }) => false,
        Err(error) => panic!("{error}"),
    }
}

/// Visits accounts; how many visits that came to.
fn visits(engine: &Engine, seed: u64, rounds: usize) -> i64 {
    let mut random = Rng::with_seed(seed);
    let visits = (0..rounds).map(|_| {
        let (table, id) = (random.choice(TABLES).unwrap(), random.usize(..ACCOUNTS));
        visit(engine, table, id);
        1 + i64::from(put_back(engine, table, id))
    });
    visits.sum()
}

fn transfers(engine: &Engine, seed: u64, rounds: usize) {
    let mut random = Rng::with_seed(seed);
    assert!((0..rounds).filter(|_| transfer(engine, &mut random)).count() > 0);
}

/// Transfers in any order of the tables, single writes, and readers that always see all the money.
#[test]
fn no_money_is_made_or_lost() {
    for (engine, rounds) in ON_EACH.map(bank).into_iter().zip([1500, 100]) {
        open_accounts(&engine);
        let everything = BALANCE * i64::try_from(accounts().count()).unwrap();
        let engine = &engine;
        let look = || assert_eq!(total(&read(engine, accounts()), "balance"), everything);
        let visited: i64 = thread::scope(|scope| {
            for seed in 0..3 {
                scope.spawn(move || transfers(engine, seed, rounds));
                scope.spawn(move || (0..rounds).for_each(|_| look()));
            }
            let visitors = [7, 8].map(|seed| scope.spawn(move || visits(engine, seed, rounds)));
            visitors.into_iter().map(|visitor| visitor.join().unwrap()).sum()
        });
        let items = read(engine, accounts());
        assert_eq!((total(&items, "balance"), total(&items, "visits")), (everything, visited));
    }
}

/// Whether the first rows are there yet: both or neither.
fn are_there(engine: &Engine) -> bool {
    let there = read(engine, TABLES.map(|table| (table, 0)));
    assert_eq!(there[0].is_some(), there[1].is_some());
    there[0].is_some()
}

#[test]
fn the_first_rows_of_tables_are_seen_together() {
    for _ in 0..200 {
        let engine = bank(in_memory);
        let put = |table: &str| Put { table_name: table.into(), item: key(0).into(), ..Default::default() };
        thread::scope(|scope| {
            scope.spawn(|| write(&engine, TABLES.map(put)).unwrap());
            while !are_there(&engine) {}
        });
    }
}

/// Puts an item into both tables, again and again; how often both were there.
fn write_both(engine: &Engine, writer: usize, rounds: usize) -> usize {
    let tables = if writer == 0 { [TABLES[1], TABLES[0]] } else { TABLES };
    let wrote = |round: &usize| {
        let item = key(format!("{writer} {round}"));
        let put =
            |table: &str| Put { table_name: table.into(), item: item.clone().into(), ..Default::default() };
        match write(engine, tables.map(put)) {
            Ok(()) => true,
            Err(Error::ResourceNotFound(_)) => false,
            Err(error) => panic!("{error}"),
        }
    };
    (0..rounds).filter(wrote).count()
}

/// One of the tables comes and goes: what is written to the other is written whole or not at all.
#[test]
fn a_table_that_goes_takes_no_half_of_a_transaction_with_it() {
    for (engine, rounds) in ON_EACH.map(bank).into_iter().zip([2000, 100]) {
        let engine = &engine;
        let done: usize = thread::scope(|scope| {
            let writers = [0, 1, 2].map(|writer| scope.spawn(move || write_both(engine, writer, rounds)));
            for _ in 0..rounds / 10 {
                engine.delete_table(DeleteTable { table_name: TABLES[1].into() }).unwrap();
                engine.create_table(keyed_by_id(TABLES[1])).unwrap();
            }
            writers.into_iter().map(|writer| writer.join().unwrap()).sum()
        });
        let scan = Scan { table_name: TABLES[0].into(), ..Default::default() };
        assert_eq!(engine.scan(scan).unwrap().count, done);
    }
}

fn count_once(engine: &Engine, token: &str) -> Result<(), Error> {
    let count = Update {
        table_name: TABLES[0].into(),
        key: key("count").into(),
        update_expression: "ADD n :one".into(),
        expression_attribute_values: Some(attributes! { ":one" => 1 }.into()),
        ..Default::default()
    };
    let request = TransactWriteItems {
        transact_items: vec![count.into()],
        client_request_token: Some(token.into()),
        ..Default::default()
    };
    engine.transact_write_items(request).map(drop)
}

fn counted(engine: &Engine) -> i64 {
    let get = GetItem { table_name: TABLES[0].into(), key: key("count").into(), ..Default::default() };
    number(&engine.get_item(get).unwrap().item.unwrap(), "n")
}

#[test]
fn a_token_is_good_for_ten_minutes() {
    for engine in ON_EACH.map(bank) {
        count_once(&engine, "one").unwrap();
        engine.advance(Duration::from_secs(599));
        count_once(&engine, "one").unwrap();
        assert_eq!(counted(&engine), 1);
        engine.advance(Duration::from_secs(1));
        count_once(&engine, "one").unwrap();
        assert_eq!(counted(&engine), 2);
        engine.reset().unwrap();
        engine.create_table(keyed_by_id(TABLES[0])).unwrap();
        count_once(&engine, "one").unwrap();
        assert_eq!(counted(&engine), 1);
    }
}

/// Whether it was answered; if not, another request with the token was being answered.
fn is_answered(engine: &Engine, token: &str) -> bool {
    match count_once(engine, token) {
        Ok(()) => true,
        Err(Error::TransactionInProgress(_)) => false,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn what_many_ask_for_with_one_token_is_done_once() {
    for (engine, rounds) in ON_EACH.map(bank).into_iter().zip([200, 20]) {
        for round in 1..=rounds {
            let token = round.to_string();
            let answered = thread::scope(|scope| {
                let asked = [(); 4].map(|()| scope.spawn(|| is_answered(&engine, &token)));
                asked.into_iter().filter_map(|one| one.join().unwrap().then_some(())).count()
            });
            assert!(answered > 0);
            assert_eq!(counted(&engine), round);
        }
    }
}
