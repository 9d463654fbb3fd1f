//! Who gets a place in a position, and one step of a booking within its shift.

use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::{
    Booking, BookingState, CancelledBy, Position, Preference, Shift, SkillRule, StaffPreferences, Worker,
};
use crate::values::{BookingId, Instant, PositionId, WorkerId};

use super::life::{Action, next};

/// A shift is one record, and moving it touches the days of all its workers: that needs a bound.
pub const MOST_BOOKINGS: usize = 5000;

/// Whether this worker can get a place in this position, as far as shift and worker say; the days say the rest.
///
/// A proposal takes no place, so there may be more of them than heads. What the clock makes of invitations must be
/// written down already ([`Shift::lapse`]).
pub fn may_book(
    shift: &Shift,
    position: PositionId,
    worker: &Worker,
    begins: BookingState,
) -> Result<(), Refusal> {
    open(shift)?;
    let position = shift.positions.iter().find(|each| each.id == position).ok_or_else(Refusal::not_found)?;
    if worker.archived {
        return Err(Refusal::new(Code::WorkerArchived).at("worker"));
    }
    if shift.bookings().count() >= MOST_BOOKINGS {
        return Err(Refusal::new(Code::ShiftFull).at("shift").with("expected", MOST_BOOKINGS));
    }
    if begins == BookingState::Proposed {
        let stands = |booking: &&Booking| {
            booking.worker == worker.id
                && (booking.state.is_active() || booking.state == BookingState::Proposed)
        };
        return match shift.bookings().find(stands) {
            Some(other) => Err(Refusal::new(Code::WorkerBusy)
                .with("worker", worker.id)
                .with("shift", shift.id)
                .with("booking", other.id)),
            None => Ok(()),
        };
    }
    has_place(position)
}

/// Whether the position has a head without a booking.
pub fn has_place(position: &Position) -> Result<(), Refusal> {
    let active = position.bookings.iter().filter(|booking| booking.state.is_active()).count();
    if active >= position.headcount as usize {
        return Err(Refusal::new(Code::PositionFull).at("position").with("headcount", position.headcount));
    }
    Ok(())
}

/// Whether the worker lacks the position's skill, where the agency's policy lets that pass.
pub fn lacks_skill(
    shift: &Shift,
    position: PositionId,
    worker: &Worker,
    rule: SkillRule,
) -> Result<bool, Refusal> {
    let position = shift.positions.iter().find(|each| each.id == position).ok_or_else(Refusal::not_found)?;
    let lacks = !worker.skills.contains(&position.skill);
    match rule {
        SkillRule::Refuse if lacks => {
            Err(Refusal::new(Code::WorkerLacksSkill).at("worker").with("skill", position.skill))
        }
        SkillRule::Refuse | SkillRule::Warn => Ok(lacks),
    }
}

/// Nobody works at a client who has refused them. The agency hears why, and nobody else hears anything.
pub fn is_welcome(preferences: Option<&StaffPreferences>, worker: WorkerId) -> Result<(), Refusal> {
    match preferences.and_then(|preferences| preferences.worker(worker)) {
        Some(Preference::Refused) => {
            Err(Refusal::new(Code::WorkerRefused).at("worker").with("worker", worker))
        }
        Some(Preference::Preferred) | None => Ok(()),
    }
}

/// Nothing changes any more in a cancelled shift.
pub fn open(shift: &Shift) -> Result<(), Refusal> {
    if shift.cancelled_at.is_some() { Err(Refusal::new(Code::ShiftCancelled)) } else { Ok(()) }
}

/// Takes one step with a booking and returns it as it stands then. Who is no longer coming does not lead the shift.
///
/// A booking that is taken back here is taken back by the agency; [`cancel`] says by whom.
pub fn apply(shift: &mut Shift, id: BookingId, action: Action, now: Instant) -> Result<Booking, Refusal> {
    open(shift)?;
    let booking = booking_mut(shift, id)?;
    booking.state = next(booking.state_at(now), action)?;
    booking.changed_at = now;
    match action {
        Action::Confirm | Action::Reconfirm | Action::ConfirmAgain => {
            booking.confirmed_at = Some(now);
            booking.answer_by = None;
        }
        Action::Cancel => booking.cancelled_by = Some(CancelledBy::Agency),
        Action::UndoCheckIn => booking.arrival = None,
        Action::UndoCheckOut => booking.departure = None,
        Action::Invite
        | Action::Decline
        | Action::Lapse
        | Action::Replace
        | Action::NoShow
        | Action::AskAgain
        | Action::CheckIn
        | Action::CheckOut => {}
    }
    let booking = booking.clone();
    if !booking.state.is_active() && shift.lead == Some(id) {
        shift.lead = None;
    }
    Ok(booking)
}

/// The same for taking a booking back, by whoever it was.
pub fn cancel(shift: &mut Shift, id: BookingId, by: CancelledBy, now: Instant) -> Result<Booking, Refusal> {
    apply(shift, id, Action::Cancel, now)?;
    let booking = booking_mut(shift, id)?;
    booking.cancelled_by = Some(by);
    Ok(booking.clone())
}

/// The position and the worker of a booking, or the answer that nothing is there.
pub fn booking_in(shift: &Shift, id: BookingId) -> Result<(PositionId, WorkerId), Refusal> {
    let mut positions = shift.positions.iter();
    positions
        .find_map(|position| {
            let booking = position.bookings.iter().find(|booking| booking.id == id)?;
            Some((position.id, booking.worker))
        })
        .ok_or_else(Refusal::not_found)
}

/// The position with this id, or the answer that nothing is there.
pub fn position_mut(shift: &mut Shift, id: PositionId) -> Result<&mut Position, Refusal> {
    shift.positions.iter_mut().find(|position| position.id == id).ok_or_else(Refusal::not_found)
}

/// The booking with this id, or the answer that nothing is there.
pub fn booking_mut(shift: &mut Shift, id: BookingId) -> Result<&mut Booking, Refusal> {
    let mut bookings = shift.positions.iter_mut().flat_map(|position| position.bookings.iter_mut());
    bookings.find(|booking| booking.id == id).ok_or_else(Refusal::not_found)
}
