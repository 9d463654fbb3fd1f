//! Exact decimals: how they are read, written and rounded. Never a float.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Fault, FaultCode};

/// Rounds half away from zero, the rule of invoices.
pub fn round_half_up(value: Decimal, places: u32) -> Decimal {
    if value.scale() == places && !value.is_zero() {
        return value;
    }
    let mut rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    if rounded.is_zero() {
        // What rounds to nothing from below must not be written as -0.00.
        rounded.set_sign_positive(true);
    }
    rounded
}

/// Reads digits with an optional sign and point: no exponent, no blanks, no separators.
pub fn plain(text: &str) -> Result<Decimal, Fault> {
    let fault = || Fault::new(FaultCode::Malformed, "a decimal number in a string, such as \"24.50\"");
    let digits = text.strip_prefix('-').unwrap_or(text);
    let well_formed = digits.len() <= 30
        && digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.ends_with(|last: char| last.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.matches('.').count() <= 1;
    if !well_formed {
        return Err(fault());
    }
    Decimal::from_str_exact(text).map_err(|_| fault())
}

/// What fits the longest number that is written quickly: a sign, a point, twenty digits, and zeros before them.
const ROOM: usize = 32;

/// A decimal as it is written, without room of its own on the heap: lists of amounts hold thousands of them.
pub(super) struct Digits {
    text: [u8; ROOM],
    start: usize,
}

impl Digits {
    /// `None` for one that is too long, and for zero below zero, which the caller writes the slow way.
    pub(super) fn of(value: Decimal) -> Option<Self> {
        let mut rest = u64::try_from(value.mantissa().unsigned_abs()).ok()?;
        let scale = usize::try_from(value.scale()).ok().filter(|scale| *scale < 20)?;
        let negative = value.is_sign_negative();
        if negative && rest == 0 {
            return None;
        }
        let mut digits = Self { text: [b'0'; ROOM], start: ROOM };
        let mut written = 0;
        while rest > 0 || written <= scale {
            if written == scale && scale > 0 {
                digits.put(b'.')?;
            }
            digits.put(b'0' + u8::try_from(rest % 10).ok()?)?;
            rest /= 10;
            written += 1;
        }
        if negative {
            digits.put(b'-')?;
        }
        Some(digits)
    }

    pub(super) fn as_str(&self) -> &str {
        self.text.get(self.start..).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// Before what is there.
    fn put(&mut self, byte: u8) -> Option<()> {
        self.start = self.start.checked_sub(1)?;
        *self.text.get_mut(self.start)? = byte;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::{Digits, plain, round_half_up};

    #[test]
    fn digits_are_those_of_the_decimal() {
        for text in
            ["0", "0.00", "7", "-7", "0.05", "-0.05", "10.50", "1000000000000.0000", "18446744073709551615"]
        {
            let value = plain(text).unwrap();
            assert_eq!(Digits::of(value).unwrap().as_str(), text);
        }
        let longer = plain("18446744073709551616").unwrap();
        assert!(Digits::of(longer).is_none());
        assert!(Digits::of(-Decimal::ZERO).is_none_or(|digits| digits.as_str() == "0"));
    }

    proptest! {
        #[test]
        fn digits_are_those_of_any_decimal(units in any::<i64>(), scale in 0_u32..=28) {
            let value = Decimal::new(units, scale);
            if let Some(digits) = Digits::of(value) {
                prop_assert_eq!(digits.as_str(), value.to_string());
            } else {
                prop_assert!(scale >= 20);
            }
        }
    }

    #[test]
    fn only_plain_digits_are_read() {
        for bad in ["", ".", "1.", ".5", "1e3", " 1", "1 ", "+1", "1,5", "--1", "NaN", "1.2.3", "٣"] {
            assert!(plain(bad).is_err(), "{bad}");
        }
        assert_eq!(plain("-24.50").unwrap().to_string(), "-24.50");
    }

    #[test]
    fn e1_half_up_is_away_from_zero() {
        let round = |text: &str| round_half_up(plain(text).unwrap(), 2).to_string();
        assert_eq!(round("10.005"), "10.01");
        assert_eq!(round("-10.005"), "-10.01");
        assert_eq!(round("10.004"), "10.00");
        assert_eq!(round("7"), "7.00");
        assert_eq!(round("-0.004"), "0.00");
    }
}
