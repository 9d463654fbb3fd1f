//! Lines while they are being gathered: whole minutes and counts under a rule, not yet multiplied.

use rust_decimal::{Decimal, RoundingStrategy};

use super::compile::{Compiled, Ready};
use super::prices::too_large;
use super::shift::Part;
use super::zones::Minute;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::{Halves, Unit};
use crate::pricing::rounding::{self, TimeRounding};
use crate::pricing::totals::{amount_of_minutes, amount_of_quantity};
use crate::values::{Amount, Currency};

/// How much of something, before it has a price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Much {
    /// Minutes of each head.
    Minutes(Minute),
    /// So many of the unit, all heads together.
    Count(Decimal),
}

/// What one rule charges in one position at one price.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    /// The list's place in the book and the rule's in the list.
    pub list: usize,
    pub rule: u32,
    pub much: Much,
    pub price: Decimal,
    pub part: Part,
    pub amount: Amount,
}

/// Adds minutes to the line of the same rule and price, or begins one.
pub(super) fn add_minutes(lines: &mut Vec<Raw>, list: usize, rule: u32, price: Decimal, part: Part) {
    let same =
        lines.iter_mut().find(|line| line.rule == rule && line.list == list && alike(line.price, price));
    match same {
        Some(Raw { much: Much::Minutes(minutes), part: known, .. }) => {
            *minutes += part.minutes();
            known.from = known.from.min(part.from);
            known.to = known.to.max(part.to);
        }
        _ => lines.push(Raw {
            list,
            rule,
            much: Much::Minutes(part.minutes()),
            price,
            part,
            amount: Amount::ZERO,
        }),
    }
}

/// The same digits; quicker than whether the values are equal, and a rule writes its price in one way.
fn alike(one: Decimal, other: Decimal) -> bool {
    one.mantissa() == other.mantissa() && one.scale() == other.scale()
}

/// Multiplies a line out: the one rounding of its amount.
pub(super) fn amount(
    line: &Raw,
    list: &Compiled,
    headcount: u32,
    currency: Currency,
) -> Result<Amount, Refusal> {
    let policies = &list.policies;
    match (line.much, policies.rounding) {
        (Much::Minutes(minutes), TimeRounding::DecimalHours { places }) => {
            let each = u32::try_from(minutes).map_err(|_| too_large())?;
            let hours = rounding::decimal_hours(each, places.get())
                .checked_mul(headcount.into())
                .ok_or_else(too_large)?;
            product(hours, line.price, policies.halves, currency)
        }
        (Much::Minutes(minutes), _) => {
            let minutes = minutes.checked_mul(headcount.into()).ok_or_else(too_large)?;
            match policies.halves {
                Halves::Up => amount_of_minutes(minutes, line.price, currency),
                Halves::Even => {
                    let sum = Decimal::from(minutes).checked_mul(line.price).ok_or_else(too_large)?;
                    even(sum / Decimal::from(60), currency)
                }
            }
        }
        (Much::Count(count), _) => product(count, line.price, policies.halves, currency),
    }
}

/// A quantity times a price, or amounts times a share, rounded as lines are.
pub(super) fn product(
    quantity: Decimal,
    price: Decimal,
    halves: Halves,
    currency: Currency,
) -> Result<Amount, Refusal> {
    match halves {
        Halves::Up => amount_of_quantity(quantity, price, currency),
        Halves::Even => even(quantity.checked_mul(price).ok_or_else(too_large)?, currency),
    }
}

fn even(value: Decimal, currency: Currency) -> Result<Amount, Refusal> {
    let digits = currency.exponent();
    let rounded = value.round_dp_with_strategy(digits, RoundingStrategy::MidpointNearestEven);
    if rounded.abs() > Decimal::from(1_000_000_000_000_i64) {
        return Err(Refusal::new(Code::AmountTooLarge));
    }
    Ok(Amount::rounded(rounded, currency))
}

/// Minutes that are missing to a minimum call.
pub(super) fn missing(rule: &Ready, counted: Minute, planned: Minute) -> Minute {
    let Unit::MinimumCall { minutes, percent_of_planned, at_most_planned } = &rule.unit else { return 0 };
    let share = percent_of_planned.of(Decimal::from(planned)).map(|share| share.ceil());
    let share = share.and_then(|share| i64::try_from(share).ok()).unwrap_or(0);
    let least = share.max((*minutes).into());
    let least = if *at_most_planned { least.min(planned) } else { least };
    (least - counted).max(0)
}
