//! Prices per hour of the components in a stretch: percentages of what they name, premiums stacked by group.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Few;
use super::compile::Compiled;
use super::ready::{Price, Ready};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::exact;
use crate::pricing::list::{Halves, RoundingOrder, Stacking};

/// Digits after the point of a price per hour.
const PRICE_DIGITS: u32 = 4;

/// A component's price in a stretch, by the rule that sets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Priced<'b> {
    pub rule: &'b Ready,
    pub per_hour: Decimal,
}

/// A price that no decimal holds. It is no fault of a list as long as nobody asks for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooLarge;

/// Prices of the rules that hold in a stretch, one for each component and in the order of their turns; flat amounts
/// are none. What its group does not let through is left out.
pub(super) fn per_hour<'b>(
    list: &Compiled,
    rules: &[&'b Ready],
    found: &mut Few<Priced<'b>>,
) -> Result<(), TooLarge> {
    found.clear();
    for group in rules.chunk_by(|one, other| one.turn.step == other.turn.step) {
        let step = group.first().and_then(|rule| list.order.get(usize::from(rule.turn.step)));
        let stacking = step.and_then(|step| step.stacking);
        let first = found.len();
        let mut before = Decimal::ZERO;
        for rule in group {
            let compound = if stacking == Some(Stacking::Compound) { before } else { Decimal::ZERO };
            let Some(per_hour) = price(list, rule, found, compound)? else { continue };
            found.push(Priced { rule, per_hour });
            match stacking {
                Some(Stacking::First) => break,
                Some(Stacking::Compound) => before = before.checked_add(per_hour).ok_or(TooLarge)?,
                Some(Stacking::Highest | Stacking::SumOfBase) | None => {}
            }
        }
        if stacking == Some(Stacking::Highest) && found.len() > first + 1 {
            keep_highest(found, first);
        }
    }
    Ok(())
}

/// Of equally high ones the first in the group stays.
fn keep_highest(found: &mut Few<Priced>, first: usize) {
    let members = found.get(first..).unwrap_or_default();
    let highest = members.iter().max_by(|one, other| {
        one.per_hour.cmp(&other.per_hour).then(other.rule.component.cmp(&one.rule.component))
    });
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
) -> Result<Option<Decimal>, TooLarge> {
    match &rule.price {
        Price::PerHour(amount) => Ok(Some(*amount)),
        Price::Each(_) => Ok(None),
        Price::Share(..) if rule.is_flat() => Ok(None),
        Price::Share(share, of) => {
            let mut named = found.iter().filter(|priced| of.contains(&priced.rule.component)).peekable();
            if named.peek().is_none() {
                return Ok(None);
            }
            let sum = named.try_fold(compound, |sum, priced| sum.checked_add(priced.per_hour));
            let sum = sum.ok_or(TooLarge)?;
            let price = match (list.policies.rounding_order, list.policies.halves) {
                (RoundingOrder::PriceThenLine, Halves::Up) => exact::product(sum, *share, PRICE_DIGITS),
                (RoundingOrder::PriceThenLine, Halves::Even) => sum.checked_mul(*share).map(even),
                (RoundingOrder::LineOnly, _) => sum.checked_mul(*share),
            };
            Ok(Some(price.ok_or(TooLarge)?))
        }
    }
}

fn even(price: Decimal) -> Decimal {
    price.round_dp_with_strategy(PRICE_DIGITS, RoundingStrategy::MidpointNearestEven)
}

#[cold]
pub(super) fn too_large() -> Refusal {
    Refusal::new(Code::AmountTooLarge)
}
