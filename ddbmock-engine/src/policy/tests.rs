use ddbmock_model::op::{DeleteResourcePolicy, GetResourcePolicy, ListStreams, PutResourcePolicy};

use crate::fixture::streamed;
use crate::{Clock, Config, Engine, Error, Timestamp};

const ARN: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/songs";
/// The time it always is.
const NOW: u64 = 1_767_225_600_000;

fn engine() -> Engine {
    let engine = Engine::new(Config { clock: Clock::manual(Timestamp(NOW)), ..Config::default() });
    engine.create_table(streamed("songs")).unwrap();
    engine
}

fn put(engine: &Engine, policy: &str, expected: Option<&str>) -> Result<String, Error> {
    put_to(engine, ARN, policy, expected)
}

fn put_to(engine: &Engine, arn: &str, policy: &str, expected: Option<&str>) -> Result<String, Error> {
    let request = PutResourcePolicy {
        resource_arn: arn.into(),
        policy: policy.into(),
        expected_revision_id: expected.map(str::to_owned),
        ..Default::default()
    };
    Ok(engine.put_resource_policy(request)?.revision_id)
}

fn delete(engine: &Engine, expected: Option<&str>) -> Result<Option<String>, Error> {
    let expected_revision_id = expected.map(str::to_owned);
    let request = DeleteResourcePolicy { resource_arn: ARN.into(), expected_revision_id };
    Ok(engine.delete_resource_policy(request)?.revision_id)
}

/// The revision that is so many milliseconds after the first.
fn revision(later: u64) -> String {
    (NOW + later).to_string()
}

#[test]
fn a_revision_is_the_time_of_a_change_and_of_no_other() {
    let engine = engine();
    assert_eq!(put(&engine, "a", None).unwrap(), revision(0));
    assert_eq!(put(&engine, "a", None).unwrap(), revision(0));
    assert_eq!(put(&engine, "b", None).unwrap(), revision(1));
    assert_eq!(delete(&engine, None).unwrap(), Some(revision(1)));
    assert_eq!(delete(&engine, None).unwrap(), None);
    assert_eq!(put(&engine, "b", None).unwrap(), revision(3));
    let got = engine.get_resource_policy(GetResourcePolicy { resource_arn: ARN.into() }).unwrap();
    assert_eq!((got.policy.as_str(), got.revision_id), ("b", revision(3)));
}

#[test]
fn the_revision_that_is_expected_is_replaced_and_no_other() {
    let engine = engine();
    let first = put(&engine, "a", Some("NO_POLICY")).unwrap();
    let second = put(&engine, "b", Some(&first)).unwrap();
    let refused = "Resource-based policy not found for the provided ResourceArn: Requested";
    let check =
        |error: Error, expected: String| assert_eq!(error.to_string(), format!("{refused} {expected}"));
    let other = format!(
        "update for policy with revision id {first}, but the policy associated to target table songs has revision id \
         {second}."
    );
    check(put(&engine, "c", Some(&first)).unwrap_err(), other.clone());
    check(delete(&engine, Some(&first)).unwrap_err(), other);
    let some = format!(
        "policy update expecting none to be present for table songs, but a policy exists with revision id {second}."
    );
    check(put(&engine, "c", Some("NO_POLICY")).unwrap_err(), some);
    assert_eq!(delete(&engine, Some(&second)).unwrap(), Some(second));
}

#[test]
fn a_stream_has_a_policy_of_its_own() {
    let engine = engine();
    let arn = engine.list_streams(ListStreams::default()).unwrap().streams.remove(0).stream_arn;
    let got = |arn: &str| {
        let got = engine.get_resource_policy(GetResourcePolicy { resource_arn: arn.into() });
        got.map(|got| (got.policy, got.revision_id)).ok()
    };
    put(&engine, "a", None).unwrap();
    assert_eq!(got(&arn), None);
    assert_eq!(put_to(&engine, &arn, "b", Some("NO_POLICY")).unwrap(), revision(0));
    assert_eq!(put_to(&engine, &arn, "c", Some(&revision(0))).unwrap(), revision(1));
    put_to(&engine, &arn, "d", Some(&revision(0))).unwrap_err();
    assert_eq!((got(ARN), got(&arn)), (Some(("a".into(), revision(0))), Some(("c".into(), revision(1)))));
}
