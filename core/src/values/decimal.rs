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

#[cfg(test)]
mod tests {
    use super::{plain, round_half_up};

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
