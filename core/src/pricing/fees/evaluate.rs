//! From the tiers that are reached to lines of money.

use rust_decimal::Decimal;

use super::facts::{Cancellation, CancelledPart, FeeBasis, FeeLine, FeeWhy, SlotGroup};
use super::limits::{Limit, Limits};
use super::partial::released;
use super::policy::{CancellationPolicy, Fee, FeeCap, FixedPer, HoursLimit, PerSlot};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::totals::{amount_of_minutes, amount_of_quantity, share};
use crate::values::{Amount, Currency, Percent};

/// What of a group is charged.
pub(super) struct Share<'f> {
    index: u32,
    group: &'f SlotGroup,
    slots: u32,
    /// Cancelled minutes of one slot.
    minutes: u32,
    estimate: Amount,
    minimum_call: Amount,
}

/// The charged part of each group.
pub(super) fn shares<'f>(
    policy: &CancellationPolicy,
    facts: &'f Cancellation,
) -> Result<Vec<Share<'f>>, Refusal> {
    let mut shares = Vec::with_capacity(facts.groups.len());
    for (index, group) in (0_u32..).zip(&facts.groups) {
        let gone = released(group);
        let slots = match policy.per {
            PerSlot::Requested => gone.unfilled.saturating_add(gone.booked),
            PerSlot::Booked => gone.booked,
        };
        if slots == 0 {
            continue;
        }
        let minutes = match group.part {
            CancelledPart::Shorten { by_minutes } => by_minutes.get(),
            CancelledPart::Whole {} | CancelledPart::Headcount { .. } => group.minutes.get(),
        };
        let all = u64::from(group.requested.get()) * u64::from(group.minutes.get());
        let here = u64::from(slots) * u64::from(minutes);
        let estimate = share(group.estimate, here, all, facts.currency)?;
        let minimum_call = share(group.minimum_call, here, group.minutes.get().into(), facts.currency)?;
        shares.push(Share { index, group, slots, minutes, estimate, minimum_call });
    }
    Ok(shares)
}

/// The tier for a group once all limits up to `passed` have passed.
///
/// Of the tiers for the group that are still reached it is the one with the longest notice: the cheapest that the
/// client can have. After the start it is a tier for that, or what held just before.
fn tier_of(
    policy: &CancellationPolicy,
    facts: &Cancellation,
    limits: &Limits,
    passed: Limit,
    group: &SlotGroup,
) -> Option<usize> {
    let length = facts.end.minutes_since(facts.start);
    let fits = |index: &usize| {
        policy.tiers.get(*index).is_some_and(|tier| {
            let when = &tier.when;
            tier.on == facts.on
                && (when.skills.is_empty() || when.skills.contains(&group.skill))
                && when.longer_than_minutes.is_none_or(|least| length > i64::from(least.get()))
                && when.at_most_minutes.is_none_or(|most| length <= i64::from(most.get()))
        })
    };
    let notice = |index: usize| policy.tiers.get(index).and_then(|tier| tier.notice.minutes());
    let started = limits.start <= passed;
    if started {
        let during = (0..policy.tiers.len()).filter(fits).find(|index| notice(*index).is_none());
        if during.is_some() {
            return during;
        }
    }
    let reached = |index: &usize| {
        let limit = limits.tiers.get(*index).copied().unwrap_or(Limit::NEVER);
        notice(*index).is_some() && if started { limit >= limits.start } else { limit > passed }
    };
    // `max_by_key` gives the last of equals; the first one counts.
    (0..policy.tiers.len()).rev().filter(fits).filter(reached).max_by_key(|index| notice(*index))
}

/// All lines once these limits have passed, with the cap, and their sum.
pub(super) fn charge(
    policy: &CancellationPolicy,
    facts: &Cancellation,
    limits: &Limits,
    shares: &[Share],
    passed: Limit,
) -> Result<(Amount, Vec<FeeLine>), Refusal> {
    let currency = facts.currency;
    let mut of_tiers: Vec<(usize, Vec<&Share>)> = Vec::new();
    for share in shares {
        let Some(tier) = tier_of(policy, facts, limits, passed, share.group) else { continue };
        match of_tiers.iter_mut().find(|(known, _)| *known == tier) {
            Some((_, members)) => members.push(share),
            None => of_tiers.push((tier, vec![share])),
        }
    }
    of_tiers.sort_by_key(|(tier, _)| *tier);
    let mut lines = Vec::new();
    for (index, members) in of_tiers {
        let Some(tier) = policy.tiers.get(index) else { continue };
        let tier_index = u32::try_from(index).map_err(|_| too_large())?;
        for line in fee_lines(&tier.fee, &members, currency)? {
            lines.push(FeeLine { tier: Some(tier_index), ..line });
        }
    }
    let fee = sum(&lines, currency)?;
    let most = match policy.cap {
        None => fee,
        Some(FeeCap::Amount { amount }) => Amount::rounded(amount.decimal(), currency),
        Some(FeeCap::Percent { percent }) => {
            let estimate = add(shares.iter().map(|share| share.estimate), currency)?;
            part(percent, estimate, currency)?
        }
    };
    if fee <= most {
        return Ok((fee, lines));
    }
    let over = most.decimal().checked_sub(fee.decimal()).ok_or_else(too_large)?;
    let slots = lines.iter().map(|line| line.slots).max().unwrap_or(0);
    let amount = Amount::rounded(over, currency);
    let basis = FeeBasis::Cap { at: most };
    lines.push(FeeLine { tier: None, group: None, why: FeeWhy::Cap, slots, basis, amount });
    Ok((most, lines))
}

fn fee_lines(fee: &Fee, shares: &[&Share], currency: Currency) -> Result<Vec<FeeLine>, Refusal> {
    let (parts, why) = match fee {
        Fee::MaxOf { of } => (of, FeeWhy::Highest),
        Fee::MinOf { of } => (of, FeeWhy::Lowest),
        simple => return simple_lines(simple, shares, currency),
    };
    let mut chosen: Option<(Amount, Vec<FeeLine>)> = None;
    for part in parts {
        let lines = fee_lines(part, shares, currency)?;
        let amount = sum(&lines, currency)?;
        let better = match &chosen {
            None => true,
            Some((known, _)) if why == FeeWhy::Highest => amount > *known,
            Some((known, _)) => amount < *known,
        };
        if better {
            chosen = Some((amount, lines));
        }
    }
    let lines = chosen.map(|(_, lines)| lines).unwrap_or_default();
    Ok(lines.into_iter().map(|line| FeeLine { why, ..line }).collect())
}

fn simple_lines(fee: &Fee, shares: &[&Share], currency: Currency) -> Result<Vec<FeeLine>, Refusal> {
    if let Fee::Fixed { amount, per: FixedPer::Once } = fee {
        let Some(slots) = shares.iter().map(|share| share.slots).reduce(u32::saturating_add) else {
            return Ok(Vec::new());
        };
        let basis = FeeBasis::Fixed { count: 1, each: *amount };
        return line(None, slots, basis, currency).map(|line| line.into_iter().collect());
    }
    let mut lines = Vec::new();
    for share in shares {
        let basis = match fee {
            Fee::Full {} => FeeBasis::Full { of: share.estimate },
            Fee::Percent { percent } => FeeBasis::Percent { percent: *percent, of: share.estimate },
            Fee::MinimumCall { percent } => {
                FeeBasis::MinimumCall { percent: *percent, of: share.minimum_call }
            }
            Fee::Hours { minutes, limit } => {
                let shortened = matches!(share.group.part, CancelledPart::Shorten { .. });
                // Nobody pays for more hours than were taken away from a shift that stays.
                let most =
                    if *limit == HoursLimit::Scheduled || shortened { share.minutes } else { u32::MAX };
                let minutes = minutes.get().min(most).checked_mul(share.slots).ok_or_else(too_large)?;
                FeeBasis::Hours { minutes, per_hour: share.group.per_hour }
            }
            Fee::Fixed { amount, .. } => FeeBasis::Fixed { count: share.slots, each: *amount },
            Fee::None {} | Fee::MaxOf { .. } | Fee::MinOf { .. } => continue,
        };
        lines.extend(line(Some(share.index), share.slots, basis, currency)?);
    }
    Ok(lines)
}

/// A line of its amount, rounded once; nothing for nothing.
fn line(
    group: Option<u32>,
    slots: u32,
    basis: FeeBasis,
    currency: Currency,
) -> Result<Option<FeeLine>, Refusal> {
    let amount = match basis {
        FeeBasis::Full { of } | FeeBasis::Cap { at: of } => of,
        FeeBasis::Percent { percent, of } | FeeBasis::MinimumCall { percent, of } => {
            part(percent, of, currency)?
        }
        FeeBasis::Hours { minutes, per_hour } => {
            amount_of_minutes(minutes.into(), per_hour.per_hour(), currency)?
        }
        FeeBasis::Fixed { count, each } => amount_of_quantity(count.into(), each.decimal(), currency)?,
    };
    let line = FeeLine { tier: None, group, why: FeeWhy::Tier, slots, basis, amount };
    Ok(Some(line).filter(|line| line.amount != Amount::ZERO))
}

fn part(percent: Percent, of: Amount, currency: Currency) -> Result<Amount, Refusal> {
    Ok(Amount::rounded(percent.of(of.decimal()).ok_or_else(too_large)?, currency))
}

fn sum(lines: &[FeeLine], currency: Currency) -> Result<Amount, Refusal> {
    add(lines.iter().map(|line| line.amount), currency)
}

fn add(mut amounts: impl Iterator<Item = Amount>, currency: Currency) -> Result<Amount, Refusal> {
    let zero = Amount::rounded(Decimal::ZERO, currency);
    amounts.try_fold(zero, Amount::checked_add).ok_or_else(too_large)
}

fn too_large() -> Refusal {
    Refusal::new(Code::AmountTooLarge)
}
