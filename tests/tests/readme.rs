//! The README's program in Rust, which must be the one that is compiled and run here. Its other snippets are tried by
//! `tests/clients/readme`.

use ddbmock_engine::Error;

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
        item: attributes! { "id" => "1", "title" => "Sinnerman" },
        ..Default::default()
    })?;
    let key = attributes! { "id" => "1" }.into();
    let song = engine.get_item(GetItem { table_name: "songs".into(), key, ..Default::default() })?;
    // end
    assert_eq!(song.item.unwrap().to_map()["title"], "Sinnerman".into());
    Ok(())
}

#[test]
fn it_is_the_program_of_the_readme() {
    let compiled = between(include_str!("readme.rs"), "    // begin\n", "    // end\n");
    let compiled: Vec<&str> =
        compiled.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    let shown = between(include_str!("../../README.md"), "```rust\n", "```\n");
    assert_eq!(shown.lines().collect::<Vec<_>>(), compiled);
}

/// What stands between the first occurrence of a text and the next one of another.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}
