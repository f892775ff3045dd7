//! A number as it is written, and what is read from that.

use super::{DIGITS_MAX, Number, NumberFault, check_range};
use crate::Wording;

/// The pieces of a number's text.
pub(super) struct Written<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    exponent: Option<i64>,
}

impl<'a> Written<'a> {
    /// The pieces of a text.
    pub(super) fn read(text: &'a str) -> Result<Self, NumberFault> {
        if text.is_empty() {
            return Err(NumberFault::Empty);
        }
        let (negative, unsigned) = match text.as_bytes()[0] {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            Some(at) => (&unsigned[..at], Some(read_exponent(&unsigned[at + 1..])?)),
            None => (unsigned, None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
            return Err(NumberFault::NotANumber);
        }
        Ok(Self { negative, whole, fraction, exponent })
    }

    /// The newer layer reads exponents of 64 bits; the older one holds exponent and scale in 32, and takes the largest
    /// of them for an underflow. Source: captures of 2026, numbers.
    pub(super) fn check_exponent(&self, wording: Wording) -> Result<(), NumberFault> {
        let (Wording::Classic, Some(exponent)) = (wording, self.exponent) else {
            return Ok(());
        };
        let scale = (self.fraction.len() as i64).saturating_sub(exponent);
        if i32::try_from(exponent).is_err() || i32::try_from(scale).is_err() {
            return Err(NumberFault::NotANumber);
        }
        if exponent == i64::from(i32::MAX) { Err(NumberFault::Underflow) } else { Ok(()) }
    }

    /// The number of which these are the pieces.
    pub(super) fn finish(&self) -> Result<Number, NumberFault> {
        let exponent = self.exponent.unwrap_or(0).saturating_sub(self.fraction.len() as i64);
        let digits = || self.whole.bytes().chain(self.fraction.bytes());
        let Some(leading) = digits().position(|digit| digit != b'0') else {
            // Zero is checked as if its last written digit were a 1. Source: captures of 2026, numbers (`0e126`
            // overflows).
            return check_range(exponent).map(|()| Number::ZERO);
        };
        let total = self.whole.len() + self.fraction.len();
        let trailing = digits().rev().take_while(|digit| *digit == b'0').count();
        let significant = total - leading - trailing;
        let exponent = exponent.saturating_add(trailing as i64);
        check_range(exponent.saturating_add(significant as i64 - 1))?;
        if significant > DIGITS_MAX as usize {
            return Err(NumberFault::TooManyDigits);
        }
        let coefficient = digits()
            .skip(leading)
            .take(significant)
            .fold(0u128, |value, digit| value * 10 + u128::from(digit - b'0'));
        Ok(Number::new(self.negative, coefficient, exponent))
    }
}

fn read_exponent(text: &str) -> Result<i64, NumberFault> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberFault::NotANumber);
    }
    text.parse().map_err(|_| NumberFault::NotANumber)
}
