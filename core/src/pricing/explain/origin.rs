//! How the price of a percentage came about: which prices or amounts of the same estimate it is a part of.

use rust_decimal::Decimal;

use super::conditions::Found;
use super::words::{and, money, percent};
use crate::pricing::estimate::{EstimateLine, LineUnit, PricedEstimate};
use crate::pricing::list::{Key, Rate, Stacking};
use crate::values::{Currency, Locale, Surcharge, round_half_up};

/// The most combinations of prices that are tried.
const MAX_TRIES: usize = 4096;

/// `25 % of EUR 24.00 (Work)`; without the sum where it cannot be read off the estimate. `None` for other rates.
pub(super) fn origin(
    priced: &PricedEstimate,
    line: &EstimateLine,
    found: &Found,
    locale: Locale,
) -> Option<String> {
    let Some(Rate::Percent { percent: share, of }) = &found.rule.rate else { return None };
    let rate = percent(share.of(Decimal::ONE_HUNDRED)?, locale);
    let sum = match line.unit {
        LineUnit::Hour => price(priced, line, found, *share, of),
        _ => amount(priced, line, *share, of),
    };
    let (sum, codes) = match sum {
        Some((sum, codes)) => (Some(money(sum, priced.currency, locale)), codes),
        None => (None, of.to_vec()),
    };
    let named: Vec<&str> = codes
        .iter()
        .filter_map(|code| found.list.components.iter().find(|component| component.code == *code))
        .map(|component| component.name.as_str())
        .collect();
    let named = and(&named, locale);
    Some(match (sum, locale) {
        (Some(sum), Locale::En) => format!("{rate} of {sum} ({named})"),
        (Some(sum), Locale::Fr) => format!("{rate} de {sum} ({named})"),
        (None, Locale::En) => format!("{rate} of {named}"),
        (None, Locale::Fr) => format!("{rate} de {named}"),
    })
}

/// Under compound stacking a percentage is also of the premiums before it in its group.
fn components(line: &EstimateLine, found: &Found, of: &[Key]) -> Vec<Key> {
    let mut codes = of.to_vec();
    for group in &found.list.policies.stacking {
        if group.stacking == Stacking::Compound && group.components.contains(&line.code) {
            let before = group.components.iter().take_while(|code| **code != line.code);
            codes.extend(before.cloned());
        }
    }
    codes
}

/// The prices per hour of the same position and time of which the line's price is the share: one for each component,
/// or none.
fn price(
    priced: &PricedEstimate,
    line: &EstimateLine,
    found: &Found,
    share: Surcharge,
    of: &[Key],
) -> Option<(Decimal, Vec<Key>)> {
    let beside = |code: &Key| {
        let mut rates: Vec<Option<Decimal>> = priced
            .lines
            .iter()
            .filter(|other| other.position == line.position && other.list == line.list && other.code == *code)
            .filter(|other| other.unit == LineUnit::Hour && other.from <= line.to && line.from <= other.to)
            .map(|other| Some(other.unit_price.decimal()))
            .collect();
        rates.push(None);
        rates.dedup();
        rates
    };
    let mut tries: Vec<(Decimal, Vec<Key>)> = vec![(Decimal::ZERO, Vec::new())];
    for code in components(line, found, of) {
        let rates = beside(&code);
        if tries.len().saturating_mul(rates.len()) > MAX_TRIES {
            return None;
        }
        let longer = tries.iter().flat_map(|(sum, codes)| {
            rates.iter().filter_map(|price| match price {
                None => Some((*sum, codes.clone())),
                Some(price) => {
                    let codes = codes.iter().cloned().chain([code.clone()]).collect();
                    Some((sum.checked_add(*price)?, codes))
                }
            })
        });
        tries = longer.collect();
    }
    let price = line.unit_price.decimal();
    let fits =
        |sum: Decimal| share.of(sum).is_some_and(|exact| exact == price || round_half_up(exact, 4) == price);
    tries.into_iter().find(|(sum, codes)| !codes.is_empty() && fits(*sum))
}

/// The sum of amounts of which a flat percentage is the share: of the position, or of all of them.
fn amount(
    priced: &PricedEstimate,
    line: &EstimateLine,
    share: Surcharge,
    of: &[Key],
) -> Option<(Decimal, Vec<Key>)> {
    let named = priced.lines.iter().filter(|other| {
        (line.position.is_none() || other.position == line.position)
            && other.list == line.list
            && of.contains(&other.code)
    });
    let mut sum = Decimal::ZERO;
    let mut seen = Vec::new();
    for other in named {
        sum = sum.checked_add(other.amount.decimal())?;
        seen.push(&other.code);
    }
    let codes: Vec<Key> = of.iter().filter(|code| seen.contains(code)).cloned().collect();
    let fits = rounds_to(share.of(sum)?, line.unit_price.decimal(), priced.currency);
    (fits && !codes.is_empty()).then_some((sum, codes))
}

fn rounds_to(exact: Decimal, amount: Decimal, currency: Currency) -> bool {
    round_half_up(exact, currency.exponent()) == amount
}
