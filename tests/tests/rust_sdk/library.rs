//! A library of songs, looked through with the SDK's paginators: by artist, by year and by genre, and by an index that
//! comes later.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters as _;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::update_table::builders::UpdateTableFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, CreateGlobalSecondaryIndexAction,
    DeleteGlobalSecondaryIndexAction, GlobalSecondaryIndex, GlobalSecondaryIndexUpdate, IndexStatus,
    KeySchemaElement, KeyType, LocalSecondaryIndex, Projection, ProjectionType,
    ReturnValuesOnConditionCheckFailure, ScalarAttributeType, TableStatus,
};
use tokio::task::JoinSet;

use super::{PATIENCE, Serving, number, text, words};

type Song = HashMap<String, AttributeValue>;

const TABLE: &str = "library";
const COUNT: u32 = 24;

fn title(number: u32) -> String {
    format!("title {number:02}")
}

/// Songs of two artists; every fourth has no genre, and so is in no index by genre.
fn song(at: u32) -> Song {
    let mut song = Song::from([
        ("artist".into(), text(&format!("artist {}", at % 2))),
        ("title".into(), text(&title(at))),
        ("year".into(), number(1960 + at / 4)),
        ("plays".into(), number(at)),
    ]);
    if !at.is_multiple_of(4) {
        song.insert("genre".into(), text(["jazz", "soul"][at as usize / 2 % 2]));
    }
    song
}

fn defined(name: &str, kind: ScalarAttributeType) -> AttributeDefinition {
    AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().unwrap()
}

fn key(partition: &str, sort: Option<&str>) -> Vec<KeySchemaElement> {
    let element =
        |name, role| KeySchemaElement::builder().attribute_name(name).key_type(role).build().unwrap();
    let partition = element(partition, KeyType::Hash);
    [partition].into_iter().chain(sort.map(|name| element(name, KeyType::Range))).collect()
}

fn projection(kind: ProjectionType) -> Projection {
    Projection::builder().projection_type(kind).build()
}

async fn open(client: &Client) {
    let by_year = LocalSecondaryIndex::builder()
        .index_name("by-year")
        .set_key_schema(Some(key("artist", Some("year"))))
        .projection(projection(ProjectionType::KeysOnly));
    let by_genre = GlobalSecondaryIndex::builder()
        .index_name("by-genre")
        .set_key_schema(Some(key("genre", Some("year"))))
        .projection(projection(ProjectionType::All));
    let created = client
        .create_table()
        .table_name(TABLE)
        .attribute_definitions(defined("artist", ScalarAttributeType::S))
        .attribute_definitions(defined("title", ScalarAttributeType::S))
        .attribute_definitions(defined("year", ScalarAttributeType::N))
        .attribute_definitions(defined("genre", ScalarAttributeType::S))
        .set_key_schema(Some(key("artist", Some("title"))))
        .local_secondary_indexes(by_year.build().unwrap())
        .global_secondary_indexes(by_genre.build().unwrap())
        .billing_mode(BillingMode::PayPerRequest);
    created.send().await.unwrap();
    client.wait_until_table_exists().table_name(TABLE).wait(PATIENCE).await.unwrap();
    for at in 0..COUNT {
        client.put_item().table_name(TABLE).set_item(Some(song(at))).send().await.unwrap();
    }
}

fn query(client: &Client, name: &str, value: &str) -> QueryFluentBuilder {
    client
        .query()
        .table_name(TABLE)
        .key_condition_expression("#key = :value")
        .expression_attribute_names("#key", name)
        .expression_attribute_values(":value", text(value))
}

async fn titles(query: QueryFluentBuilder, page_size: i32) -> Vec<String> {
    let songs = query.into_paginator().page_size(page_size).items().send();
    songs.collect::<Result<Vec<_>, _>>().await.unwrap().iter().map(title_of).collect()
}

fn title_of(song: &Song) -> String {
    song["title"].as_s().unwrap().clone()
}

#[tokio::test]
async fn songs_are_found_in_pages_of_any_size() {
    let serving = Serving::start();
    let client = serving.client("eu-west-1");
    open(&client).await;
    let mut of_artist: Vec<String> = (0..COUNT).filter(|at| at % 2 == 1).map(title).collect();
    let mut jazz: Vec<String> = (0..COUNT).filter(|at| at % 4 == 1).map(title).collect();
    for forward in [true, false] {
        for page_size in [1, 5, 100] {
            let by = |name, value| query(&client, name, value).scan_index_forward(forward);
            assert_eq!(titles(by("artist", "artist 1"), page_size).await, of_artist);
            assert_eq!(titles(by("artist", "artist 1").index_name("by-year"), page_size).await, of_artist);
            assert_eq!(titles(by("genre", "jazz").index_name("by-genre"), page_size).await, jazz);
        }
        of_artist.reverse();
        jazz.reverse();
    }
    serving.end();
}

#[tokio::test]
async fn a_filter_hides_what_was_read_and_a_projection_the_rest() {
    let serving = Serving::start();
    let client = serving.client("eu-west-1");
    open(&client).await;
    let filtered = query(&client, "artist", "artist 0")
        .filter_expression("plays >= :plays")
        .expression_attribute_values(":plays", number(20))
        .projection_expression("title, plays");
    let page = filtered.send().await.unwrap();
    assert_eq!((page.count, page.scanned_count), (2, 12));
    let shown = |at| Song::from([("title".into(), text(&title(at))), ("plays".into(), number(at))]);
    assert_eq!(page.items(), [shown(20), shown(22)]);
    serving.end();
}

/// The titles in one of three segments of a scan.
async fn segment_of(client: Client, index: Option<&str>, segment: i32) -> Vec<String> {
    let scan = client.scan().table_name(TABLE).set_index_name(index.map(Into::into)).limit(3);
    let songs = scan.segment(segment).total_segments(3).into_paginator().items().send();
    songs.collect::<Result<Vec<_>, _>>().await.unwrap().iter().map(title_of).collect()
}

#[tokio::test]
async fn scans_side_by_side_share_the_songs() {
    let serving = Serving::start();
    let client = serving.client("eu-west-1");
    open(&client).await;
    for (index, count) in [(None, 24), (Some("by-genre"), 18)] {
        let segments: JoinSet<_> = (0..3).map(|segment| segment_of(client.clone(), index, segment)).collect();
        let mut found = segments.join_all().await.concat();
        assert_eq!(found.len(), count);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), count);
    }
    serving.end();
}

fn changed(client: &Client, change: GlobalSecondaryIndexUpdate) -> UpdateTableFluentBuilder {
    client.update_table().table_name(TABLE).global_secondary_index_updates(change)
}

#[tokio::test]
async fn an_index_comes_later_and_goes() {
    let serving = Serving::start();
    let client = serving.client("eu-west-1");
    open(&client).await;
    let create = CreateGlobalSecondaryIndexAction::builder()
        .index_name("by-plays")
        .set_key_schema(Some(key("plays", None)))
        .projection(projection(ProjectionType::KeysOnly));
    let create = GlobalSecondaryIndexUpdate::builder().create(create.build().unwrap()).build();
    let plays = defined("plays", ScalarAttributeType::N);
    let updated = changed(&client, create).attribute_definitions(plays).send().await.unwrap();
    assert_eq!(updated.table_description.unwrap().table_status, Some(TableStatus::Updating));
    client.wait_until_table_exists().table_name(TABLE).wait(PATIENCE).await.unwrap();
    let table = client.describe_table().table_name(TABLE).send().await.unwrap().table.unwrap();
    let indexes = table.global_secondary_indexes();
    let index = indexes.iter().find(|index| index.index_name() == Some("by-plays")).unwrap();
    assert_eq!((index.index_status(), index.item_count()), (Some(&IndexStatus::Active), Some(24)));

    let by_plays = client
        .query()
        .table_name(TABLE)
        .index_name("by-plays")
        .key_condition_expression("plays = :plays")
        .expression_attribute_values(":plays", number(7));
    assert_eq!(titles(by_plays.clone(), 1).await, [title(7)]);

    let delete = DeleteGlobalSecondaryIndexAction::builder().index_name("by-plays").build().unwrap();
    let delete = GlobalSecondaryIndexUpdate::builder().delete(delete).build();
    changed(&client, delete).send().await.unwrap();
    let refused = by_plays.send().await.unwrap_err();
    assert_eq!(
        words(&refused),
        ("ValidationException", "The table does not have the specified index: by-plays")
    );
    serving.end();
}

#[tokio::test]
async fn a_song_is_not_overwritten_unnoticed() {
    let serving = Serving::start();
    let client = serving.client("eu-west-1");
    open(&client).await;
    let put = client
        .put_item()
        .table_name(TABLE)
        .set_item(Some(song(3)))
        .condition_expression("attribute_not_exists(artist)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let refused = put.send().await.map_err(SdkError::into_service_error).unwrap_err();
    assert!(refused.is_conditional_check_failed_exception());
    let PutItemError::ConditionalCheckFailedException(refused) = refused else {
        panic!("{refused:?} is of another type");
    };
    assert_eq!(refused.item(), Some(&song(3)));
    serving.end();
}
