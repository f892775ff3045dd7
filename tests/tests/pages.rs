//! What the README and the pages of the docs say in Rust, which must be what is compiled and run here; and what they
//! say of the code. Their other blocks are tried by `tests/clients/pages`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use aws_sdk_dynamodb::Client;
use ddbmock_engine::{Error, OPERATIONS};
use tokio::runtime::Builder;

use crate::rust_sdk::Serving;

#[test]
fn the_program_of_the_readme_runs() -> Result<(), Error> {
    // begin
    use ddbmock_engine::op::{CreateTable, GetItem, PutItem};
    use ddbmock_engine::{AttributeDefinition, BillingMode, Engine, KeySchemaElement, attributes};

    let engine = Engine::default();
    engine.create_table(CreateTable {
        table_name: "songs".into(),
        attribute_definitions: vec![AttributeDefinition {
            attribute_name: "id".into(),
            ..Default::default()
        }],
        key_schema: vec![KeySchemaElement { attribute_name: "id".into(), ..Default::default() }],
        billing_mode: Some(BillingMode::PayPerRequest),
        ..Default::default()
    })?;
    engine.put_item(PutItem {
        table_name: "songs".into(),
        item: attributes! { "id" => "1", "title" => "Sinnerman" }.into(),
        ..Default::default()
    })?;
    let key = attributes! { "id" => "1" }.into();
    let song = engine.get_item(GetItem { table_name: "songs".into(), key, ..Default::default() })?;
    // end
    assert_eq!(song.item.unwrap().to_map()["title"], "Sinnerman".into());
    Ok(())
}

mod embedding {
    // begin
    use ddbmock_engine::op::{CreateTable, PutItem};
    use ddbmock_engine::{AttributeDefinition, BillingMode, KeySchemaElement, attributes};

    /// A table whose items have a key named `id`, a string.
    pub(super) fn table(name: &str) -> CreateTable {
        CreateTable {
            table_name: name.into(),
            attribute_definitions: vec![AttributeDefinition {
                attribute_name: "id".into(),
                ..Default::default()
            }],
            key_schema: vec![KeySchemaElement { attribute_name: "id".into(), ..Default::default() }],
            billing_mode: Some(BillingMode::PayPerRequest),
            ..Default::default()
        }
    }

    /// A song to put into the table `songs`, unless it is there.
    pub(super) fn song(id: &str) -> PutItem {
        PutItem {
            table_name: "songs".into(),
            item: attributes! { "id" => id }.into(),
            condition_expression: Some("attribute_not_exists(id)".into()),
            ..Default::default()
        }
    }
    // end
}

use embedding::{song, table};

#[test]
fn errors_are_variants() -> Result<(), Error> {
    // begin
    use ddbmock_engine::{Engine, Error};

    let engine = Engine::default();
    engine.create_table(table("songs"))?;
    engine.put_item(song("1"))?;
    match engine.put_item(song("1")) {
        Err(Error::ConditionalCheckFailed { message, .. }) => {
            assert_eq!(message.text, "The conditional request failed");
        }
        other => panic!("{other:?}"),
    }
    engine.reset()?;
    let error = engine.put_item(song("1")).unwrap_err();
    assert_eq!(error.to_string(), "Requested resource not found");
    let hint = error.message().hint.as_deref();
    assert_eq!(hint, Some("no table is named songs; there are no tables"));
    // end
    Ok(())
}

#[test]
fn time_is_moved_by_hand() -> Result<(), Error> {
    // begin
    use std::time::Duration;

    use ddbmock_engine::op::DescribeTable;
    use ddbmock_engine::{Clock, Config, Delays, Engine, TableStatus, Timestamp};

    let engine = Engine::new(Config {
        clock: Clock::manual(Timestamp(1_767_225_600_000)), // milliseconds since 1970
        delays: Delays { create: Duration::from_secs(5), ..Delays::default() },
        seed: Some(1), // the same ids each time
        ..Config::default()
    });
    let status = || {
        let described = engine.describe_table(DescribeTable { table_name: "songs".into() });
        described.map(|described| described.table.table_status)
    };
    engine.create_table(table("songs"))?;
    assert_eq!(status()?, TableStatus::Creating);
    engine.advance(Duration::from_secs(5));
    assert_eq!(status()?, TableStatus::Active);
    engine.create_table(table("albums"))?;
    engine.finish()?; // what is under way is done at once
    // end
    Ok(())
}

#[test]
fn worlds_and_regions_are_apart() -> Result<(), Error> {
    // begin
    use ddbmock_engine::{Caller, Config, Engine, World};

    let one = Engine::new(Config { isolate: true, ..Config::default() });
    let other = Engine::default(); // another world: they never meet
    let irish = Caller { region: Some("eu-west-1"), ..Caller::default() };
    let american = Caller { region: Some("us-east-1"), ..Caller::default() };
    for caller in [irish, american] {
        one.scope(&caller).create_table(&caller, table("songs").into())?;
    }
    one.put_item(song("1"))?; // who names no region is in that of the `Config`
    assert!(other.put_item(song("1")).is_err());
    // end
    Ok(())
}

#[test]
fn everything_can_be_kept_in_a_file() -> Result<(), Error> {
    keep_in(&crate::storages::Place::new().file)
}

fn keep_in(file: &Path) -> Result<(), Error> {
    // begin
    use ddbmock_engine::{Config, Durability, Engine};

    let engine = Engine::open(Config { durability: Durability::Full, ..Config::sqlite(file) })?; // "tables.db"
    engine.create_table(table("songs"))?;
    engine.put_item(song("1"))?;
    drop(engine);
    let engine = Engine::open(Config::sqlite(file))?;
    assert!(engine.put_item(song("1")).is_err());
    // end
    Ok(())
}

#[test]
fn items_can_lie_in_a_database() -> Result<(), Error> {
    // begin
    use ddbmock_engine::storage::Sqlite;
    use ddbmock_engine::{Config, Engine};

    let storage = Sqlite::temporary(&std::env::temp_dir())?;
    let engine = Engine::with_storage(Config::default(), storage)?;
    // end
    engine.create_table(table("songs"))?;
    engine.put_item(song("1")).map(drop)
}

fn pointed_at(url: &str) -> aws_sdk_dynamodb::config::Builder {
    // begin
    use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};

    let local = Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(url) // "http://127.0.0.1:8000"
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "local"));
    // end
    local
}

#[test]
fn the_sdk_is_pointed_at_a_server() {
    let serving = Serving::start();
    let http = aws_smithy_http_client::Builder::new().build_http();
    let client = Client::from_conf(pointed_at(&serving.url).http_client(http).build());
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let listed = runtime.block_on(client.list_tables().send()).unwrap();
    assert!(listed.table_names().is_empty());
    serving.end();
}

/// The folder of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The README and the pages of the docs, and what they say.
fn pages() -> Vec<(PathBuf, String)> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path, text)
    };
    let listed = fs::read_dir(root().join("docs/src")).unwrap().map(|entry| entry.unwrap().path());
    listed.chain([root().join("README.md")]).map(read).collect()
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs/src").join(name)).unwrap()
}

/// The texts that stand between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).map(|rest| rest.split_once(after).unwrap().0).collect()
}

#[test]
fn every_program_of_the_pages_is_compiled_here() {
    let source = include_str!("pages.rs").split("fn root()").next().unwrap();
    let compiled: BTreeSet<String> = between(source, "    // begin\n", "    // end\n")
        .iter()
        .map(|snippet| snippet.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect())
        .map(|lines: Vec<&str>| lines.join("\n").replace("pub(super) ", ""))
        .collect();
    let pages = pages();
    let shown = pages.iter().flat_map(|(_, text)| between(text, "```rust\n", "```\n"));
    let shown: BTreeSet<String> = shown.map(|snippet| snippet.trim_end().to_owned()).collect();
    assert_eq!(shown, compiled);
}

#[test]
fn every_page_is_listed_and_every_link_leads_somewhere() {
    let summary = page("SUMMARY.md");
    for (path, text) in pages() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_listed =
            ["README.md", "SUMMARY.md"].contains(&name) || summary.contains(&format!("]({name})"));
        assert!(is_listed, "{name} is not in SUMMARY.md");
        assert!(name == "README.md" || text.lines().count() <= 150, "{name} is too long to be read");
        for link in between(&text, "](", ")").into_iter().filter(|link| !link.starts_with("http")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let there = fs::read_to_string(path.with_file_name(file));
            let there = there.unwrap_or_else(|error| panic!("{name} links to {link}: {error}"));
            let is_there = |line: &str| line.starts_with('#') && slug(line) == heading;
            assert!(heading.is_empty() || there.lines().any(is_there), "{name} links to {link}");
        }
    }
}

/// What a heading is called in a link.
fn slug(heading: &str) -> String {
    let title = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    title.chars().filter(|letter| letter.is_alphanumeric() || *letter == '-').collect()
}

#[test]
fn what_is_answered_is_said() {
    let text = page("differences.md");
    let names = |before, after| -> BTreeSet<&str> {
        let part = between(&text, before, after)[0];
        part.split('`').skip(1).step_by(2).collect()
    };
    let answered: BTreeSet<&str> = OPERATIONS.iter().copied().collect();
    assert_eq!(names("\nAnswered:\n", "\n\n"), answered);
    let missing = names("\nNot yet:\n", "\n\n");
    assert!(missing.is_disjoint(&answered), "they are answered now: say so in docs/src/differences.md");
}
