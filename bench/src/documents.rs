//! What is stored and asked: items and requests as JSON, with holes for what changes from request to request.
//!
//! `@@@@@@07` is a hole for the eighth key of a request, eight digits; `~~~~~~~~` is one for the version of an item.
//! So a request is written once, and made again by writing digits into it.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// How many songs there are to read.
pub(crate) const SONGS: u64 = 10_000;
/// How many plays a page has.
pub(crate) const PAGE: u64 = 100;
/// How many items a BatchWriteItem puts.
pub(crate) const BATCH: u64 = 25;
/// Where sort keys begin: all have eight digits, and none begins with a zero.
pub(crate) const FIRST_SORT_KEY: u64 = 10_000_000;

/// A song: ten attributes, 1 KB by DynamoDB's count. The hole is that of the request's key `nth`.
pub(crate) fn song(nth: u64) -> String {
    let lyrics = "You know how I feel. ".repeat(41);
    format!(
        r#"{{"id":{{"S":"@@@@@@{nth:02}"}},"code":{{"S":"c@@@@@@{nth:02}"}},"version":{{"S":"~~~~~~~~"}},"artist":{{"S":"Nina Simone"}},"album":{{"S":"I Put a Spell on You"}},"genres":{{"SS":["jazz","soul"]}},"live":{{"BOOL":false}},"seconds":{{"N":"177.5"}},"takes":{{"L":[{{"N":"1"}},{{"S":"second"}},{{"NULL":true}},{{"M":{{"room":{{"S":"Studio A"}},"level":{{"N":"-3"}}}}}}]}},"lyrics":{{"S":"{lyrics}!"}}}}"#
    )
}

/// A song as it is stored.
pub(crate) fn stored_song(key: u64, version: u64) -> Value {
    let text =
        song(0).replace("@@@@@@00", &format!("{key:08}")).replace("~~~~~~~~", &format!("{version:08}"));
    parsed(&text)
}

/// One of many small items of a partition, 200 bytes by DynamoDB's count.
pub(crate) fn play(partition: u64, nth: u64) -> String {
    let sort_key = FIRST_SORT_KEY + nth;
    let genre = nth % 10;
    format!(
        r#"{{"listener":{{"S":"listener{partition:08}"}},"played":{{"N":"{sort_key}"}},"genre":{{"S":"g{genre}"}},"title":{{"S":"Wild Is the Wind, as played in Town Hall that evening, in one take, slowly"}},"seconds":{{"N":"417"}},"live":{{"BOOL":true}},"tags":{{"SS":["piano","slow"]}},"place":{{"M":{{"seat":{{"N":"12"}},"hall":{{"S":"The Town Hall, West 43rd Street"}}}}}}}}"#
    )
}

/// The same as it is stored.
pub(crate) fn stored_play(partition: u64, nth: u64) -> Value {
    parsed(&play(partition, nth))
}

/// Text of our own as a value.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("our own documents are JSON")
}

/// GetItem by `id`.
pub(crate) fn get(table: &str) -> String {
    get_one(table, "@@@@@@00")
}

/// GetItem of one `id`.
pub(crate) fn get_one(table: &str, id: &str) -> String {
    format!(r#"{{"TableName":"{table}","Key":{{"id":{{"S":"{id}"}}}}}}"#)
}

/// PutItem of a song.
pub(crate) fn put(table: &str) -> String {
    format!(r#"{{"TableName":"{table}","Item":{}}}"#, song(0))
}

/// PutItem of a song that must not be there.
pub(crate) fn put_absent(table: &str) -> String {
    format!(
        r#"{{"TableName":"{table}","Item":{},"ConditionExpression":"attribute_not_exists(id)"}}"#,
        song(0)
    )
}

/// UpdateItem that counts.
pub(crate) fn count(table: &str) -> String {
    format!(
        r##"{{"TableName":"{table}","Key":{{"id":{{"S":"@@@@@@00"}}}},"UpdateExpression":"ADD #plays :one","ExpressionAttributeNames":{{"#plays":"plays"}},"ExpressionAttributeValues":{{":one":{{"N":"1"}}}},"ReturnValues":"UPDATED_NEW"}}"##
    )
}

/// ExecuteStatement that asks for what [`get`] asks for.
pub(crate) fn statement(table: &str) -> String {
    format!(r#"{{"Statement":"SELECT * FROM {table} WHERE id = ?","Parameters":[{{"S":"@@@@@@00"}}]}}"#)
}

/// TransactWriteItems of four actions: two songs are put and a counter counts, in one table, if another has a song.
pub(crate) fn transact(table: &str, counter: &str, other_table: &str) -> String {
    let put = |nth| format!(r#"{{"Put":{{"TableName":"{table}","Item":{}}}}}"#, song(nth));
    let count = format!(
        r#"{{"Update":{{"TableName":"{table}","Key":{{"id":{{"S":"{counter}"}}}},"UpdateExpression":"ADD plays :one","ExpressionAttributeValues":{{":one":{{"N":"1"}}}}}}}}"#
    );
    let check = format!(
        r#"{{"ConditionCheck":{{"TableName":"{other_table}","Key":{{"id":{{"S":"@@@@@@00"}}}},"ConditionExpression":"attribute_exists(id)"}}}}"#
    );
    format!(r#"{{"TransactItems":[{},{},{count},{check}]}}"#, put(0), put(1))
}

/// Query of a page of a listener's plays, from a sort key on: the hole, which [`sort_key`] fills.
pub(crate) fn query(table: &str, partition: u64) -> String {
    format!(
        r#"{{"TableName":"{table}","KeyConditionExpression":"listener = :l AND played >= :p","Limit":{PAGE},"ExpressionAttributeValues":{{":l":{{"S":"listener{partition:08}"}},":p":{{"N":"@@@@@@00"}}}}}}"#
    )
}

/// The same with a filter of four parts, which a tenth of the items pass.
pub(crate) fn query_filter(table: &str, partition: u64, genre: u64) -> String {
    format!(
        r#"{{"TableName":"{table}","KeyConditionExpression":"listener = :l AND played >= :p","FilterExpression":"genre = :g AND live = :t AND size(title) > :n AND (contains(tags, :s) OR attribute_not_exists(place))","Limit":{PAGE},"ExpressionAttributeValues":{{":l":{{"S":"listener{partition:08}"}},":p":{{"N":"@@@@@@00"}},":g":{{"S":"g{genre}"}},":t":{{"BOOL":true}},":n":{{"N":"10"}},":s":{{"S":"slow"}}}}}}"#
    )
}

/// Query of a page of plays of the listener who is the hole.
pub(crate) fn query_listener(table: &str) -> String {
    format!(
        r#"{{"TableName":"{table}","KeyConditionExpression":"listener = :l","Limit":{PAGE},"ExpressionAttributeValues":{{":l":{{"S":"listener@@@@@@00"}}}}}}"#
    )
}

/// A page of Scan behind one of the plays of the listener who is the hole.
pub(crate) fn scan_behind(table: &str) -> String {
    format!(
        r#"{{"TableName":"{table}","Limit":{PAGE},"ExclusiveStartKey":{{"listener":{{"S":"listener@@@@@@00"}},"played":{{"N":"{FIRST_SORT_KEY}"}}}}}}"#
    )
}

/// The key with which a hole is filled to ask from the `nth` play on.
pub(crate) fn sort_key(nth: u64) -> u64 {
    FIRST_SORT_KEY + nth
}

/// A page of Scan with as many items as fit, after a key if there is one.
pub(crate) fn scan(table: &str, after: Option<&Value>) -> String {
    let mut body = json!({ "TableName": table });
    if let Some(after) = after {
        body["ExclusiveStartKey"] = after.clone();
    }
    body.to_string()
}

/// BatchGetItem of as many songs as a page has.
pub(crate) fn batch_get(table: &str) -> String {
    let keys: Vec<String> = (0..PAGE).map(|nth| format!(r#"{{"id":{{"S":"@@@@@@{nth:02}"}}}}"#)).collect();
    format!(r#"{{"RequestItems":{{"{table}":{{"Keys":[{}]}}}}}}"#, keys.join(","))
}

/// BatchWriteItem of a batch of songs.
pub(crate) fn batch_songs(table: &str) -> String {
    batch(table, (0..BATCH).map(song))
}

/// BatchWriteItem of items.
pub(crate) fn batch(table: &str, items: impl Iterator<Item = String>) -> String {
    let mut puts = String::new();
    for item in items {
        let comma = if puts.is_empty() { "" } else { "," };
        let _ = write!(puts, r#"{comma}{{"PutRequest":{{"Item":{item}}}}}"#); // a String takes it all
    }
    format!(r#"{{"RequestItems":{{"{table}":[{puts}]}}}}"#)
}

/// Query of the one song that an index has under a code.
pub(crate) fn by_code(table: &str) -> String {
    format!(
        r#"{{"TableName":"{table}","IndexName":"by_code","KeyConditionExpression":"code = :c","ExpressionAttributeValues":{{":c":{{"S":"c@@@@@@00"}}}}}}"#
    )
}

/// CreateTable of songs, counters and the like.
pub(crate) fn keyed_by_id(table: &str) -> String {
    json!({
        "TableName": table,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
    })
    .to_string()
}

/// The same of a table whose stream has both images.
pub(crate) fn streamed(table: &str) -> String {
    let stream = r#","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}"#;
    keyed_by_id(table).trim_end_matches('}').to_owned() + stream
}

/// An item that ends at a second of the clock.
pub(crate) fn ending(nth: u64, ends: u64) -> String {
    format!(
        r#"{{"id":{{"S":"ending{nth:08}"}},"ends":{{"N":"{ends}"}},"title":{{"S":"I Get Along Without You Very Well (Except Sometimes)"}}}}"#
    )
}

/// UpdateTimeToLive, so that such items end.
pub(crate) fn expire(table: &str) -> String {
    format!(
        r#"{{"TableName":"{table}","TimeToLiveSpecification":{{"Enabled":true,"AttributeName":"ends"}}}}"#
    )
}

/// CreateTable of plays.
pub(crate) fn keyed_by_listener(table: &str) -> String {
    json!({
        "TableName": table,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            { "AttributeName": "listener", "AttributeType": "S" },
            { "AttributeName": "played", "AttributeType": "N" },
        ],
        "KeySchema": [
            { "AttributeName": "listener", "KeyType": "HASH" },
            { "AttributeName": "played", "KeyType": "RANGE" },
        ],
    })
    .to_string()
}

/// CreateTable of songs with two global indexes of everything: a put leaves a song's place in the first, and moves it
/// in the second.
pub(crate) fn indexed(table: &str) -> String {
    json!({
        "TableName": table,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            { "AttributeName": "id", "AttributeType": "S" },
            { "AttributeName": "code", "AttributeType": "S" },
            { "AttributeName": "artist", "AttributeType": "S" },
            { "AttributeName": "version", "AttributeType": "S" },
        ],
        "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "by_code",
                "KeySchema": [{ "AttributeName": "code", "KeyType": "HASH" }],
                "Projection": { "ProjectionType": "ALL" },
            },
            {
                "IndexName": "by_artist",
                "KeySchema": [
                    { "AttributeName": "artist", "KeyType": "HASH" },
                    { "AttributeName": "version", "KeyType": "RANGE" },
                ],
                "Projection": { "ProjectionType": "ALL" },
            },
        ],
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use ddbmock_engine::op::{GetItem, Scan};
    use ddbmock_engine::{Engine, Item, attributes};

    use super::{batch, keyed_by_listener, play, put, query, sort_key, stored_song};
    use crate::in_process::tell;
    use crate::template::Template;

    #[test]
    fn items_are_as_large_as_they_are_said_to_be() {
        let engine = Engine::default();
        tell(&engine, "CreateTable", super::keyed_by_id("songs").as_bytes());
        let mut put = Template::new("PutItem", &put("songs"));
        put.fill(7, 1);
        tell(&engine, "PutItem", put.body());
        let key = attributes! { "id" => "00000007" }.into();
        let song = GetItem { table_name: "songs".into(), key, ..Default::default() };
        let song = engine.get_item(song).unwrap().item.unwrap();
        assert_eq!((song.bytes(), song.to_map().len()), (1_024, 10));
        assert_eq!(stored_song(7, 1)["code"]["S"], "c00000007");

        tell(&engine, "CreateTable", keyed_by_listener("plays").as_bytes());
        tell(&engine, "BatchWriteItem", batch("plays", [play(0, 7)].into_iter()).as_bytes());
        let plays = Scan { table_name: "plays".into(), ..Default::default() };
        let sizes: Vec<_> = engine.scan(plays).unwrap().items.unwrap().iter().map(Item::bytes).collect();
        assert_eq!(sizes, [200]);
        assert!(query("plays", 0).contains("listener00000000"));
        assert_eq!(sort_key(7), 10_000_007);
    }
}
