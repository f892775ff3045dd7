use super::{Json, differences, layout, pattern};

/// What differs, a line each.
fn check(expected: &str, got: &str, differ: &[&str]) {
    let parse = |text| Json::parse(text).unwrap();
    let found: Vec<String> =
        differences(&parse(expected), &parse(got)).iter().map(ToString::to_string).collect();
    assert_eq!(found, differ, "{expected} against {got}");
}

#[test]
fn every_member_counts() {
    check(r#"{"a": 1, "b": [true, null]}"#, r#"{"b": [true, null], "a": 1}"#, &[]);
    check(r#"{"a": 1}"#, "{}", &["a: expected 1, got nothing"]);
    check("{}", r#"{"a": {"S": "x"}}"#, &[r#"a: expected nothing, got {"S": "x"}"#]);
    check(r#"{"a": {"b": ["x"]}}"#, r#"{"a": {"b": ["y"]}}"#, &[r#"a.b[0]: expected "x", got "y""#]);
    check("[1]", "[1, 2]", &["[1]: expected nothing, got 2"]);
    check("{}", "[]", &["the body: expected {}, got []"]);
    check(r#"{"a": "1"}"#, r#"{"a": 1}"#, &[r#"a: expected "1", got 1"#]);
}

#[test]
fn a_member_that_came_twice_is_seen() {
    check(r#"{"a": 1}"#, r#"{"a": 1, "a": 1}"#, &["a: expected nothing, got 1"]);
}

#[test]
fn numbers_are_compared_by_value() {
    check("[1, 0.5, 1.7e9]", "[1.0, 5e-1, 1700000000]", &[]);
    check(
        "9007199254740993",
        "9007199254740992",
        &["the body: expected 9007199254740993, got 9007199254740992"],
    );
}

#[test]
fn long_texts_are_told_by_where_they_part() {
    let text = |end: &str| format!("\"{}{end}\"", "a".repeat(200));
    let shown = r#""aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… (201 characters)""#;
    let told = format!("the body: expected {shown}, got {shown} (alike up to character 200)");
    check(&text("b"), &text("c"), &[&told]);
}

#[test]
fn order_does_not_matter_where_it_is_said() {
    check(r#"["<unordered>", "a", "b"]"#, r#"["b", "a"]"#, &[]);
    check(r#"["<unordered>"]"#, "[]", &[]);
    let differ = [r#"the body: expected "a", got nothing"#, r#"[1]: expected nothing, got "c""#];
    check(r#"["<unordered>", "a", "b"]"#, r#"["b", "c"]"#, &differ);
}

#[test]
fn patterns() {
    let check = |pattern: &str, got: &str, expected: bool| {
        let value = Json::parse(got).unwrap();
        assert_eq!(pattern::matches(pattern, &value), expected, "{pattern} against {got}");
    };
    check("<any>", "null", true);
    check("<string>", r#""x""#, true);
    check("<string>", "1", false);
    check("<number>", "1.5", true);
    check("<number>", r#""1""#, false);
    check("<time>", "1791234567.123", true);
    check("<time>", "1791234567123", false);
    check("<time>", "0", false);
    check("<uuid>", r#""0b9a3a3e-9f6e-4f0e-8a5b-0d3c5c1f2a77""#, true);
    check("<uuid>", r#""0b9a3a3e-9f6e-4f0e-8a5b-0d3c5c1f2a7""#, false);
    let arn = "arn:aws:dynamodb:<region>:<account>:table/songs";
    check(arn, r#""arn:aws:dynamodb:eu-west-1:123456789012:table/songs""#, true);
    check(arn, r#""arn:aws:dynamodb:eu-west-1:12345678901:table/songs""#, false);
    check(arn, r#""arn:aws:dynamodb:eu-west-1:123456789012:table/song""#, false);
    check("a <b> c", r#""a <b> c""#, true);
    check("<uuid>", r#""é23456789012345678901234567890123456""#, false);
}

#[test]
fn what_fits_a_line_stays_on_one() {
    let check = |document: &str, expected: &str| {
        assert_eq!(layout::text(&Json::parse(document).unwrap()), expected);
    };
    check(r#"{"a":{"S":"x"},"b":[1.0,{}]}"#, r#"{"a": {"S": "x"}, "b": [1.0, {}]}"#);
    let long = "x".repeat(90);
    let expected = format!("{{\n  \"a\": \"{long}\",\n  \"b\": [1, \"\\\"é\"]\n}}");
    check(&format!(r#"{{"a":"{long}","b":[1,"\"é"]}}"#), &expected);
}

#[test]
fn a_line_shows_what_is_on_it() {
    let document = format!(r#"{{"a": {{"b": 1}}, "ab": 2, "c": "{}"}}"#, "x".repeat(90));
    let lines = layout::lines(&Json::parse(&document).unwrap());
    let shown =
        |path: &str| -> Vec<usize> { (0..lines.len()).filter(|line| lines[*line].shows(path)).collect() };
    assert_eq!(shown("a.b"), [1]);
    assert_eq!(shown("ab"), [2]);
    assert_eq!(shown("c"), [3]);
    assert_eq!(shown(""), [0, 4]);
}
