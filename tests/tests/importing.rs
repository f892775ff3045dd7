//! Many items put into a table at once: all of it is there, or nothing.

use std::ops::{Bound, ControlFlow};

use ddbmock_engine::op::{CreateTable, DescribeTable, GetItem, ListTables, PutItem};
use ddbmock_engine::storage::{Direction, Read, Space};
use ddbmock_engine::{AttributeMap, Call, Clock, Config, Engine, Error, Import, Timestamp, attributes};

use crate::lasting::Lasting;
use crate::storages::ON_EACH;
use crate::table::{indexed_by_text, keyed_by_id};

const TABLE: &str = "songs";
/// How many items of so many bytes are more than are written at once.
const MANY: usize = 100;
const BYTES: usize = 380_000;

fn config() -> Config {
    Config { clock: Clock::manual(Timestamp(1_000)), seed: Some(1), ..Config::default() }
}

fn begin(engine: &Engine) -> Result<Import, Error> {
    engine.import(&Call::from(indexed_by_text(TABLE)))
}

fn put(import: &mut Import, item: AttributeMap) -> Result<(), Error> {
    import.put(&Call::from(PutItem { table_name: TABLE.into(), item: item.into(), ..Default::default() }))
}

fn put_many(import: &mut Import) -> Result<(), Error> {
    let body = "x".repeat(BYTES);
    let item = |id: usize| attributes! { "id" => id.to_string(), "text" => "a", "body" => body.as_str() };
    (0..MANY).try_for_each(|id| put(import, item(id)))
}

fn tables(engine: &Engine) -> Vec<String> {
    engine.list_tables(ListTables::default()).unwrap().table_names
}

/// The entries of a table's space.
fn entries(storage: &dyn Read, table: u64) -> usize {
    let mut entries = 0;
    for part in 0..2 {
        let all = (Bound::Unbounded, Bound::Unbounded);
        let mut count = |_: &[u8], _: &_| {
            entries += 1;
            ControlFlow::Continue(())
        };
        storage.walk(Space { table, part }, all, Direction::Forward, &mut count).unwrap();
    }
    entries
}

#[test]
fn a_table_is_seen_once_it_is_whole() {
    for engine in ON_EACH.map(|engine| engine(config())) {
        let mut import = begin(&engine).unwrap();
        put_many(&mut import).unwrap();
        put(&mut import, attributes! { "id" => "7", "text" => "later" }).unwrap();
        assert_eq!(tables(&engine), Vec::<String>::new());
        import.finish().unwrap();
        let described = engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table;
        assert_eq!(described.item_count, MANY as u64);
        assert_eq!(described.global_secondary_indexes[0].item_count, MANY as u64);
        let get = GetItem {
            table_name: TABLE.into(),
            key: attributes! { "id" => "7" }.into(),
            ..Default::default()
        };
        assert_eq!(engine.get_item(get).unwrap().item.unwrap().to_map()["text"], "later".into());
        assert_eq!(engine.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn nothing_is_left_of_a_table_that_is_not_finished() {
    let storage = Lasting::default();
    let engine = Engine::with_storage(config(), storage.clone()).unwrap();
    let mut import = begin(&engine).unwrap();
    put_many(&mut import).unwrap();
    assert!(entries(&storage, 1) > 0);
    let killed = storage.killed();
    drop(import);
    assert_eq!(entries(&storage, 1), 0);

    assert!(entries(&killed, 1) > 0);
    let engine = Engine::with_storage(config(), killed.clone()).unwrap();
    assert_eq!((tables(&engine), entries(&killed, 1)), (Vec::new(), 0));
    // Its number is never given again.
    let mut import = begin(&engine).unwrap();
    put(&mut import, attributes! { "id" => "1" }).unwrap();
    import.finish().unwrap();
    assert_eq!((entries(&killed, 1), entries(&killed, 2)), (0, 1));
    let again = Engine::with_storage(config(), killed.killed()).unwrap();
    assert_eq!((tables(&again), again.check().unwrap()), (vec![TABLE.to_owned()], Vec::new()));
}

#[test]
fn a_storage_that_fails_ends_it() {
    for syncs in 0..3 {
        let storage = Lasting::default();
        let engine = Engine::with_storage(config(), storage.clone()).unwrap();
        storage.fail_after(syncs);
        let failed = begin(&engine).and_then(|mut import| {
            put_many(&mut import)?;
            import.finish()
        });
        assert!(matches!(failed, Err(Error::Internal(_))), "{syncs}: {failed:?}");
        let engine = Engine::with_storage(config(), storage.killed()).unwrap();
        assert_eq!(tables(&engine), Vec::<String>::new(), "{syncs}");
    }
}

#[test]
fn what_is_refused_is_left_out() {
    let engine = Engine::new(config());
    let mut import = begin(&engine).unwrap();
    let mut check = |item: AttributeMap, expected: &str| {
        assert_eq!(put(&mut import, item).unwrap_err().message().text, expected);
    };
    check(
        attributes! { "text" => "a" },
        "One or more parameter values were invalid: Missing the key id in the item",
    );
    check(
        attributes! { "id" => "1", "text" => 1 },
        "One or more parameter values were invalid: Type mismatch for Index Key text Expected: S Actual: N \
         IndexName: by_text",
    );
    put(&mut import, attributes! { "id" => "1" }).unwrap();
    import.finish().unwrap();
    assert_eq!(engine.holdings()[0].items, 1);
}

#[test]
fn a_name_is_taken_once() {
    let engine = Engine::new(config());
    let import = begin(&engine).unwrap();
    engine.create_table(keyed_by_id(TABLE)).unwrap();
    assert!(matches!(import.finish(), Err(Error::ResourceInUse(_))));
    assert!(matches!(begin(&engine), Err(Error::ResourceInUse(_))));
    assert!(matches!(engine.import(&Call::from(CreateTable::default())), Err(Error::Validation(_))));
}

#[test]
fn a_table_that_is_there_keeps_what_was_put() {
    let engine = Engine::new(config());
    assert!(matches!(engine.import_into(TABLE), Err(Error::ResourceNotFound(_))));
    engine.create_table(indexed_by_text(TABLE)).unwrap();
    let mut import = engine.import_into(TABLE).unwrap();
    put_many(&mut import).unwrap();
    drop(import);
    let held = engine.holdings()[0].items;
    assert!((1..MANY as u64).contains(&held), "{held}");
    let mut import = engine.import_into(TABLE).unwrap();
    put_many(&mut import).unwrap();
    import.finish().unwrap();
    assert_eq!((engine.holdings()[0].items, engine.check().unwrap()), (MANY as u64, Vec::new()));
}
