//! Every constraint on a member of a request is broken, alone and together with each other one of its operation, and
//! what is answered is held against the list of them.

mod list;
mod violation;

use ddbmock_engine::op::CreateTable;
use ddbmock_engine::{AttributeDefinition, Config, Engine, KeySchemaElement, Wording};
use ddbmock_protocol::{Request, Signature, answer};
use serde_json::Value;

use list::{Listed, listed};
use violation::{Violation, violations};

/// A world with the table of which the lists' requests speak.
fn world(wording: Wording) -> Engine {
    let engine = Engine::new(Config { wording, ..Config::default() });
    let id = || "id".to_owned();
    let created = engine.create_table(CreateTable {
        table_name: "songs".to_owned(),
        attribute_definitions: vec![AttributeDefinition { attribute_name: id(), ..Default::default() }],
        key_schema: vec![KeySchemaElement { attribute_name: id(), ..Default::default() }],
        billing_mode: Some(ddbmock_engine::BillingMode::PayPerRequest),
        ..Default::default()
    });
    created.unwrap();
    engine
}

/// What is wrong with the answer to a request that breaks some constraints; nothing if it is refused with the words of
/// one of them.
fn misjudged(engine: &Engine, listed: &Listed, broken: &[&Violation<'_>]) -> Option<String> {
    let body =
        broken.iter().fold(listed.request.clone(), |body, violation| violation.body(&body)).to_string();
    let target = format!("{}.{}", listed.prefix(), listed.operation);
    let sent = body.as_bytes();
    let request =
        Request { target: Some(&target), signature: Signature::LOCAL, body: sent, ..Default::default() };
    let answer = answer(engine, &request, true);
    let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let text = |member: &str| told[member].as_str().unwrap_or_default();
    let is_refused = answer.status == 400 && text("__type").ends_with("#ValidationException");
    if is_refused && broken.iter().any(|violation| violation.is_told(text("message"))) {
        return None;
    }
    let broken = broken.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    Some(format!("{}: {broken}\n    {body:.300}\n    {} {told}", listed.operation, answer.status))
}

#[test]
fn every_operation_has_a_list() {
    let listed: Vec<_> = listed().into_iter().map(|one| one.operation).collect();
    let missing: Vec<_> =
        ddbmock_engine::OPERATIONS.iter().filter(|name| !listed.iter().any(|one| one == *name)).collect();
    assert!(missing.is_empty(), "tests/constraints.txt has nothing of {missing:?}");
}

#[test]
fn who_breaks_a_constraint_is_refused_in_its_words() {
    for wording in [Wording::Current, Wording::Classic] {
        let engine = world(wording);
        let mut wrong = Vec::new();
        for listed in listed() {
            wrong.extend(violations(&listed).iter().filter_map(|one| misjudged(&engine, &listed, &[one])));
        }
        assert!(wrong.is_empty(), "{wording:?}: {} of\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn who_breaks_two_constraints_is_refused_in_the_words_of_one() {
    let engine = world(Wording::Current);
    let mut wrong = Vec::new();
    for listed in listed() {
        let all = violations(&listed);
        let pairs = all
            .iter()
            .enumerate()
            .flat_map(|(place, one)| all[place + 1..].iter().map(move |two| (one, two)));
        let apart = pairs.filter(|(one, two)| one.is_apart_from(two));
        wrong.extend(apart.filter_map(|(one, two)| misjudged(&engine, &listed, &[one, two])));
    }
    assert!(wrong.is_empty(), "{} of\n{}", wrong.len(), wrong.join("\n"));
}
