//! DynamoDB's numbers: 38 significant decimal digits, exact, from 1E-130 to 9.99…E+125 and their negatives.
//!
//! Invariant: the coefficient has no trailing zeros, is below 10^38, and zero is the one value with coefficient 0.

mod written;

use std::cmp::Ordering;
use std::fmt;

use self::written::Written;
use crate::Wording;

/// The most significant digits a number may have.
pub const DIGITS_MAX: u32 = 38;
/// The highest exponent of a leading digit: 9.99…E+125.
pub const EXPONENT_MAX: i64 = 125;
/// The lowest exponent of a leading digit: 1E-130.
pub const EXPONENT_MIN: i64 = -130;

const COEFFICIENT_END: u128 = 10u128.pow(DIGITS_MAX);

/// An exact decimal number: `coefficient * 10^exponent`, negated if `negative`.
///
/// ```
/// use ddbmock_model::Number;
///
/// let number = Number::parse("-0015.789e6").unwrap();
/// assert_eq!(number.to_string(), "-15789000");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    negative: bool,
    coefficient: u128,
    exponent: i16,
}

/// Why a text is not a number that can be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// The text is empty.
    Empty,
    /// The text is not a number.
    NotANumber,
    /// Its magnitude is 1E+126 or more.
    Overflow,
    /// Its magnitude is below 1E-130, and it is not zero.
    Underflow,
    /// It has more than 38 significant digits.
    TooManyDigits,
}

impl Number {
    /// Zero.
    pub const ZERO: Self = Self { negative: false, coefficient: 0, exponent: 0 };

    /// Reads a number as an item holds it: optional sign, digits with at most one point, optional exponent; no blanks.
    ///
    /// # Errors
    /// What [`NumberFault`] lists: the text is no number, or one that cannot be stored exactly.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        Self::parse_as(text, Wording::Current)
    }

    /// As [`Number::parse`], through the reader of either layer of the service. They differ in exponents no one writes.
    ///
    /// # Errors
    /// As [`Number::parse`].
    pub fn parse_as(text: &str, wording: Wording) -> Result<Self, NumberFault> {
        let written = Written::read(text)?;
        written.check_exponent(wording)?;
        written.finish()
    }

    /// The sum, if it has at most 38 digits and is in range.
    ///
    /// # Errors
    /// [`NumberFault::Overflow`], [`NumberFault::Underflow`] or [`NumberFault::TooManyDigits`].
    pub fn checked_add(self, other: Self) -> Result<Self, NumberFault> {
        let exponent = match (self.coefficient, other.coefficient) {
            (0, _) => return Ok(other),
            (_, 0) => return Ok(self),
            _ => self.exponent.min(other.exponent),
        };
        let left = self.coefficient_at(exponent).ok_or(NumberFault::TooManyDigits)?;
        let right = other.coefficient_at(exponent).ok_or(NumberFault::TooManyDigits)?;
        // Operands of 38 digits stay below 2^128; one scaled beyond that has a sum of 39 digits or more.
        let (negative, sum) = match (self.negative == other.negative, left >= right) {
            (true, _) => (self.negative, left.checked_add(right).ok_or(NumberFault::TooManyDigits)?),
            (false, true) => (self.negative, left - right),
            (false, false) => (other.negative, right - left),
        };
        Self::normal(negative, sum, i64::from(exponent))
    }

    /// The difference, if it has at most 38 digits and is in range.
    ///
    /// # Errors
    /// As [`Number::checked_add`].
    pub fn checked_sub(self, other: Self) -> Result<Self, NumberFault> {
        self.checked_add(other.negated())
    }

    /// The same magnitude with the other sign; zero has none.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { negative: !self.negative && self.coefficient != 0, ..self }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.negative
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// The significant digits, without leading or trailing zeros: 1200 has `12`. Zero has `0`.
    pub fn digits(self) -> String {
        self.coefficient.to_string()
    }

    /// The coefficient and its power of ten: the magnitude is `coefficient * 10^exponent`.
    pub fn parts(self) -> (u128, i16) {
        (self.coefficient, self.exponent)
    }

    /// The exponent of the leading digit: 1.2 has 0, 12 has 1.
    pub fn magnitude(self) -> i64 {
        i64::from(self.exponent) + i64::from(digit_count(self.coefficient)) - 1
    }

    /// The bytes it is billed for. Source: measured byte by byte at the 400 KB gate, 2026.
    pub fn bytes(self) -> usize {
        if self.coefficient == 0 {
            return 1;
        }
        billed(digit_count(self.coefficient) as usize, self.magnitude() % 2 == 0) + usize::from(self.negative)
    }

    /// Whether a text is canonical as it stands, so that there is nothing to make of it. Zero is not told, nor are
    /// numbers of more digits, zeros included, than every number can have.
    pub(crate) fn is_canonical(text: &str) -> bool {
        let text = text.strip_prefix('-').unwrap_or(text).as_bytes();
        let whole = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (whole, rest) = text.split_at(whole);
        let fits = text.len() <= DIGITS_MAX as usize;
        match (whole, rest) {
            ([b'1'..=b'9', ..], []) => fits,
            ([b'1'..=b'9', ..] | b"0", [b'.', fraction @ .., b'1'..=b'9']) => {
                fits && fraction.iter().all(u8::is_ascii_digit)
            }
            _ => false,
        }
    }

    /// The order of two numbers by their canonical texts. Of whole numbers that are not negative the longer one is the
    /// higher: only others are read.
    pub fn order_of_texts(one: &[u8], two: &[u8]) -> Ordering {
        let is_whole = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
        let read = |text| std::str::from_utf8(text).ok().and_then(|text| Self::parse(text).ok());
        if is_whole(one) && is_whole(two) {
            return one.len().cmp(&two.len()).then_with(|| one.cmp(two));
        }
        read(one).cmp(&read(two))
    }

    /// The bytes that a number is billed for, from its canonical text: no number is made for it.
    pub(crate) fn bytes_of(text: &[u8]) -> usize {
        let (negative, text) = text.strip_prefix(b"-").map_or((0, text), |rest| (1, rest));
        let point = text.iter().position(|byte| *byte == b'.');
        let (whole, fraction) = point.map_or((text, &[][..]), |at| (&text[..at], &text[at + 1..]));
        match (whole, fraction) {
            (b"0", []) => 1,
            (b"0", _) => {
                let zeros = fraction.iter().take_while(|digit| **digit == b'0').count();
                negative + billed(fraction.len() - zeros, zeros % 2 == 1)
            }
            (_, []) => {
                let zeros = whole.iter().rev().take_while(|digit| **digit == b'0').count();
                negative + billed(whole.len() - zeros, whole.len() % 2 == 1)
            }
            _ => negative + billed(whole.len() + fraction.len(), whole.len() % 2 == 1),
        }
    }

    /// The coefficient as if the exponent were `exponent`, which is not above its own.
    fn coefficient_at(self, exponent: i16) -> Option<u128> {
        let shift = u32::from((self.exponent - exponent).unsigned_abs());
        self.coefficient.checked_mul(10u128.checked_pow(shift)?)
    }

    fn normal(negative: bool, mut coefficient: u128, mut exponent: i64) -> Result<Self, NumberFault> {
        if coefficient == 0 {
            return Ok(Self::ZERO);
        }
        while coefficient.is_multiple_of(10) {
            coefficient /= 10;
            exponent += 1;
        }
        check_range(exponent + i64::from(digit_count(coefficient)) - 1)?;
        if coefficient >= COEFFICIENT_END {
            return Err(NumberFault::TooManyDigits);
        }
        Ok(Self::new(negative, coefficient, exponent))
    }

    /// A number from a coefficient without trailing zeros, once its magnitude is in range.
    fn new(negative: bool, coefficient: u128, exponent: i64) -> Self {
        let exponent = i16::try_from(exponent).expect("the exponent is within 38 of a magnitude in range");
        Self { negative, coefficient, exponent }
    }
}

/// Checks the exponent of a leading digit.
fn check_range(magnitude: i64) -> Result<(), NumberFault> {
    match magnitude {
        ..EXPONENT_MIN => Err(NumberFault::Underflow),
        EXPONENT_MIN..=EXPONENT_MAX => Ok(()),
        _ => Err(NumberFault::Overflow),
    }
}

fn digit_count(coefficient: u128) -> u32 {
    coefficient.checked_ilog10().unwrap_or(0) + 1
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_magnitude(*other),
            (true, true) => other.cmp_magnitude(*self),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Number {
    fn cmp_magnitude(self, other: Self) -> Ordering {
        match (self.coefficient, other.coefficient) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            _ => self
                .magnitude()
                .cmp(&other.magnitude())
                .then_with(|| self.left_aligned().cmp(&other.left_aligned())),
        }
    }

    /// The coefficient padded with zeros to 38 digits.
    fn left_aligned(self) -> u128 {
        self.coefficient * 10u128.pow(DIGITS_MAX - digit_count(self.coefficient))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::normal(value < 0, u128::from(value.unsigned_abs()), 0).expect("19 digits are in range")
    }
}

/// The bytes of a number with so many significant digits, the first of which has an even exponent or an odd one.
fn billed(digits: usize, even: bool) -> usize {
    1 + digits.div_ceil(2) + usize::from(digits.is_multiple_of(2) && even)
}

/// The canonical text: no exponent, no leading or trailing zeros, no negative zero.
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        let point = digits.len() as i64 + i64::from(self.exponent);
        if self.negative {
            out.write_str("-")?;
        }
        if self.exponent >= 0 {
            let zeros = usize::from(self.exponent.unsigned_abs()) * usize::from(self.coefficient != 0);
            return write!(out, "{digits}{:0<zeros$}", "");
        }
        match usize::try_from(point) {
            Ok(point @ 1..) => write!(out, "{}.{}", &digits[..point], &digits[point..]),
            _ => write!(out, "0.{:0<zeros$}{digits}", "", zeros = usize::try_from(-point).unwrap_or(0)),
        }
    }
}

#[cfg(test)]
mod tests;
