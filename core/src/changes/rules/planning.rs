//! What a change makes of a shift, or why it cannot be: the same for a preview, a request and its approval.

use crate::agency::model::Skill;
use crate::changes::model::{Change, ChangeFee, Effects};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::mandates::rules::plausible;
use crate::shifts::model::Shift;
use crate::shifts::rules::{self, in_time};
use crate::values::{Amount, Instant};

/// The shift as it would be, and whom that affects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Planned {
    pub shift: Shift,
    pub effects: Effects,
}

/// The shift in the state that was wanted. `skill` is the one that is wanted, if one is; `ordered_at` is when added
/// slots count as asked for. Paths are those of an input field `change`.
pub fn plan(
    shift: &Shift,
    change: &Change,
    skill: Option<&Skill>,
    ordered_at: Instant,
    now: Instant,
) -> Result<Planned, Refusal> {
    in_time(shift, change.kind(), now)?;
    let mut after = shift.clone();
    let mut effects = Effects::default();
    let confirmed = || {
        let bookings = shift.bookings().filter(|booking| booking.state.is_of_team());
        count(bookings.count())
    };
    match change {
        Change::Times { start, end, break_minutes } => {
            after.break_minutes = break_minutes.unwrap_or(shift.break_minutes);
            let under = |refusal: Refusal| refusal.under("change");
            let span = rules::span(&shift.zone, *start, *end, after.break_minutes).map_err(under)?;
            rules::may_move(shift, span, now).map_err(under)?;
            if span.start != shift.starts_at {
                plausible(span, now).map_err(under)?;
            }
            if span.end <= now {
                return Err(Refusal::new(Code::InThePast).at("change.end"));
            }
            (after.local_start, after.local_end) = (*start, *end);
            (after.starts_at, after.ends_at) = (span.start, span.end);
            if span == shift.span() {
                // The same instants in other words are no change.
                (after.local_start, after.local_end) = (shift.local_start, shift.local_end);
            } else {
                effects.asked_again = confirmed();
            }
        }
        Change::Headcount { position, headcount } => {
            rules::headcount(*headcount).map_err(|refusal| refusal.at("change.headcount"))?;
            let found = rules::position_mut(&mut after, *position)
                .map_err(|refusal| refusal.at("change.position"))?;
            let before = found.headcount;
            let surplus = count(rules::set_headcount(found, *headcount, Some(ordered_at)).len());
            rules::slots(after.positions.iter().map(|position| position.headcount))
                .map_err(|refusal| refusal.at("change.headcount"))?;
            effects.bookings_cancelled = surplus;
            effects.unfilled_released = before.saturating_sub(*headcount).saturating_sub(surplus);
        }
        Change::Skill { .. } => {
            let skill = skill.ok_or_else(|| Refusal::new(Code::SkillNotOrderable).at("change.skill"))?;
            for position in &mut after.positions {
                (position.skill, position.skill_name) = (skill.id, skill.name.clone());
            }
            effects.asked_again = confirmed();
        }
        Change::Note { note } => after.note.clone_from(note),
        Change::Cancel {} => {
            after.cancelled_at = Some(now);
            let held = count(shift.bookings().filter(|booking| booking.state.is_active()).count());
            effects.bookings_cancelled = held;
            effects.unfilled_released = slots(shift).saturating_sub(held);
        }
    }
    if after == *shift {
        return Err(Refusal::new(Code::NothingChanges).at("change"));
    }
    effects.slots_before = slots(shift);
    effects.slots_after = slots(&after);
    Ok(Planned { shift: after, effects })
}

/// What the change is about, as it is now.
pub fn before(shift: &Shift, change: &Change) -> Change {
    match change {
        Change::Times { .. } => Change::Times {
            start: shift.local_start,
            end: shift.local_end,
            break_minutes: Some(shift.break_minutes),
        },
        Change::Headcount { position, headcount } => {
            let found = shift.positions.iter().find(|one| one.id == *position);
            let headcount = found.map_or(*headcount, |found| found.headcount);
            Change::Headcount { position: *position, headcount }
        }
        Change::Skill { skill } => {
            Change::Skill { skill: shift.positions.first().map_or(*skill, |position| position.skill) }
        }
        Change::Note { .. } => Change::Note { note: shift.note.clone() },
        Change::Cancel {} => Change::Cancel {},
    }
}

/// The slots of a shift; a cancelled one has none.
fn slots(shift: &Shift) -> u32 {
    if shift.cancelled_at.is_some() {
        return 0;
    }
    shift.positions.iter().map(|position| position.headcount).fold(0, u32::saturating_add)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The client accepts the fee that it is charged, not another one.
pub fn accepts_fee(fee: &ChangeFee, accepted: Option<Amount>) -> Result<(), Refusal> {
    let charged = fee.amount();
    let code = match accepted {
        None if charged > Amount::ZERO => Code::FeeNotAccepted,
        Some(accepted) if accepted != charged => Code::FeeChanged,
        None | Some(_) => return Ok(()),
    };
    Err(Refusal::new(code).at("accepted_fee").with("fee", charged))
}

#[cfg(test)]
mod tests;
