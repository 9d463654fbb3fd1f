//! The regular rate: what an hour came to on average, on which some overtime is computed.

use rust_decimal::Decimal;

use super::prices::too_large;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Amount, Currency, Surcharge};

/// Prices per hour, each rounded to the currency's exponent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RegularRate {
    /// The average over all hours.
    pub per_hour: Amount,
    /// What overtime adds to an hour that is in the sum already.
    pub on_top: Amount,
    /// A whole hour of overtime.
    pub overtime: Amount,
}

/// The average price of an hour, and that of overtime with `percent` on top of it.
///
/// The average is rounded before overtime is computed from it, as documents show it: 825.00 for 37 hours are 22.30
/// an hour, and 33.45 with half of it on top.
pub fn regular_rate(
    charged: Amount,
    minutes: u32,
    percent: Surcharge,
    currency: Currency,
) -> Result<RegularRate, Refusal> {
    if minutes == 0 {
        return Err(Refusal::new(Code::OutOfRange).at("minutes").with("expected", "1 or more"));
    }
    let sum = charged.decimal().checked_mul(Decimal::from(60)).ok_or_else(too_large)?;
    let average = sum.checked_div(minutes.into()).ok_or_else(too_large)?;
    let per_hour = Amount::rounded(average, currency);
    let on_top = percent.of(per_hour.decimal()).ok_or_else(too_large)?;
    let overtime = per_hour.decimal().checked_add(on_top).ok_or_else(too_large)?;
    Ok(RegularRate {
        per_hour,
        on_top: Amount::rounded(on_top, currency),
        overtime: Amount::rounded(overtime, currency),
    })
}
