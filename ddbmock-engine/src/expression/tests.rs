//! What is refused before any item is looked at, and with which words.

pub(super) mod written;

use ddbmock_model::op::Names;
use ddbmock_model::{AttributeMap, AttributeValue, Attributes, Item, Wording, attributes};
use proptest::prelude::*;

use super::*;

/// What a test's expressions may use.
pub(super) struct Request {
    names: Names,
    values: Item,
}

impl Request {
    pub(super) fn new(names: &[(&str, &str)], values: &AttributeMap) -> Self {
        let names = names.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect();
        Self { names, values: Item::strict(values).unwrap() }
    }

    pub(super) fn placeholders(&self) -> Placeholders<'_> {
        Placeholders::new(Some(&self.names), Some(&self.values))
    }

    /// What is wrong with an expression.
    fn fault(&self, kind: Kind, text: &str, wording: Wording) -> Option<Fault> {
        let (placeholders, cache) = (self.placeholders(), Cache::default());
        match kind {
            Kind::Update => Update::parse(text, &placeholders, wording, &cache).err(),
            Kind::Projection => Projection::parse(text, &placeholders, wording, &cache).err(),
            Kind::Condition | Kind::KeyCondition | Kind::Filter | Kind::SearchCondition => {
                Condition::parse(kind, text, &placeholders, wording, &cache).err()
            }
        }
    }
}

/// The names and values that the tests of refusals use.
fn request() -> Request {
    let names = [("#a", "a"), ("#b", "b"), ("#dotted", "a.b"), ("#unused", "unused")];
    let values = attributes! {
        ":s" => "s", ":t" => "t", ":n" => 1, ":m" => AttributeMap::new(), ":l" => Vec::<i32>::new(),
        ":bool" => true, ":null" => AttributeValue::Null(true), ":b" => AttributeValue::B(vec![1, 2]),
        ":ss" => AttributeValue::Ss(vec!["x".into()]), ":ns" => AttributeValue::Ns(vec!["1".into()]),
        ":v" => "v", ":w" => "w", ":x" => "x", ":type" => "SS",
    };
    Request::new(&names, &values)
}

/// Checks the text of a refusal, without the frame that names the expression; empty where nothing is wrong.
fn check_as(wording: Wording, kind: Kind, text: &str, expected: &str) {
    let fault = request().fault(kind, text, wording);
    let said = fault.map_or(String::new(), |fault| fault.text);
    let frame = format!("Invalid {kind:?}Expression: ");
    assert_eq!(said.strip_prefix(&frame).unwrap_or(&said), expected, "{text}");
}

fn check(kind: Kind, text: &str, expected: &str) {
    check_as(Wording::Current, kind, text, expected);
}

fn check_syntax(kind: Kind, text: &str, token: &str, near: &str) {
    check(kind, text, &format!("Syntax error; token: \"{token}\", near: \"{near}\""));
}

#[test]
fn syntax_errors_of_conditions() {
    for (text, token, near) in [
        ("attribute_not_exists(", "<EOF>", "("),
        ("a = :v AND", "<EOF>", "AND"),
        ("(a = :v", "<EOF>", ":v"),
        ("a.", "<EOF>", "."),
        ("a[", "<EOF>", "["),
        ("attribute_exists(pk) x y", "x", ") x y"),
        ("a = :v :w x", ":w", ":v :w x"),
        ("a = :v)", ")", ":v)"),
        ("a = = :v", "=", "= = :v"),
        ("= :v", "=", "= :v"),
        ("AND a = :v", "AND", "AND a"),
        ("aaa = :v AND bbbb = :w cccc = :x", "cccc", ":w cccc ="),
        ("attribute_exists(pk,)", ")", ",)"),
        ("a IN ()", ")", "()"),
        ("a IN :v", ":v", "IN :v"),
        ("a[x] = :v", "x", "[x]"),
        ("a[1 = :v", "=", "1 = :v"),
        ("a = :v !", "!", ":v !"),
        ("a ! b", "!", "a ! b"),
        ("l[00] = :v", "0", "00]"),
        ("l[01] = :v", "1", "01]"),
        ("l[007] = :v", "0", "007"),
        ("ü > a", "ü", "ü >"),
        ("aé = :v", "é", "aé ="),
        ("a\u{a0}= :v", "\u{a0}", "a\u{a0}="),
        ("   ", "<EOF>", "   "),
        ("a", "<EOF>", "a"),
        ("(a)", "<EOF>", ")"),
        ("a AND b = :v", "AND", "a AND b"),
        ("NOT NOT a = :v", "NOT", "NOT NOT a"),
        ("(a = :v) = :w", "=", ") = :w"),
        ("a = (b = :v)", "=", "b = :v"),
        ("a BETWEEN :v", "<EOF>", ":v"),
        ("a = 3", "3", "= 3"),
        ("a = \"x\"", "\"", "= \"x"),
        ("a = #$", "$", "#$"),
        ("a == :v", "=", "== :v"),
        ("a AND:v = b", "AND", "a AND:v"),
    ] {
        check_syntax(Kind::Condition, text, token, near);
    }
}

#[test]
fn syntax_errors_of_updates_and_projections() {
    for (text, token, near) in [
        ("SET #a = :v,", "<EOF>", ","),
        ("SET a = 3", "3", "= 3"),
        ("RESET NonExistent", "RESET", "RESET NonExistent"),
        ("éSET a = :v", "é", "éSET"),
        ("SET é a", "é", "SET é a"),
        ("SET aé = :v", "é", "aé ="),
        ("SET", "<EOF>", "SET"),
        ("SET a = b + c + d", "+", "c + d"),
        ("SET a = b * c", "*", "b * c"),
        ("SET a = b / c", "/", "b / c"),
        ("SET (a) = :v", "(", "SET (a"),
        ("SET a = (((b)))", "(", "((b"),
        ("SET a = :v b = :w", "b", ":v b ="),
        ("SET a > :v", ">", "a > :v"),
        ("SET set = :v", "set", "SET set ="),
        ("SET#a = :v", "SET", "SET#a"),
        ("ADD a b", "b", "a b"),
        ("REMOVE a :v", ":v", "a :v"),
        ("   ", "<EOF>", "   "),
    ] {
        check_syntax(Kind::Update, text, token, near);
    }
    for (text, token, near) in [
        ("(a)", "(", "(a"),
        ("a b", "b", "a b"),
        ("a,", "<EOF>", ","),
        (",a", ",", ",a"),
        ("a.b[:v]", ":v", "[:v]"),
        ("a, :v", ":v", ", :v"),
        ("\t\n", "<EOF>", "\t\n"),
    ] {
        check_syntax(Kind::Projection, text, token, near);
    }
}

#[test]
fn texts_that_are_no_expressions() {
    for kind in [Kind::Update, Kind::Condition, Kind::Projection] {
        check(kind, "", "The expression can not be empty;");
        let long = " ".repeat(4097);
        check(kind, &long, "Expression size has exceeded the maximum allowed size;");
        let classic = "Expression size has exceeded the maximum allowed size; expression size: 4097";
        check_as(Wording::Classic, kind, &long, classic);
        check_as(
            Wording::Classic,
            kind,
            "a😀",
            match kind {
                Kind::Update => "Syntax error; token: \"a\", near: \"a?\"",
                _ => "Syntax error; token: \"?\", near: \"a?\"",
            },
        );
    }
}

#[test]
fn depth_and_counts_are_bounded() {
    let c = Kind::Condition;
    check_syntax(c, &"(".repeat(4096), "<EOF>", "(");
    check_syntax(Kind::Update, &format!("SET a = {}", "(".repeat(4000)), "(", "(((");
    let doubled = format!("{}a = :v{}", "(".repeat(2000), ")".repeat(2000));
    check(c, &doubled, "The expression has redundant parentheses;");
    let many = "The expression contains too many operators; operator count: 301";
    check(c, &format!("{}a=:v{}", "NOT(".repeat(800), ")".repeat(800)), many);
    check_syntax(c, &format!("a={}", "(".repeat(4000)), "<EOF>", "(");
    check_syntax(c, &"size(".repeat(800), "<EOF>", "(");
    check(c, &["a=:v"; 151].join(" AND "), many);
    check(c, &["a=:v"; 150].join(" AND "), "");
    check(c, &format!("{}a=:v{}", "NOT(".repeat(299), ")".repeat(299)), "");
    let nested = |calls| format!("SET a = {}:v{}", "if_not_exists(a,".repeat(calls), ")".repeat(calls));
    check(Kind::Update, &nested(64), "");
    check(Kind::Update, &nested(65), many);
    check_syntax(Kind::Update, &nested(65)[..1100], "<EOF>", ")");
    let grouped = format!("a = {}:v{}", "(".repeat(500), ")".repeat(500));
    check(c, &grouped, "The expression has redundant parentheses;");
    let sums: Vec<String> = (0..301).map(|sum| format!("a{sum}=b+c")).collect();
    check(Kind::Update, &format!("SET {}", sums.join(",")), many);
    check(Kind::Update, &format!("SET {}", sums[..300].join(",")), "");
    let path = |levels: usize| vec!["a"; levels].join(".");
    check(Kind::Projection, &path(32), "");
    let deep = "The document path has too many nesting elements; nested levels: 33";
    check(Kind::Projection, &path(33), deep);
    check(c, &format!("a IN ({})", [":v"; 100].join(",")), "");
    let choices = "The IN operator is provided with too many operands; number of operands: 101";
    check(c, &format!("a IN ({})", [":v"; 101].join(",")), choices);
    check(Kind::Projection, "l[2147483647]", "");
    let index = "List index is not within the allowable range; index: [2147483648]";
    check(Kind::Projection, "l[2147483648]", index);
}

#[test]
fn redundant_parentheses() {
    let redundant = "The expression has redundant parentheses;";
    for text in ["((a = :v))", "((a)) = :v", "a = ((:v))", "((attribute_exists(a)))", "((a.b))[1] = :v"] {
        check(Kind::Condition, text, redundant);
    }
    for text in [
        "(a = :v)",
        "((a) = :v)",
        "((a = :v) AND (b = :w))",
        "(a).b = :v",
        "((a).b)[1] = :v",
        "a = (:v)",
        "size((a)) = :n",
        "((a) = (:v))",
    ] {
        check(Kind::Condition, text, "");
    }
}

#[test]
fn order_of_static_errors_in_conditions() {
    let misused = |function: &str| {
        format!("The function is not allowed to be used this way in an expression; function: {function}")
    };
    for (text, expected) in [
        ("foo(pk, :v)", "Invalid function name; function: foo".to_owned()),
        ("SIZE(a) = :n", "Invalid function name; function: SIZE".to_owned()),
        (
            "if_not_exists(a, :v) = :v",
            "The function is not allowed in a condition expression; function: if_not_exists".to_owned(),
        ),
        ("size(a)", misused("size")),
        ("NOT size(a)", misused("size")),
        ("a = attribute_exists(b)", misused("attribute_exists")),
        ("attribute_exists(contains(a, :v))", misused("contains")),
        ("status = :undefined", "Attribute name is a reserved keyword; reserved keyword: status".to_owned()),
        ("a.Name = :v", "Attribute name is a reserved keyword; reserved keyword: Name".to_owned()),
        ("((size(a))) AND foo(b)", "The expression has redundant parentheses;".to_owned()),
        ("size(a) AND foo(b)", "Invalid function name; function: foo".to_owned()),
        ("status = :v AND size(a)", misused("size")),
        ("#c = :c", undefined_name("#c")),
        ("a < :bool AND #c = :v", wrong_type("<", "BOOL")),
        ("#c = :v AND a < :bool", undefined_name("#c")),
        (":c = #c", undefined_value(":c")),
    ] {
        check(Kind::Condition, text, &expected);
    }
}

fn undefined_name(key: &str) -> String {
    format!("An expression attribute name used in the document path is not defined; attribute name: {key}")
}

fn undefined_value(key: &str) -> String {
    format!("An expression attribute value used in expression is not defined; attribute value: {key}")
}

fn wrong_type(operator: &str, name: &str) -> String {
    format!(
        "Incorrect operand type for operator or function; operator or function: {operator}, operand type: {name}"
    )
}

fn wrong_count(function: &str, count: usize) -> String {
    format!(
        "Incorrect number of operands for operator or function; operator or function: {function}, number of \
         operands: {count}"
    )
}

fn same_operand(operator: &str, path: &str) -> String {
    format!(
        "The first operand must be distinct from the remaining operands for this operator or function; operator: \
         {operator}, first operand: {path}"
    )
}

fn path_needed(function: &str) -> String {
    format!("Operator or function requires a document path; operator or function: {function}")
}

#[test]
fn operands_of_conditions() {
    for (text, expected) in [
        ("a = a", same_operand("=", "[a]")),
        ("a[1].b <> #a[1].b", same_operand("<>", "[a, [1], b]")),
        ("contains(a, a)", same_operand("contains", "[a]")),
        ("begins_with(a, #a)", same_operand("begins_with", "[a]")),
        ("attribute_type(a, a)", same_operand("attribute_type", "[a]")),
        ("a IN (b, a)", same_operand("IN", "[a]")),
        (":v = :v", String::new()),
        ("#dotted = a.b", String::new()),
        ("attribute_exists(a, b)", wrong_count("attribute_exists", 2)),
        ("size(a, b) = :n", wrong_count("size", 2)),
        ("contains(a)", wrong_count("contains", 1)),
        ("attribute_exists(:v)", path_needed("attribute_exists")),
        ("attribute_not_exists(size(a))", path_needed("attribute_not_exists")),
        ("begins_with(a, :n)", wrong_type("begins_with", "N")),
        ("begins_with(a, :bool)", wrong_type("begins_with", "BOOL")),
        (":v < :m", wrong_type("<", "M")),
        (":l >= a", wrong_type(">=", "L")),
        ("a BETWEEN :ss AND :v", wrong_type("BETWEEN", "SS")),
        ("a = :bool", String::new()),
        ("contains(:null, a)", wrong_type("contains", "NULL")),
        ("contains(a, :m)", String::new()),
        ("size(:n) = :n", wrong_type("size", "N")),
        ("size(a) < :n", String::new()),
        ("attribute_type(a, :type)", String::new()),
        ("attribute_type(a, :n)", wrong_type("attribute_type", "N")),
        ("attribute_type(a, b)", wrong_type("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}")),
        (
            "attribute_type(a, :x)",
            "Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}".to_owned(),
        ),
        (
            "a BETWEEN :n AND :s",
            "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: \
             AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:s}"
                .to_owned(),
        ),
        (
            "a BETWEEN :t AND :s",
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound \
             operand: AttributeValue: {S:t}, upper bound operand: AttributeValue: {S:s}"
                .to_owned(),
        ),
        ("a BETWEEN :s AND :s", String::new()),
        (":s BETWEEN a AND b", String::new()),
    ] {
        check(Kind::Condition, text, &expected);
    }
}

#[test]
fn static_errors_of_updates() {
    let addend = |operator: &str, name: &str| {
        format!(
            "Incorrect operand type for operator or function; operator: {operator}, operand type: {name}, typeSet: \
             ALLOWED_FOR_ADD_OPERAND"
        )
    };
    let section =
        |name: &str| format!("The \"{name}\" section can only be used once in an update expression;");
    for (text, expected) in [
        ("SET a = :v REMOVE b ADD c :n DELETE d :ss", String::new()),
        (
            "set a = :v set status = :w",
            "Attribute name is a reserved keyword; reserved keyword: status".into(),
        ),
        ("SET a = foo(:v) SET b = :w", "Invalid function name; function: foo".into()),
        ("SET a = size(b)", "The function is not allowed in an update expression; function: size".into()),
        ("SET a = :undefined SET b = :w", section("SET")),
        ("REMOVE a REMOVE b", section("REMOVE")),
        ("SET a = :c, #c = :v", undefined_name("#c")),
        ("SET a = :c, a = :v", undefined_value(":c")),
        ("SET a.b = :v, a.c = :v", String::new()),
        ("SET string_set = :v, #dotted = :v, a.b = :w", String::new()),
        ("REMOVE a SET a.b = :v", overlap("[a]", "[a, b]")),
        ("SET a.b = :v REMOVE #a", overlap("[a, b]", "[a]")),
        ("ADD s :ss DELETE s :ss", overlap("[s]", "[s]")),
        ("SET l[3] = :v REMOVE l[3]", overlap("[l, [3]]", "[l, [3]]")),
        ("SET a.b = :v, a[1] = :w", conflict("[a, b]", "[a, [1]]")),
        ("SET a.b = :v, a[1] = :w, c = :v, c = :w", overlap("[c]", "[c]")),
        ("ADD a :s", addend("ADD", "STRING")),
        ("ADD a :b", addend("ADD", "Binary")),
        ("ADD a :l", addend("ADD", "LIST")),
        ("DELETE a :n", addend("DELETE", "NUMBER")),
        ("DELETE a :m SET b = :s + :s", addend("DELETE", "MAP")),
        ("DELETE a :null", addend("DELETE", "NULL")),
        ("DELETE a :bool", addend("DELETE", "BOOLEAN")),
        ("SET a = :s + :n", wrong_type("+", "S")),
        ("SET a = b - :ss", wrong_type("-", "SS")),
        ("SET a = if_not_exists(b, :s) + :n", wrong_type("+", "S")),
        ("SET a = if_not_exists(b, :n) + :n", String::new()),
        ("SET a = (b) + (:n), c = (b + :n), d = ((b)), e = ((b) - c)", String::new()),
        ("SET a = if_not_exists(b, if_not_exists(c, :n))", String::new()),
        ("SET a = list_append(:n, b)", wrong_type("list_append", "N")),
        ("SET a = list_append(if_not_exists(a, :l), :l)", String::new()),
        ("SET a = list_append(b)", wrong_count("list_append", 1)),
        ("SET a = if_not_exists(b, c, :v)", wrong_count("if_not_exists", 3)),
        ("SET a = if_not_exists(:v, b)", path_needed("if_not_exists")),
    ] {
        check(Kind::Update, text, &expected);
    }
    let classic = "Incorrect operand type for operator or function; operator: ADD, operand type: BINARY";
    check_as(Wording::Classic, Kind::Update, "ADD a :b", classic);
}

fn overlap(one: &str, two: &str) -> String {
    format!(
        "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: {one}, path \
         two: {two}"
    )
}

fn conflict(one: &str, two: &str) -> String {
    format!(
        "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: {one}, \
         path two: {two}"
    )
}

#[test]
fn static_errors_of_projections() {
    for (text, expected) in [
        ("a, b, c.d[1].e", String::new()),
        ("a, a", overlap("[a]", "[a]")),
        ("a.b, c, #a", overlap("[a, b]", "[a]")),
        ("a.b, a[1]", conflict("[a, b]", "[a, [1]]")),
        ("#c, a, a", undefined_name("#c")),
        ("#c, a.Size", "Attribute name is a reserved keyword; reserved keyword: Size".into()),
        ("and, b", "Attribute name is a reserved keyword; reserved keyword: and".into()),
        ("set", "Attribute name is a reserved keyword; reserved keyword: set".into()),
    ] {
        check(Kind::Projection, text, &expected);
    }
}

#[test]
fn hints_say_what_may_have_been_meant() {
    let hint = |kind, text: &str| request().fault(kind, text, Wording::Current).unwrap().hint;
    assert_eq!(hint(Kind::Condition, "#unusd = :v").as_deref(), Some("did you mean #unused?"));
    assert_eq!(hint(Kind::Update, "SET a = :tipe").as_deref(), Some("did you mean :type?"));
    assert_eq!(hint(Kind::Condition, "begin_with(a, :v)").as_deref(), Some("did you mean begins_with?"));
    assert!(hint(Kind::Projection, "status").unwrap().contains("#status"));
    let listed = hint(Kind::Projection, "#nothing_like_it").unwrap();
    assert!(listed.starts_with("define it in ExpressionAttributeNames, which has #"), "{listed}");
}

#[test]
fn hints_are_for_names_that_a_person_would_type() {
    let long = |last: char| format!("#{}{last}", "n".repeat(70));
    let hint = |key: &str, written: &str| {
        let request = Request::new(&[(key, "a")], &attributes! { ":v" => 1 });
        request.fault(Kind::Condition, &format!("{written} = :v"), Wording::Current).unwrap().hint
    };
    assert_eq!(hint("#name", "#nane").as_deref(), Some("did you mean #name?"));
    assert!(hint(&long('a'), &long('b')).is_some_and(|hint| hint.starts_with("define it")));
}

#[test]
fn every_placeholder_must_be_used() {
    let request =
        Request::new(&[("#a", "a"), ("#b", "b"), ("#c", "c")], &attributes! { ":v" => 1, ":w" => 2 });
    let placeholders = request.placeholders();
    let cache = Cache::default();
    let unused = || placeholders.check_unused().err().map(|fault| fault.text).unwrap_or_default();
    Condition::parse(Kind::Condition, "#b = :v", &placeholders, Wording::Current, &cache).unwrap();
    assert_eq!(unused(), "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #c}");
    Projection::parse("#a.#b, #c", &placeholders, Wording::Current, &cache).unwrap();
    assert_eq!(unused(), "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
    Update::parse("SET #a = :w", &placeholders, Wording::Current, &cache).unwrap();
    assert_eq!(unused(), "");
}

#[test]
fn keys_of_placeholders() {
    let check = |names: Option<&[(&str, &str)]>, values: Option<AttributeMap>, expected: &str| {
        let names =
            names.map(|names| names.iter().map(|(key, name)| ((*key).into(), (*name).into())).collect());
        let said =
            check_keys(names.as_ref(), values.map(Attributes::from).as_ref()).err().map(|fault| fault.text);
        assert_eq!(said.unwrap_or_default(), expected);
    };
    check(None, None, "");
    check(Some(&[("#4g", "a"), ("#_", "b")]), Some(attributes! { ":0" => 1 }), "");
    check(Some(&[]), Some(AttributeMap::new()), "ExpressionAttributeNames must not be empty");
    check(None, Some(AttributeMap::new()), "ExpressionAttributeValues must not be empty");
    let bad_name = "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#\"";
    check(Some(&[("#", "a")]), Some(AttributeMap::new()), bad_name);
    let bad_value = "ExpressionAttributeValues contains invalid key: Syntax error; key: \":vé\"";
    check(Some(&[("#a", "")]), Some(attributes! { ":vé" => 1 }), bad_value);
    let unnamed = "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a";
    check(Some(&[("#a", "")]), Some(attributes! { ":v" => 1 }), unnamed);
}

#[test]
fn projections_keep_structure_and_close_gaps() {
    let element = |number: i32| attributes! { "a" => number, "b" => number * 10, "c" => "c" };
    let item = attributes! {
        "l" => vec![0, 1, 2, 3],
        "ll" => vec![element(0), element(1)],
        "m" => attributes! { "x" => attributes! { "y" => 1, "z" => 2 }, "w" => "w" },
        "a.b" => "dotted",
    };
    let check = |text: &str, expected: AttributeMap| {
        let request = request();
        let projection =
            Projection::parse(text, &request.placeholders(), Wording::Current, &Cache::default()).unwrap();
        let projected = projection.of(&Item::strict(&item).unwrap());
        assert_eq!(projected, Item::strict(&expected).unwrap(), "{text}");
    };
    check("l[2], l[0]", attributes! { "l" => vec![0, 2] });
    check("l[9], l[3]", attributes! { "l" => vec![3] });
    check("ll[1].b, ll[1].a", attributes! { "ll" => vec![attributes! { "a" => 1, "b" => 10 }] });
    check(
        "ll[1].b, m.x.z, ll[0].a, m.w",
        attributes! {
            "ll" => vec![attributes! { "a" => 0 }, attributes! { "b" => 10 }],
            "m" => attributes! { "x" => attributes! { "z" => 2 }, "w" => "w" },
        },
    );
    check("m.q, l.a, ll[7].a, nope, m.w[0]", AttributeMap::new());
    check("#dotted", attributes! { "a.b" => "dotted" });
    check("m.x", attributes! { "m" => attributes! { "x" => attributes! { "y" => 1, "z" => 2 } } });
}

#[test]
fn trees_are_kept_and_the_cache_is_bounded() {
    let (request, cache) = (request(), Cache::default());
    let parse = |text: &str| {
        Condition::parse(Kind::Condition, text, &request.placeholders(), Wording::Current, &cache).unwrap()
    };
    let first = parse("a = :v");
    for number in 0..200 {
        parse(&format!("a{number} = :v"));
    }
    assert!(first.shares_tree(&parse("a = :v")));
    for number in 0..2000 {
        parse(&format!("a{number} = :v"));
    }
    assert!(!first.shares_tree(&parse("a = :v")));
}

proptest! {
    #[test]
    fn paths_found_together_lead_where_each_leads_alone(paths in prop::collection::vec(path(), 1..12)) {
        let element = |number: i32| attributes! { "a" => number, "b" => vec![number, 1], "c" => "c" };
        let item = attributes! {
            "a" => vec![element(0), element(1)], "b" => element(2), "c" => "c",
            "d" => attributes! { "a" => element(3), "b" => vec![vec![1, 2], vec![3]] },
        };
        let item = Item::strict(&item).unwrap();
        let text = paths.iter().enumerate().map(|(at, path)| format!("SET x{at} = {path}"));
        let text = text.collect::<Vec<_>>().join(", ").replace(", SET", ",");
        let request = Request::new(&[], &AttributeMap::new());
        let update = Update::parse(&text, &request.placeholders(), Wording::Current, &Cache::default()).unwrap();
        let found = found::Found::new(update.scope(), Some(&item));
        // The second time all are found together.
        for (place, path) in update.paths().enumerate().chain(update.paths().enumerate()) {
            prop_assert_eq!(found.get(place), path.find(item.attributes()), "{}", path);
        }
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in "\\PC{0,60}") {
        parse_all(&text);
    }

    #[test]
    fn no_sequence_of_tokens_makes_a_parser_panic(text in tokens()) {
        parse_all(&text);
    }
}

/// Paths of which many overlap, or lead nowhere.
fn path() -> impl Strategy<Value = String> {
    "[a-e](\\.[a-d]|\\[[0-2]\\]){0,3}"
}

fn tokens() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "SET",
        "REMOVE",
        "ADD",
        "DELETE",
        "AND",
        "OR",
        "NOT",
        "BETWEEN",
        "IN",
        "a",
        "b",
        "#a",
        "#b",
        ":v",
        ":n",
        ":ss",
        ":l",
        "(",
        ")",
        "[",
        "]",
        "0",
        "1",
        ",",
        ".",
        "=",
        "<",
        "<>",
        ">=",
        "+",
        "-",
        "size",
        "contains(",
        "list_append(",
        "if_not_exists(",
        "attribute_exists(",
        "begins_with(",
        "!",
        "é",
    ]);
    prop::collection::vec(token, 0..25).prop_map(|tokens| tokens.join(" "))
}

fn parse_all(text: &str) {
    let request = request();
    for kind in [Kind::Update, Kind::Condition, Kind::Projection] {
        for wording in [Wording::Current, Wording::Classic] {
            request.fault(kind, text, wording);
        }
    }
}
