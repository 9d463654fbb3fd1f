//! Prices per hour of the components in a stretch: percentages of what they name, premiums stacked by group.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Few;
use super::compile::{At, Compiled, Price, Ready};
use super::stretch::Chosen;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::{Halves, RoundingOrder, Stacking};
use crate::pricing::totals::rounded_product;

/// Digits after the point of a price per hour.
const PRICE_DIGITS: u32 = 4;

/// A component's price in a stretch, by the rule that sets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Priced {
    pub rule: u32,
    pub component: At,
    pub per_hour: Decimal,
}

/// Prices of the rules that hold in a stretch, one for each component; flat amounts are none. What its group does not
/// let through is left out.
pub(super) fn per_hour(list: &Compiled, rules: &[Chosen], found: &mut Few<Priced>) -> Result<(), Refusal> {
    found.clear();
    for step in &list.order {
        let first = found.len();
        let mut before = Decimal::ZERO;
        for member in &step.members {
            let chosen = rules.iter().find(|chosen| chosen.component == *member).map(|chosen| chosen.rule);
            let Some((at, rule)) = chosen.and_then(|at| Some((at, list.rule(at)?))) else { continue };
            let compound = if step.stacking == Some(Stacking::Compound) { before } else { Decimal::ZERO };
            if let Some(price) = price(list, rule, found, compound)? {
                before = before.checked_add(price).ok_or_else(too_large)?;
                found.push(Priced { rule: at, component: *member, per_hour: price });
                if step.stacking == Some(Stacking::First) {
                    break;
                }
            }
        }
        if step.stacking == Some(Stacking::Highest) && found.len() > first + 1 {
            keep_highest(found, first);
        }
    }
    Ok(())
}

/// Of equally high ones the first in the group stays.
fn keep_highest(found: &mut Few<Priced>, first: usize) {
    let members = found.get(first..).unwrap_or_default();
    let highest = members
        .iter()
        .max_by(|one, other| one.per_hour.cmp(&other.per_hour).then(other.component.cmp(&one.component)));
    if let Some(highest) = highest.copied() {
        found.truncate(first);
        found.push(highest);
    }
}

/// `None` where the rule prices no time, or a percentage is of components that have no price per hour here.
fn price(
    list: &Compiled,
    rule: &Ready,
    found: &[Priced],
    compound: Decimal,
) -> Result<Option<Decimal>, Refusal> {
    match &rule.price {
        Price::PerHour(amount) => Ok(Some(*amount)),
        Price::Each(_) => Ok(None),
        Price::Share(..) if matches!(rule.unit, crate::pricing::list::Unit::Flat { .. }) => Ok(None),
        Price::Share(share, of) => {
            let mut named = found.iter().filter(|priced| of.contains(&priced.component)).peekable();
            if named.peek().is_none() {
                return Ok(None);
            }
            let sum = named.try_fold(compound, |sum, priced| sum.checked_add(priced.per_hour));
            let sum = sum.ok_or_else(too_large)?;
            let price = match (list.policies.rounding_order, list.policies.halves) {
                (RoundingOrder::PriceThenLine, Halves::Up) => rounded_product(sum, *share, PRICE_DIGITS),
                (RoundingOrder::PriceThenLine, Halves::Even) => sum.checked_mul(*share).map(even),
                (RoundingOrder::LineOnly, _) => sum.checked_mul(*share),
            };
            Ok(Some(price.ok_or_else(too_large)?))
        }
    }
}

fn even(price: Decimal) -> Decimal {
    price.round_dp_with_strategy(PRICE_DIGITS, RoundingStrategy::MidpointNearestEven)
}

pub(super) fn too_large() -> Refusal {
    Refusal::new(Code::AmountTooLarge)
}
