//! Whole numbers in place of decimals: a product is divided once, so that no digit is lost before the one rounding.
//!
//! Nearly all numbers fit 64 bits, where the machine multiplies and divides at once; wider ones take 128.

use rust_decimal::Decimal;

/// The powers of ten up to the most decimals that a number has.
const POWERS: [i128; 29] = {
    let mut powers = [1; 29];
    let mut rest: &mut [i128] = &mut powers;
    let mut power = 1;
    while let [first, others @ ..] = rest {
        *first = power;
        power *= 10;
        rest = others;
    }
    powers
};

/// Ten to the power of so many; `None` beyond what decimals have.
pub(super) fn power(of: u32) -> Option<i128> {
    POWERS.get(usize::try_from(of).ok()?).copied()
}

/// `None` on overflow.
pub(super) fn times(left: i128, right: i128) -> Option<i128> {
    match (i64::try_from(left), i64::try_from(right)) {
        (Ok(left), Ok(right)) => Some(i128::from(left) * i128::from(right)),
        _ => left.checked_mul(right),
    }
}

/// `left * right / 10^scale / per` with so many digits after the point, half up; `None` on overflow.
pub(super) fn rounded(left: i128, right: i128, scale: u32, per: i128, digits: u32) -> Option<i128> {
    let product = times(left, right)?;
    if scale < digits {
        half_up(times(product, power(digits - scale)?)?, per)
    } else {
        half_up(product, times(per, power(scale - digits)?)?)
    }
}

/// A product of decimals, rounded half up to some digits if it has more; `None` on overflow.
pub(super) fn product(left: Decimal, right: Decimal, digits: u32) -> Option<Decimal> {
    let scale = left.scale().saturating_add(right.scale());
    let kept = scale.min(digits);
    decimal(rounded(left.mantissa(), right.mantissa(), scale, 1, kept)?, kept)
}

/// The decimal of a whole number of its last digits.
fn decimal(units: i128, digits: u32) -> Option<Decimal> {
    match i64::try_from(units) {
        Ok(small) => Decimal::try_new(small, digits).ok(),
        Err(_) => Decimal::try_from_i128_with_scale(units, digits).ok(),
    }
}

/// Division rounded half away from zero; `None` by zero.
fn half_up(numerator: i128, denominator: i128) -> Option<i128> {
    if let (Ok(small), Ok(by)) = (i64::try_from(numerator), i64::try_from(denominator)) {
        let (whole, rest) = (small.checked_div(by)?, small.checked_rem(by)?);
        let up = rest.unsigned_abs() >= by.unsigned_abs() - rest.unsigned_abs();
        return Some(i128::from(whole) + if up { small.signum().into() } else { 0 });
    }
    let (whole, rest) = (numerator.checked_div(denominator)?, numerator.checked_rem(denominator)?);
    let up = rest.unsigned_abs() >= denominator.unsigned_abs() - rest.unsigned_abs();
    whole.checked_add(if up { numerator.signum() } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::half_up;

    #[test]
    fn halves_go_away_from_zero_in_narrow_and_in_wide_arithmetic() {
        // 1/2, 3/2 and their negatives; the wide ones are the same numbers times 10^20.
        let wide = 10_i128.pow(20);
        for (numerator, denominator, expected) in
            [(1, 2, 1), (3, 2, 2), (-1, 2, -1), (-3, 2, -2), (1, 3, 0), (2, 3, 1), (-1, 3, 0), (-2, 3, -1)]
        {
            assert_eq!(half_up(numerator, denominator), Some(expected));
            assert_eq!(half_up(numerator * wide, denominator * wide), Some(expected));
        }
    }
}
