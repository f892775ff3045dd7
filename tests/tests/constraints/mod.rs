//! Every constraint on a member of a request is broken, alone, together with each other one of its operation, and with
//! all others. Which of them are told, and in which order, is held against the list of them.

mod list;
mod violation;

use ddbmock_engine::op::CreateTable;
use ddbmock_engine::{AttributeDefinition, Config, Engine, KeySchemaElement, Wording};
use ddbmock_protocol::{Request, Signature, answer};
use serde_json::Value;

use list::{Groups, Listed, listed};
use violation::{Violation, misspelled, violations};

/// The most violations that are told together.
const TOLD_MAX: usize = 10;

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
/// those that are told.
fn misjudged(engine: &Engine, listed: &Listed, wording: Wording, broken: &[Violation<'_>]) -> Option<String> {
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
    let missing: Vec<_> = broken.iter().filter(|one| one.is_missing()).map(Violation::path).collect();
    let groups = listed.groups(wording, &missing);
    let misfit = match text("message") {
        _ if !is_refused => "it is not refused",
        message if is_miscounted(message) => "they are not counted",
        message => misfit(message, &groups, wording, broken)?,
    };
    let broken = broken.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    Some(format!("{}: {broken}: {misfit}\n    {body:.300}\n    {} {told}", listed.operation, answer.status))
}

/// What is wrong with which of some violations a message tells.
fn misfit(
    message: &str,
    groups: &Groups,
    wording: Wording,
    broken: &[Violation<'_>],
) -> Option<&'static str> {
    let mut broken: Vec<_> =
        broken.iter().map(|one| (groups.place(one), one.place(message, wording))).collect();
    broken.sort_by_key(|(order, _)| (order.is_none(), *order));
    let is_known = groups.come_first || broken.iter().all(|(order, _)| order.is_some());
    let Some((group, _)) = broken[0].0.filter(|_| is_known) else {
        return broken.iter().all(|(_, told)| told.is_none()).then_some("none is told");
    };
    let together = broken.iter().take_while(|(order, _)| order.is_some_and(|order| order.0 == group)).count();
    let (due, others) = broken.split_at(together.min(TOLD_MAX));
    if due.iter().any(|(_, told)| told.is_none()) {
        Some("one is not told")
    } else if others.iter().any(|(_, told)| told.is_some()) {
        Some("one is told too early")
    } else {
        (!due.is_sorted_by_key(|(_, told)| *told)).then_some("the order is another")
    }
}

/// Whether a message says that it tells of more or fewer violations than it does.
fn is_miscounted(message: &str) -> bool {
    let one = message.split_once(" validation error detected: ");
    let Some((number, told)) = one.or_else(|| message.split_once(" validation errors detected: ")) else {
        return false;
    };
    let count = told.matches("ailed to satisfy constraint: ").count();
    // Some sentences of the newer layer stand in the frame alone.
    count > 0 && (number != count.to_string() || one.is_some() != (count == 1))
}

#[test]
fn every_operation_has_a_list() {
    let listed: Vec<_> = listed().into_iter().map(|one| one.operation).collect();
    let missing: Vec<_> =
        ddbmock_engine::OPERATIONS.iter().filter(|name| !listed.iter().any(|one| one == *name)).collect();
    assert!(missing.is_empty(), "tests/constraints.txt has nothing of {missing:?}");
}

/// Holds the answer to requests with these violations, in both wordings.
fn check(broken: fn(&Listed, Wording) -> Vec<Vec<Violation<'_>>>) {
    for wording in [Wording::Current, Wording::Classic] {
        let engine = world(wording);
        let listed = listed();
        let judged = listed.iter().flat_map(|listed| {
            let engine = &engine;
            broken(listed, wording)
                .into_iter()
                .filter_map(move |one| misjudged(engine, listed, wording, &one))
        });
        let wrong: Vec<_> = judged.collect();
        assert!(wrong.is_empty(), "{wording:?}: {} of\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn who_breaks_a_constraint_is_refused_in_its_words() {
    check(|listed, _| violations(listed).into_iter().map(|one| vec![one]).collect());
}

#[test]
fn who_breaks_two_constraints_is_told_of_both_or_of_the_first() {
    check(|listed, _| {
        let all = violations(listed);
        let pairs = all
            .iter()
            .enumerate()
            .flat_map(|(place, one)| all[place + 1..].iter().map(move |two| [one, two]));
        pairs
            .filter(|[one, two]| one.is_apart_from(two))
            .map(|pair| pair.map(Clone::clone).to_vec())
            .collect()
    });
}

#[test]
fn who_misspells_a_name_of_a_wrong_length_is_told_of_both() {
    check(|listed, _| misspelled(listed).into_iter().map(Vec::from).collect());
}

#[test]
fn who_breaks_all_constraints_is_told_of_ten() {
    check(|listed, wording| {
        let mut broken: Vec<Violation<'_>> = Vec::new();
        for one in violations(listed).into_iter().filter(|one| one.has_own_words(wording)) {
            if broken.iter().all(|other| one.is_apart_from(other)) {
                broken.push(one);
            }
        }
        Some(broken).filter(|broken| !broken.is_empty()).into_iter().collect()
    });
}
