//! Lines: whole minutes and counts under a rule at a price, gathered first and multiplied once.

use rust_decimal::{Decimal, RoundingStrategy};

use super::clock::Minute;
use super::compile::Compiled;
use super::prices::too_large;
use super::ready::{At, Ready};
use super::shift::Part;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::Halves;
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

/// What one rule charges in one position at one price. Its names are the book's.
#[derive(Clone, Debug)]
pub struct Line<'b> {
    /// Index of the position in the demand; absent on lines of the whole order.
    pub position: Option<usize>,
    pub headcount: u32,
    pub(super) list: &'b Compiled,
    pub(super) rule: &'b Ready,
    pub(super) much: Much,
    pub(super) price: Decimal,
    /// On the time line while it is gathered, then in UTC.
    pub(super) part: Part,
    pub(super) amount: Amount,
}

impl Line<'_> {
    /// Code of the component.
    pub fn code(&self) -> &str {
        self.rule.code.as_str()
    }

    /// The id of the rule.
    pub fn rule(&self) -> &str {
        self.rule.id.as_str()
    }

    /// Minutes of all heads, where time is counted.
    pub fn minutes(&self) -> Option<i64> {
        match self.much {
            Much::Minutes(minutes) => Some(minutes * i64::from(self.headcount)),
            Much::Count(_) => None,
        }
    }

    /// Charge for an hour, or for one of what is counted.
    pub fn unit_price(&self) -> Decimal {
        self.price
    }

    pub fn amount(&self) -> Amount {
        self.amount
    }

    /// Multiplies the line out: the one rounding of its amount.
    pub(super) fn multiplied(&self, currency: Currency) -> Result<Amount, Refusal> {
        let policies = &self.list.policies;
        match (self.much, policies.rounding) {
            (Much::Minutes(minutes), TimeRounding::DecimalHours { places }) => {
                let each = u32::try_from(minutes).map_err(|_| too_large())?;
                let hours = rounding::decimal_hours(each, places.get())
                    .checked_mul(self.headcount.into())
                    .ok_or_else(too_large)?;
                product(hours, self.price, policies.halves, currency)
            }
            (Much::Minutes(minutes), _) => {
                let minutes = minutes.checked_mul(self.headcount.into()).ok_or_else(too_large)?;
                match policies.halves {
                    Halves::Up => amount_of_minutes(minutes, self.price, currency),
                    Halves::Even => {
                        let sum = Decimal::from(minutes).checked_mul(self.price).ok_or_else(too_large)?;
                        even(sum / Decimal::from(60), currency)
                    }
                }
            }
            (Much::Count(count), _) => product(count, self.price, policies.halves, currency),
        }
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

/// The sum of the amounts of some components under one list.
pub(super) fn sum_of(lines: &[Line], list_at: usize, of: &[At]) -> Result<Decimal, Refusal> {
    let named = lines.iter().filter(|line| line.list.at == list_at && of.contains(&line.rule.component));
    sum(named)
}

/// The sum of amounts before VAT.
pub(super) fn sum<'l>(lines: impl IntoIterator<Item = &'l Line<'l>>) -> Result<Decimal, Refusal> {
    let mut sum = Decimal::ZERO;
    for line in lines {
        sum = sum.checked_add(line.amount.decimal()).ok_or_else(too_large)?;
    }
    Ok(sum)
}
