//! Lengths at which a longer shift costs less than a shorter one.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::cases::{BySkill, Case, Cases};
use super::conflicts::beaten;
use super::finding::{Detail, Finding, FindingCode};
use super::region::{LENGTHS, Reach, Region};
use crate::pricing::engine::Price;
use crate::pricing::list::{Per, Unit};
use crate::values::Currency;

/// The most findings of this kind.
const MAX_FOUND: usize = 200;

/// Looks at each length at which another base rule takes over.
pub(super) fn check(cases: &Cases, currency: Currency, found: &mut Vec<Finding>) {
    let mut base = BySkill::default();
    for (at, case) in cases.all.iter().enumerate().filter(|(_, case)| case.is_base()) {
        base.put(at, case.rule);
    }
    let mut seen: BTreeSet<(i64, usize, usize)> = BTreeSet::new();
    let mut known = 0;
    for (at, case) in cases.all.iter().enumerate().filter(|(_, case)| case.is_base()) {
        for cut in cuts(case) {
            for other in beside(&base, case) {
                if !cases.may_go_on() {
                    return;
                }
                for (before, after) in [(at, other), (other, at)] {
                    let meets = reaches(cases, before, cut) && reaches(cases, after, cut + 1);
                    if before == after || !meets || known >= MAX_FOUND || !seen.insert((cut, before, after)) {
                        continue;
                    }
                    let finding = cheaper(cases, &base, currency, cut, (before, after));
                    known += usize::from(finding.is_some());
                    found.extend(finding);
                }
            }
        }
    }
}

fn reaches(cases: &Cases, at: usize, length: i64) -> bool {
    let reach = cases.all.get(at).map(|case| case.within.length);
    reach.is_some_and(|reach| reach.from <= length && length <= reach.to)
}

/// The last lengths before another rule may take over.
fn cuts(case: &Case) -> BTreeSet<i64> {
    let regions = std::iter::once(&case.within).chain(&case.unless);
    let ends = regions.flat_map(|region| [region.length.from - 1, region.length.to]);
    ends.filter(|cut| LENGTHS.from <= *cut && *cut < LENGTHS.to).collect()
}

/// The base rules that can apply to a skill of this one.
fn beside(base: &BySkill, case: &Case) -> BTreeSet<usize> {
    match &case.rule.ask.whole.skills {
        None => base.any.iter().chain(base.named.values().flatten()).copied().collect(),
        Some(skills) => skills.iter().flat_map(|skill| base.of(Some(skill))).collect(),
    }
}

/// What a shift of one head costs under a rule; `None` where a length alone does not tell.
fn cost(case: &Case, minutes: i64) -> Option<Decimal> {
    match (&case.rule.price, &case.rule.unit) {
        (Price::PerHour(rate), _) => rate.checked_mul(minutes.into())?.checked_div(Decimal::from(60)),
        (Price::Each(_), Unit::Flat { per: Per::Day }) | (Price::Share(..), _) => None,
        (Price::Each(amount), _) => Some(*amount),
    }
}

fn cheaper(
    cases: &Cases,
    base: &BySkill,
    currency: Currency,
    cut: i64,
    (before, after): (usize, usize),
) -> Option<Finding> {
    let (one, other) = (cases.all.get(before)?, cases.all.get(after)?);
    let price = cost(one, cut)?;
    if cost(other, cut + 1)? >= price || !takes_over(cases, base, cut, (before, one), (after, other)) {
        return None;
    }
    let finding = |code| {
        Finding::new(code)
            .rule(&one.rule.id, &one.rule.path)
            .other(&other.rule.id)
            .with("from", Detail::Minutes(cut))
            .with("price", Detail::Money(price, currency))
    };
    let last = other.within.length.to;
    let end = match &other.rule.price {
        Price::PerHour(rate) if !rate.is_zero() => {
            let minutes = price.checked_mul(Decimal::from(60))?.checked_div(*rate)?.ceil();
            i64::try_from(minutes).ok()?.min(last)
        }
        _ => last,
    };
    Some(if end >= LENGTHS.to {
        finding(FindingCode::CheaperOnwards)
    } else {
        finding(FindingCode::Cheaper).with("to", Detail::Minutes(end))
    })
}

/// Whether in some case one rule decides up to a length and the other one just beyond it.
fn takes_over(
    cases: &Cases,
    base: &BySkill,
    cut: i64,
    (before, one): (usize, &Case),
    (after, other): (usize, &Case),
) -> bool {
    let at = |length: i64| Reach { from: length, to: length };
    let Some(shared) = (Region { length: LENGTHS, ..one.within.clone() })
        .and(&Region { length: LENGTHS, ..other.within.clone() })
    else {
        return false;
    };
    let decides = |regions: Vec<Region>, number: usize, case: &Case| -> Option<Vec<Region>> {
        let mut left = Vec::new();
        for region in &regions {
            left.extend(cases.inside(case, region)?);
        }
        for better in beside(base, case).into_iter().take_while(|better| *better < number) {
            if left.is_empty() {
                break;
            }
            left = beaten(cases, left, cases.all.get(better)?, case)?;
        }
        Some(left)
    };
    let first = decides(vec![Region { length: at(cut), ..shared }], before, one);
    let beyond = first.map(|regions| {
        regions.into_iter().map(|region| Region { length: at(cut + 1), ..region }).collect::<Vec<_>>()
    });
    let last = beyond.and_then(|regions| decides(regions, after, other));
    last.is_some_and(|regions| !regions.is_empty())
}
