//! Discounts by volume: allowances on what the lines of a whole order come to, as lines below zero.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::order;
use super::prices::too_large;
use super::ready::At;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::estimate::{EstimateLine, LineUnit};
use crate::pricing::list::{Discount, Key, PriceList, Tier, TierMethod};
use crate::pricing::totals::Vat;
use crate::values::{Amount, Currency, Instant, Quantity};

/// Checks the discounts of a list. `ids` are those of its rules.
pub(super) fn check(
    list: &PriceList,
    components: &BTreeMap<Key, At>,
    mut ids: BTreeSet<Key>,
) -> Result<(), Refusal> {
    for (index, discount) in list.discounts.iter().enumerate() {
        let at = |field: &str| format!("discounts[{index}].{field}");
        if components.contains_key(&discount.id) || !ids.insert(discount.id.clone()) {
            return Err(Refusal::new(Code::RuleTwice).at(at("id")).with("rule", &discount.id));
        }
        one(discount, components, &at).map_err(|refusal| refusal.with("rule", &discount.id))?;
    }
    Ok(())
}

fn one(
    discount: &Discount,
    components: &BTreeMap<Key, At>,
    at: &impl Fn(&str) -> String,
) -> Result<(), Refusal> {
    for (field, empty) in [("of", discount.of.is_empty()), ("tiers", discount.tiers.is_empty())] {
        if empty {
            return Err(Refusal::new(Code::TooFew).at(at(field)).with("expected", 1));
        }
    }
    for (field, codes) in [("of", &discount.of), ("minutes_of", &discount.minutes_of)] {
        for (place, code) in codes.iter().enumerate() {
            order::component(components, code, &at(&format!("{field}[{place}]")))?;
        }
    }
    for (place, (tier, next)) in (1_usize..).zip(discount.tiers.iter().zip(discount.tiers.iter().skip(1))) {
        if next.above_minutes <= tier.above_minutes {
            let refusal = Refusal::new(Code::OutOfRange).at(at(&format!("tiers[{place}].above_minutes")));
            return Err(refusal.with("expected", format!("more than {}", tier.above_minutes)));
        }
    }
    Ok(())
}

/// What a discount looks at of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'l> {
    pub component: &'l Key,
    /// Minutes of all heads.
    pub minutes: Option<u32>,
    pub amount: Amount,
    pub vat: Vat,
}

/// What comes off under one VAT, as an amount below zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance<'b> {
    pub discount: &'b Discount,
    pub amount: Amount,
    pub vat: Vat,
}

impl Allowance<'_> {
    /// Its line, over the time of the lines that its list prices.
    pub(super) fn line(&self, list: &Key, from: Instant, to: Instant) -> EstimateLine {
        EstimateLine {
            position: None,
            label: None,
            role: None,
            code: self.discount.id.clone(),
            name: self.discount.name.clone(),
            rule: self.discount.id.clone(),
            list: list.clone(),
            unit: LineUnit::Once,
            headcount: 1,
            minutes: None,
            quantity: Some(Quantity::counted(Decimal::ONE)),
            unit_price: self.amount,
            amount: self.amount,
            vat: self.vat,
            from,
            to,
        }
    }
}

/// What the discounts of a list take off the lines that it prices in an order: one allowance for each discount and VAT.
///
/// Under graduated tiers the minutes of the order stand in no order: each line has its share in every tier. So it does
/// not matter in which order an order names its positions.
pub(super) fn allowances<'b>(
    discounts: &'b [Discount],
    lines: &[Counted],
    currency: Currency,
) -> Result<Vec<Allowance<'b>>, Refusal> {
    let mut made = Vec::new();
    for discount in discounts {
        let counting = if discount.minutes_of.is_empty() { &discount.of } else { &discount.minutes_of };
        let counted = lines.iter().filter(|line| counting.contains(line.component));
        let minutes: u64 = counted.filter_map(|line| line.minutes).map(u64::from).sum();
        let Some(weight) = weight(discount, minutes)? else { continue };
        let mut of_vat: BTreeMap<Vat, Decimal> = BTreeMap::new();
        for line in lines.iter().filter(|line| discount.of.contains(line.component)) {
            let sum = of_vat.entry(line.vat).or_default();
            *sum = sum.checked_add(line.amount.decimal()).ok_or_else(too_large)?;
        }
        for (vat, sum) in of_vat {
            let share = sum.checked_mul(weight).and_then(|sum| sum.checked_div(whole(discount, minutes)));
            let amount = Amount::rounded(-share.ok_or_else(too_large)?, currency);
            if amount != Amount::ZERO {
                made.push(Allowance { discount, amount, vat });
            }
        }
    }
    Ok(made)
}

/// What [`weight`] is a part of: a hundred per cent, of every minute where each has a percentage of its own.
fn whole(discount: &Discount, minutes: u64) -> Decimal {
    match discount.method {
        TierMethod::Slab => Decimal::ONE_HUNDRED,
        TierMethod::Graduated => Decimal::ONE_HUNDRED * Decimal::from(minutes),
    }
}

/// The percentage that comes off, or the sum of those of all minutes. `None` below the first tier.
fn weight(discount: &Discount, minutes: u64) -> Result<Option<Decimal>, Refusal> {
    let reached: Vec<&Tier> =
        discount.tiers.iter().take_while(|tier| minutes > tier.above_minutes.into()).collect();
    let Some(highest) = reached.last() else { return Ok(None) };
    if discount.method == TierMethod::Slab {
        return Ok(Some(highest.percent.decimal()));
    }
    let ends = reached.iter().skip(1).map(|tier| u64::from(tier.above_minutes)).chain([minutes]);
    let mut sum = Decimal::ZERO;
    for (tier, end) in reached.iter().zip(ends) {
        let within = Decimal::from(end.saturating_sub(tier.above_minutes.into()));
        let off = within.checked_mul(tier.percent.decimal()).ok_or_else(too_large)?;
        sum = sum.checked_add(off).ok_or_else(too_large)?;
    }
    Ok(Some(sum))
}
