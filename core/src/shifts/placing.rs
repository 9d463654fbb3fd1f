//! Making a booking and putting it into a position: what booking, replacing and applying a selection have in common.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::days;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx};
use crate::shifts::events::BookingChange;
use crate::shifts::model::{Booking, BookingState, Shift, SkillRule, Worker};
use crate::shifts::rules::{self, Days};
use crate::values::{Instant, Pay, PositionId};

/// How a booking begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BookedAs {
    /// Noted, not asked: it holds neither the worker's time nor a place.
    Proposed,
    /// The worker is asked.
    #[default]
    Invited,
    /// The worker has said yes already.
    Confirmed,
}

impl BookedAs {
    pub const fn state(self) -> BookingState {
        match self {
            Self::Proposed => BookingState::Proposed,
            Self::Invited => BookingState::Invited,
            Self::Confirmed => BookingState::Confirmed,
        }
    }

    pub const fn change(self) -> BookingChange {
        match self {
            Self::Proposed => BookingChange::Proposed,
            Self::Invited => BookingChange::Invited,
            Self::Confirmed => BookingChange::Confirmed,
        }
    }
}

pub fn draft(tx: &mut Tx, worker: &Worker, begins: BookedAs, pay: Option<Pay>) -> Booking {
    let now = tx.now();
    Booking {
        changed_at: now,
        id: tx.new_id(),
        worker: worker.id,
        name: worker.name.clone(),
        phone: worker.phone.clone(),
        picture: worker.picture.clone(),
        state: begins.state(),
        pay,
        replaced_by: None,
        cancelled_by: None,
        answer_by: None,
        confirmed_at: (begins == BookedAs::Confirmed).then_some(now),
        arrival: None,
        departure: None,
        lacks_skill: false,
    }
}

/// Until when an invitation can be answered: later than now, and not after the start.
pub fn answer_by(
    shift: &Shift,
    begins: BookedAs,
    answer_by: Option<Instant>,
    now: Instant,
) -> Result<Option<Instant>, Refusal> {
    let Some(by) = answer_by else { return Ok(None) };
    if begins != BookedAs::Invited {
        return Err(Refusal::new(Code::NotOneOf)
            .at("answer_by")
            .with("expected", "left out: nobody is asked"));
    }
    if by <= now {
        return Err(Refusal::new(Code::InThePast).at("answer_by"));
    }
    if by > shift.starts_at {
        let expected = format!("{} at the latest, the start", shift.starts_at);
        return Err(Refusal::new(Code::OutOfRange).at("answer_by").with("expected", expected));
    }
    Ok(Some(by))
}

/// Puts the booking into the position, if the rules and the worker's days allow it.
pub fn place(
    shift: &mut Shift,
    position: PositionId,
    worker: &Worker,
    booking: &mut Booking,
    skills: SkillRule,
    days: &mut Days,
) -> Run<()> {
    rules::may_book(shift, position, worker, booking.state)?;
    booking.lacks_skill = rules::lacks_skill(shift, position, worker, skills)?;
    if booking.state.is_active() {
        days.take(worker.id, &days::entry(shift, booking))?;
    }
    rules::position_mut(shift, position)?.bookings.push(booking.clone());
    Ok(())
}
