use bigdecimal::BigDecimal;
use proptest::prelude::*;

use super::{Number, NumberFault};
use crate::Wording;

fn check(text: &str, expected: Result<&str, NumberFault>) {
    let read = Number::parse(text).map(|number| number.to_string());
    assert_eq!(read.as_deref().map_err(|fault| *fault), expected, "{text}");
}

/// Source: captures of 2026, numbers.
#[test]
fn numbers_are_read_as_the_service_reads_them() {
    for (text, canonical) in [
        ("+5", "5"),
        (".5", "0.5"),
        ("+.5", "0.5"),
        ("5.", "5"),
        ("1e+2", "100"),
        ("00042", "42"),
        ("-0", "0"),
        ("-0015.789e6", "-15789000"),
        ("0e125", "0"),
        ("0.0e126", "0"),
        ("0e-130", "0"),
        ("1E-3", "0.001"),
        ("100.00", "100"),
        ("12.340", "12.34"),
    ] {
        check(text, Ok(canonical));
    }
    for text in [
        "+e2",
        "1+2",
        "1.2.3",
        "++5",
        "1e",
        ".",
        "NaN",
        "1_000",
        " 5",
        "5 ",
        "e5",
        "1e9223372036854775808",
        "--1",
    ] {
        check(text, Err(NumberFault::NotANumber));
    }
    check("", Err(NumberFault::Empty));
    for text in ["0e126", "0.0e127", "1e126", "1e99999999999", "10e125"] {
        check(text, Err(NumberFault::Overflow));
    }
    for text in ["0e-131", "0.0e-130", "1e-131", "1e-99999999999"] {
        check(text, Err(NumberFault::Underflow));
    }
    check(&format!("0.{}", "0".repeat(130)), Ok("0"));
    check(&format!("0.{}", "0".repeat(131)), Err(NumberFault::Underflow));
    check(&"9".repeat(38), Ok(&"9".repeat(38)));
    check(&"9".repeat(39), Err(NumberFault::TooManyDigits));
    check(&format!("1{}", "0".repeat(125)), Ok(&format!("1{}", "0".repeat(125))));
    check("1e-130", Ok(&format!("0.{}1", "0".repeat(129))));
}

#[test]
fn the_older_layer_reads_exponents_of_32_bits() {
    let read = |text| Number::parse_as(text, Wording::Classic);
    assert_eq!(read("1e2147483648"), Err(NumberFault::NotANumber));
    assert_eq!(read("1e2147483647"), Err(NumberFault::Underflow));
    assert_eq!(read("1e2147483646"), Err(NumberFault::Overflow));
    assert_eq!(read("1e2"), Ok(Number::from(100)));
}

prop_compose! {
    fn number()(
        negative: bool,
        digits in prop_oneof![0u128..1000, 0u128..100_000_000_000_000_000_000_000_000_000_000_000_000],
        exponent in prop_oneof![-3i64..4, -130i64..88],
    ) -> String {
        format!("{}{digits}e{exponent}", if negative { "-" } else { "" })
    }
}

fn oracle(text: &str) -> BigDecimal {
    text.parse().unwrap()
}

/// Whether the service could store the number at all.
fn stored(value: &BigDecimal) -> Result<(), NumberFault> {
    if value.sign() == bigdecimal::num_bigint::Sign::NoSign {
        return Ok(());
    }
    let value = value.normalized();
    let (digits, scale) = value.as_bigint_and_exponent();
    let digits = i64::try_from(digits.magnitude().to_string().len()).unwrap();
    match digits - scale - 1 {
        126.. => Err(NumberFault::Overflow),
        ..-130 => Err(NumberFault::Underflow),
        _ if digits > 38 => Err(NumberFault::TooManyDigits),
        _ => Ok(()),
    }
}

proptest! {
    #[test]
    fn numbers_are_what_arbitrary_precision_says(text in number()) {
        let value = oracle(&text);
        match Number::parse(&text) {
            Ok(number) => {
                prop_assert!(!Number::is_canonical(&text) || number.to_string() == text);
                prop_assert_eq!(oracle(&number.to_string()), value);
                prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
                prop_assert_eq!(Number::bytes_of(number.to_string().as_bytes()), number.bytes());
            }
            Err(_) if Number::is_canonical(&text) => prop_assert!(false, "{}", text),
            Err(_) if text.trim_start_matches('-').starts_with("0e") => {}
            Err(fault) => prop_assert_eq!(stored(&value), Err(fault)),
        }
    }

    #[test]
    fn sums_are_what_arbitrary_precision_says(left in number(), right in number()) {
        if let (Ok(one), Ok(other)) = (Number::parse(&left), Number::parse(&right)) {
            for (ours, exact) in [
                (one.checked_add(other), oracle(&left) + oracle(&right)),
                (one.checked_sub(other), oracle(&left) - oracle(&right)),
            ] {
                match ours {
                    Ok(sum) => prop_assert_eq!(oracle(&sum.to_string()), exact),
                    Err(fault) => prop_assert_eq!(stored(&exact), Err(fault)),
                }
            }
            prop_assert_eq!(one.cmp(&other), oracle(&left).cmp(&oracle(&right)));
        }
    }

    #[test]
    fn any_text_is_a_number_or_none(text in "[0-9eE.+-]{0,12}") {
        if let Ok(number) = Number::parse(&text) {
            prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
        }
    }
}
