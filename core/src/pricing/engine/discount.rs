//! Discounts by volume: allowances on what the lines of a whole order come to, as lines below zero.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::compile::At;
use super::order;
use super::prices::too_large;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::estimate::{EstimateLine, LineUnit};
use crate::pricing::list::{Discount, Key, PriceList, Tier, TierMethod};
use crate::pricing::totals::Vat;
use crate::values::{Amount, Currency, Quantity};

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

/// The lines of a list's discounts on the other lines of an order: one for each discount and VAT.
///
/// Under tiers by steps the minutes of the order stand in no order: each line has its share in every step. So it does
/// not matter in which order an order names its positions.
pub(super) fn lines(
    list: &Key,
    discounts: &[Discount],
    found: &[EstimateLine],
    currency: Currency,
) -> Result<Vec<EstimateLine>, Refusal> {
    let mut made = Vec::new();
    for discount in discounts {
        let counting = if discount.minutes_of.is_empty() { &discount.of } else { &discount.minutes_of };
        let of_list = || found.iter().filter(|line| line.list == *list);
        let counted = of_list().filter(|line| counting.contains(&line.code)).filter_map(|line| line.minutes);
        let minutes: u64 = counted.map(u64::from).sum();
        let Some(weight) = weight(discount, minutes)? else { continue };
        let mut of_vat: BTreeMap<Vat, (Decimal, &EstimateLine)> = BTreeMap::new();
        for line in of_list().filter(|line| discount.of.contains(&line.code)) {
            let (sum, _) = of_vat.entry(line.vat).or_insert((Decimal::ZERO, line));
            *sum = sum.checked_add(line.amount.decimal()).ok_or_else(too_large)?;
        }
        let (from, to) = (of_list().map(|line| line.from).min(), of_list().map(|line| line.to).max());
        for (vat, (sum, line)) in of_vat {
            let share = sum.checked_mul(weight).and_then(|sum| sum.checked_div(whole(discount, minutes)));
            let amount = Amount::rounded(-share.ok_or_else(too_large)?, currency);
            if amount == Amount::ZERO {
                continue;
            }
            made.push(EstimateLine {
                position: None,
                label: None,
                role: None,
                code: discount.id.clone(),
                name: discount.name.clone(),
                rule: discount.id.clone(),
                list: list.clone(),
                unit: LineUnit::Once,
                headcount: 1,
                minutes: None,
                quantity: Some(Quantity::counted(Decimal::ONE)),
                unit_price: amount,
                amount,
                vat,
                from: from.unwrap_or(line.from),
                to: to.unwrap_or(line.to),
            });
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
