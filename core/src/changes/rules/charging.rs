//! What of a change is charged, and the difference of two prices.

use crate::changes::model::{Change, ChangeFee, PriceDifference};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::fees::{CancelledPart, Deadline, FeeEvent};
use crate::shifts::model::Shift;
use crate::shifts::rules::{NoPrice, ShiftPrice, paid_minutes};
use crate::values::{Amount, Currency, Whole};

/// One part of a change that the fee policy knows: something is given back, or the work is altered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Charged {
    pub on: FeeEvent,
    /// What of each position, in their order.
    pub parts: Vec<CancelledPart>,
}

/// What of this change the policy is asked about.
///
/// Fewer heads are cancelled slots, and fewer paid minutes are cancelled hours (C11). A shift that leaves its old
/// times, or gets longer, is altered, as is one for another skill. More heads are a new order and no change.
pub fn charged(before: &Shift, after: &Shift, change: &Change) -> Result<Vec<Charged>, Refusal> {
    let positions = || before.positions.iter();
    let all = |part: CancelledPart| positions().map(|_| part).collect::<Vec<_>>();
    let altered = || Charged { on: FeeEvent::Change, parts: all(CancelledPart::Whole {}) };
    Ok(match change {
        Change::Cancel {} => {
            vec![Charged { on: FeeEvent::Cancellation, parts: all(CancelledPart::Whole {}) }]
        }
        Change::Headcount { position, headcount } => {
            let mut parts = Vec::new();
            for one in positions() {
                let to = if one.id == *position { (*headcount).min(one.headcount) } else { one.headcount };
                parts.push(CancelledPart::Headcount { to: Whole::new(to)? });
            }
            let is_less = positions().any(|one| one.id == *position && *headcount < one.headcount);
            let on = FeeEvent::Cancellation;
            if is_less { vec![Charged { on, parts }] } else { Vec::new() }
        }
        Change::Times { .. } => {
            let is_within = before.starts_at <= after.starts_at && after.ends_at <= before.ends_at;
            let mut found = Vec::new();
            if !is_within {
                found.push(altered());
            }
            if let Ok(less @ 1..) = u32::try_from(paid_minutes(before) - paid_minutes(after)) {
                let part = CancelledPart::Shorten { by_minutes: Whole::new(less)? };
                found.push(Charged { on: FeeEvent::Cancellation, parts: all(part) });
            }
            found
        }
        Change::Skill { .. } => vec![altered()],
        Change::Note { .. } => Vec::new(),
    })
}

/// The difference of two prices, if there are two.
pub fn difference(
    currency: Currency,
    before: Result<ShiftPrice, NoPrice>,
    after: Result<ShiftPrice, NoPrice>,
) -> Result<PriceDifference, Refusal> {
    let (before, after) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(why), _) | (_, Err(why)) => return Ok(PriceDifference::Unpriced { why }),
    };
    Ok(PriceDifference::Priced {
        currency,
        net_before: before.net,
        net_after: after.net,
        net_difference: minus(after.net, before.net, currency)?,
        total_before: before.total,
        total_after: after.total,
        total_difference: minus(after.total, before.total, currency)?,
    })
}

fn minus(one: Amount, other: Amount, currency: Currency) -> Result<Amount, Refusal> {
    let difference = one.decimal().checked_sub(other.decimal());
    let difference = difference.ok_or_else(|| Refusal::new(Code::AmountTooLarge))?;
    Ok(Amount::rounded(difference, currency))
}

/// The moments ahead at which the whole fee changes: those of all its parts in one row.
pub fn deadlines(fee: &ChangeFee) -> Result<Vec<Deadline>, Refusal> {
    let ChangeFee::Known { parts, .. } = fee else { return Ok(Vec::new()) };
    let mut of_parts: Vec<(usize, Deadline)> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        of_parts.extend(part.deadlines.iter().map(|deadline| (index, *deadline)));
    }
    // Of two at one moment, the one that includes it comes later.
    of_parts.sort_by_key(|(_, deadline)| (deadline.at, deadline.included));
    let mut now: Vec<Amount> = parts.iter().map(|part| part.fee).collect();
    let mut all: Vec<Deadline> = Vec::new();
    for (index, deadline) in of_parts {
        if let Some(amount) = now.get_mut(index) {
            *amount = deadline.fee_after;
        }
        let sum = now.iter().try_fold(Amount::ZERO, |sum, amount| sum.checked_add(*amount));
        let fee_after = sum.ok_or_else(|| Refusal::new(Code::AmountTooLarge))?;
        let is_same = |last: &&mut Deadline| (last.at, last.included) == (deadline.at, deadline.included);
        match all.last_mut().filter(is_same) {
            Some(last) => last.fee_after = fee_after,
            None => all.push(Deadline { fee_after, ..deadline }),
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
