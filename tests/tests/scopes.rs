//! Who sees which tables: everyone all of them, or everyone their own.

use std::sync::Arc;

use ddbmock_engine::op::{
    DeleteTable, DescribeTable, GetItem, GetResourcePolicy, ListTables, ListTagsOfResource, PutItem,
};
use ddbmock_engine::{Call, Caller, Config, DynamoDb, Engine, Error, World, attributes};

use crate::table::keyed_by_id;

const TABLE: &str = "songs";

fn engine(isolate: bool) -> Engine {
    Engine::new(Config { isolate, ..Config::default() })
}

/// Someone in a region, and perhaps in an account that is not the engine's.
#[derive(Clone)]
struct Someone {
    tables: Arc<dyn DynamoDb>,
    caller: Caller<'static>,
}

impl Someone {
    fn at(engine: &Engine, account: Option<&'static str>, region: &'static str) -> Self {
        let caller = Caller { account, region: Some(region), ..Caller::default() };
        Self { tables: engine.scope(&caller), caller }
    }

    fn create(&self) -> Result<String, Error> {
        let request = keyed_by_id(TABLE);
        Ok(self.tables.create_table(&self.caller, request.into())?.table_description.table_arn)
    }

    fn put(&self, table_name: &str, id: &str) -> Result<(), Error> {
        let request = PutItem {
            table_name: table_name.into(),
            item: attributes! { "id" => id }.into(),
            ..Default::default()
        };
        self.tables.put_item(&self.caller, request.into()).map(drop)
    }

    fn sees(&self, id: &str) -> Result<bool, Error> {
        let key = attributes! { "id" => id }.into();
        let request = GetItem { table_name: TABLE.into(), key, ..Default::default() };
        Ok(self.tables.get_item(&self.caller, request.into())?.item.is_some())
    }

    fn arn(&self, table_name: &str) -> Result<String, Error> {
        let request = DescribeTable { table_name: table_name.into() };
        Ok(self.tables.describe_table(&self.caller, request.into())?.table.table_arn)
    }

    fn names(&self) -> Vec<String> {
        self.tables.list_tables(&self.caller, Call::from(ListTables::default())).unwrap().table_names
    }

    fn reads_tags(&self, arn: &str) -> Result<(), Error> {
        let request = ListTagsOfResource { resource_arn: arn.into(), next_token: None };
        self.tables.list_tags_of_resource(&self.caller, request.into()).map(drop)
    }

    fn reads_policy(&self, arn: &str) -> Result<(), Error> {
        let request = GetResourcePolicy { resource_arn: arn.into() };
        self.tables.get_resource_policy(&self.caller, request.into()).map(drop)
    }

    fn delete(&self) -> Result<(), Error> {
        self.tables.delete_table(&self.caller, DeleteTable { table_name: TABLE.into() }.into()).map(drop)
    }
}

#[test]
fn everyone_sees_every_table() {
    let engine = engine(false);
    let irish = Someone::at(&engine, None, "eu-west-1");
    let american = Someone::at(&engine, Some("111122223333"), "us-east-1");
    let arn = irish.create().unwrap();
    assert_eq!(arn, "arn:aws:dynamodb:eu-west-1:123456789012:table/songs");
    american.put(TABLE, "a").unwrap();
    assert!(irish.sees("a").unwrap());
    assert_eq!(american.arn(TABLE).unwrap(), arn);
    assert_eq!(american.names(), [TABLE]);
    assert!(matches!(american.create(), Err(Error::ResourceInUse(_))));
    american.delete().unwrap();
    assert!(irish.names().is_empty());
}

#[test]
fn those_who_are_isolated_see_their_own() {
    let engine = engine(true);
    let places = [(None, "eu-west-1"), (None, "us-east-1"), (Some("111122223333"), "us-east-1")];
    let everyone = places.map(|(account, region)| Someone::at(&engine, account, region));
    let [irish, american, other] = &everyone;
    let arn = irish.create().unwrap();
    for stranger in [american, other] {
        assert!(matches!(stranger.sees("a"), Err(Error::ResourceNotFound(_))));
        assert!(matches!(stranger.delete(), Err(Error::ResourceNotFound(_))));
        assert!(stranger.names().is_empty());
    }
    american.create().unwrap();
    other.create().unwrap();
    assert!(matches!(other.create(), Err(Error::ResourceInUse(_))));
    irish.put(TABLE, "irish").unwrap();
    american.put(TABLE, "american").unwrap();
    assert!(irish.sees("irish").unwrap() && !irish.sees("american").unwrap());
    assert!(american.sees("american").unwrap() && !american.sees("irish").unwrap());
    // An ARN means its own place, whoever names it.
    other.put(&arn, "by ARN").unwrap();
    assert!(irish.sees("by ARN").unwrap() && !other.sees("by ARN").unwrap());
    american.delete().unwrap();
    assert!(everyone.each_ref().map(|one| one.names().len()) == [1, 0, 1]);
}

#[test]
fn tags_and_policies_are_shown_where_they_are() {
    let engine = engine(true);
    let irish = Someone::at(&engine, None, "eu-west-1");
    let arn = irish.create().unwrap();
    irish.reads_tags(&arn).unwrap();
    assert!(matches!(irish.reads_policy(&arn), Err(Error::PolicyNotFound(_))));
    let [american, other] =
        [(None, "us-east-1"), (Some("111122223333"), "eu-west-1")].map(|(account, region)| {
            let stranger = Someone::at(&engine, account, region);
            [stranger.reads_tags(&arn), stranger.reads_policy(&arn)].map(Result::unwrap_err)
        });
    assert!(matches!(american, [Error::Validation(_), Error::Validation(_)]), "{american:?}");
    assert!(matches!(other, [Error::AccessDenied(_), Error::Validation(_)]), "{other:?}");
}

#[test]
fn an_arn_means_the_place_that_it_names() {
    let engine = engine(false);
    let irish = Someone::at(&engine, None, "eu-west-1");
    irish.create().unwrap();
    let elsewhere = irish.arn("arn:aws:dynamodb:us-east-1:123456789012:table/songs").unwrap_err();
    assert_eq!(elsewhere.message().hint.as_deref(), Some("a table of that name exists in eu-west-1"));
}

#[test]
fn a_hint_names_the_tables_of_the_place_that_was_meant() {
    let engine = engine(true);
    Someone::at(&engine, None, "eu-west-1").create().unwrap();
    let american = Someone::at(&engine, None, "us-east-1");
    let missing = american.arn("arn:aws:dynamodb:eu-west-1:123456789012:table/sogns").unwrap_err();
    let expected = "no table is named sogns; did you mean songs?";
    assert_eq!(missing.message().hint.as_deref(), Some(expected));
}
