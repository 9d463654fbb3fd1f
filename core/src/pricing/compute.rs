//! From price lists and a demand to an estimate: segments by version, lines, totals by EN 16931.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::model::{PriceList, PriceScope};
use super::views::{Estimate, EstimateLine, LineCode, UnpricedReason, VatLine};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::Role;
use crate::values::{
    Amount, ChargeRate, Currency, Instant, Percent, PriceListId, SkillId, Span, Zone, zone_data_version,
};

/// Staff that is wanted, as far as prices go.
#[derive(Clone, Debug)]
pub struct Demand {
    pub zone: Zone,
    pub positions: Vec<DemandPosition>,
}

/// So many of a skill in a role over a span, with an unpaid break.
#[derive(Clone, Debug)]
pub struct DemandPosition {
    pub skill: SkillId,
    pub skill_name: String,
    pub role: Role,
    pub headcount: u32,
    pub span: Span,
    pub break_minutes: u32,
}

/// A part of a position that one rate holds for.
struct Segment<'l> {
    list: &'l PriceList,
    rate: ChargeRate,
    span: Span,
    minutes: i64,
}

/// What the demand costs under these lists, which may hold any scopes and versions in any order.
///
/// For each minute the narrowest list that has a rate for the skill and role decides, in its version for that
/// minute. Without a rate for every minute the whole is unpriced, with the reasons; nothing is ever priced as zero.
pub fn estimate(currency: Currency, lists: &[PriceList], demand: &Demand) -> Result<Estimate, Refusal> {
    let days: Vec<_> = lists.iter().map(|list| list.valid_from).collect();
    let starts = demand.zone.starts_of(&days)?;
    let mut versions: Vec<(Instant, &PriceList)> = starts.into_iter().zip(lists).collect();
    versions.sort_by_key(|(start, list)| (scope_rank(list.scope), *start));

    let mut lines = Vec::new();
    let mut reasons = Vec::new();
    for (index, position) in demand.positions.iter().enumerate() {
        match segments(&versions, position) {
            Ok(segments) => price(index, position, segments, currency, &mut lines)?,
            Err(from) => reasons.push(UnpricedReason {
                position: count(index),
                skill: position.skill,
                skill_name: position.skill_name.clone(),
                role: position.role,
                from,
            }),
        }
    }
    if !reasons.is_empty() {
        return Ok(Estimate::Unpriced { currency, reasons });
    }
    total(currency, lists, lines)
}

/// Wider scopes first, so that the last match is the narrowest.
const fn scope_rank(scope: PriceScope) -> u8 {
    match scope {
        PriceScope::Basic => 0,
        PriceScope::Client { .. } => 1,
        PriceScope::Project { .. } => 2,
    }
}

/// The parts of a position by rate, or the first instant without one.
fn segments<'l>(
    versions: &[(Instant, &'l PriceList)],
    position: &DemandPosition,
) -> Result<Vec<Segment<'l>>, Instant> {
    let span = position.span;
    let inside = |instant: Instant| span.start < instant && instant < span.end;
    let mut edges: Vec<Instant> =
        versions.iter().map(|(start, _)| *start).filter(|start| inside(*start)).collect();
    edges.extend([span.start, span.end]);
    edges.sort_unstable();
    edges.dedup();

    let mut found: Vec<Segment> = Vec::new();
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let (list, rate) = rate_at(versions, position, *from).ok_or(*from)?;
        let stretch = Span { start: *from, end: *to };
        match found.last_mut() {
            Some(before) if before.list.id == list.id => {
                before.span.end = *to;
                before.minutes = before.span.minutes();
            }
            _ => found.push(Segment { list, rate, span: stretch, minutes: stretch.minutes() }),
        }
    }
    Ok(found)
}

fn rate_at<'l>(
    versions: &[(Instant, &'l PriceList)],
    position: &DemandPosition,
    at: Instant,
) -> Option<(&'l PriceList, ChargeRate)> {
    [2, 1, 0].into_iter().find_map(|rank| {
        // In a scope only the version in force counts, even if an older one had the skill.
        let (_, list) =
            versions.iter().rfind(|(start, list)| scope_rank(list.scope) == rank && *start <= at)?;
        list.rate(position.skill, position.role).map(|rate| (*list, rate))
    })
}

/// The break comes off the longest part, the rate that prevails; the minimum call counts what is left.
fn price(
    index: usize,
    position: &DemandPosition,
    mut parts: Vec<Segment>,
    currency: Currency,
    lines: &mut Vec<EstimateLine>,
) -> Result<(), Refusal> {
    let mut unpaid = i64::from(position.break_minutes);
    while unpaid > 0 {
        let most = parts.iter().map(|part| part.minutes).max().unwrap_or(0);
        let Some(longest) = parts.iter_mut().find(|part| part.minutes == most && most > 0) else { break };
        let taken = unpaid.min(longest.minutes);
        longest.minutes -= taken;
        unpaid -= taken;
    }
    let paid: i64 = parts.iter().map(|part| part.minutes).sum();
    for part in parts.iter().filter(|part| part.minutes > 0) {
        lines.push(line(index, position, LineCode::Work, part, part.minutes, currency)?);
    }
    if let Some(last) = parts.last() {
        let missing = i64::from(last.list.minimum_minutes) - paid;
        if missing > 0 {
            lines.push(line(index, position, LineCode::Minimum, last, missing, currency)?);
        }
    }
    Ok(())
}

fn line(
    index: usize,
    position: &DemandPosition,
    code: LineCode,
    part: &Segment,
    minutes_each: i64,
    currency: Currency,
) -> Result<EstimateLine, Refusal> {
    let minutes = minutes_each.checked_mul(i64::from(position.headcount)).ok_or_else(overflow)?;
    let amount = Decimal::from(minutes).checked_mul(part.rate.per_hour()).ok_or_else(overflow)?;
    // Minutes stay the quantity and the division comes last, so that 440 minutes are not 7.33 hours.
    let amount = Amount::rounded(amount / Decimal::from(60), currency);
    Ok(EstimateLine {
        position: count(index),
        code,
        skill: position.skill,
        skill_name: position.skill_name.clone(),
        role: position.role,
        headcount: position.headcount,
        minutes: u32::try_from(minutes).map_err(|_| overflow())?,
        per_hour: part.rate,
        amount,
        vat_percent: part.list.vat,
        price_list: part.list.id,
        from: part.span.start,
        to: part.span.end,
    })
}

/// Lines are rounded, their sum is exact, VAT is rounded once per rate.
fn total(currency: Currency, lists: &[PriceList], lines: Vec<EstimateLine>) -> Result<Estimate, Refusal> {
    let mut taxable: BTreeMap<Percent, Amount> = BTreeMap::new();
    for line in &lines {
        let sum = taxable.entry(line.vat_percent).or_default();
        *sum = sum.checked_add(line.amount).ok_or_else(overflow)?;
    }
    let mut net = Amount::rounded(Decimal::ZERO, currency);
    let mut tax = net;
    let mut vat = Vec::new();
    for (percent, base) in taxable {
        let amount = Amount::rounded(percent.of(base.decimal()).ok_or_else(overflow)?, currency);
        net = net.checked_add(base).ok_or_else(overflow)?;
        tax = tax.checked_add(amount).ok_or_else(overflow)?;
        vat.push(VatLine { percent, taxable: base, amount });
    }
    let used: Vec<PriceListId> = lists
        .iter()
        .map(|list| list.id)
        .filter(|id| lines.iter().any(|line| line.price_list == *id))
        .collect();
    let total = net.checked_add(tax).ok_or_else(overflow)?;
    let zone_data = zone_data_version().to_owned();
    Ok(Estimate::Priced { currency, lines, net, vat, vat_total: tax, total, price_lists: used, zone_data })
}

fn count(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn overflow() -> Refusal {
    Refusal::new(Code::AmountTooLarge)
}
