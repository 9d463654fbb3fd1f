//! The life of a booking: one function over two closed lists.

use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::{Booking, BookingState, Position, Shift, Worker};
use crate::values::{BookingId, Instant, PositionId, WorkerId};

/// What can happen to a booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// The worker says yes to the invitation.
    Confirm,
    /// The worker says no, to the invitation or to the changed shift.
    Decline,
    /// The agency takes it back.
    Cancel,
    /// Another worker takes the place.
    Replace,
    /// The worker did not come.
    NoShow,
    /// The worker says yes to the changed shift.
    Reconfirm,
    /// Start, end, place or profession changed: who had said yes is asked again.
    AskAgain,
}

impl Action {
    pub const ALL: [Self; 7] = [
        Self::Confirm,
        Self::Decline,
        Self::Cancel,
        Self::Replace,
        Self::NoShow,
        Self::Reconfirm,
        Self::AskAgain,
    ];

    pub const fn text(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Decline => "decline",
            Self::Cancel => "cancel",
            Self::Replace => "replace",
            Self::NoShow => "no_show",
            Self::Reconfirm => "reconfirm",
            Self::AskAgain => "ask_again",
        }
    }
}

/// The state after an action, or the refusal that the state does not allow it.
///
/// Declined, cancelled, replaced and no-show are ends: a worker who comes back gets a new booking.
pub fn next(state: BookingState, action: Action) -> Result<BookingState, Refusal> {
    use BookingState as S;
    match (state, action) {
        (S::Invited, Action::Confirm) | (S::NeedsReconfirmation, Action::Reconfirm) => Ok(S::Confirmed),
        (S::Invited | S::NeedsReconfirmation, Action::Decline) => Ok(S::Declined),
        (S::Invited | S::Confirmed | S::NeedsReconfirmation, Action::Cancel) => Ok(S::Cancelled),
        (S::Invited | S::Confirmed | S::NeedsReconfirmation, Action::Replace) => Ok(S::Replaced),
        (S::Confirmed | S::NeedsReconfirmation, Action::NoShow) => Ok(S::NoShow),
        // Who has not answered the invitation yet answers it for the new time.
        (S::Invited, Action::AskAgain) => Ok(S::Invited),
        (S::Confirmed | S::NeedsReconfirmation, Action::AskAgain) => Ok(S::NeedsReconfirmation),
        (S::Invited, Action::NoShow | Action::Reconfirm)
        | (S::Confirmed, Action::Confirm | Action::Decline | Action::Reconfirm)
        | (S::NeedsReconfirmation, Action::Confirm)
        | (S::Declined | S::Cancelled | S::Replaced | S::NoShow, _) => {
            Err(Refusal::new(Code::BookingState).with("state", state.text()).with("action", action.text()))
        }
    }
}

/// A shift is one record, and moving it touches the days of all its workers: that needs a bound.
pub const MOST_BOOKINGS: usize = 5000;

/// Whether this worker can get a place in this position, as far as shift and worker say; the days say the rest.
pub fn may_book(shift: &Shift, position: PositionId, worker: &Worker) -> Result<(), Refusal> {
    open(shift)?;
    let position = shift.positions.iter().find(|each| each.id == position).ok_or_else(Refusal::not_found)?;
    if worker.archived {
        return Err(Refusal::new(Code::WorkerArchived).at("worker"));
    }
    if shift.bookings().count() >= MOST_BOOKINGS {
        return Err(Refusal::new(Code::ShiftFull).at("shift").with("expected", MOST_BOOKINGS));
    }
    let active = position.bookings.iter().filter(|booking| booking.state.is_active()).count();
    if active >= position.headcount as usize {
        return Err(Refusal::new(Code::PositionFull).at("position").with("headcount", position.headcount));
    }
    Ok(())
}

/// Nothing changes any more in a cancelled shift.
pub fn open(shift: &Shift) -> Result<(), Refusal> {
    if shift.cancelled_at.is_some() { Err(Refusal::new(Code::ShiftCancelled)) } else { Ok(()) }
}

/// Takes one step with a booking and returns it as it stands then. Who is no longer coming does not lead the shift.
pub fn apply(shift: &mut Shift, id: BookingId, action: Action, now: Instant) -> Result<Booking, Refusal> {
    open(shift)?;
    let booking = booking_mut(shift, id)?;
    booking.state = next(booking.state, action)?;
    booking.changed_at = now;
    let booking = booking.clone();
    if !booking.state.is_active() && shift.lead == Some(id) {
        shift.lead = None;
    }
    Ok(booking)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c20_the_whole_matrix_of_states_and_actions() {
        use BookingState as S;
        const NO: Option<BookingState> = None;
        // One row per state; columns in the order of `Action::ALL`:
        // confirm, decline, cancel, replace, no-show, reconfirm, ask again.
        let matrix = [
            (
                S::Invited,
                [
                    Some(S::Confirmed),
                    Some(S::Declined),
                    Some(S::Cancelled),
                    Some(S::Replaced),
                    NO,
                    NO,
                    Some(S::Invited),
                ],
            ),
            (
                S::Confirmed,
                [
                    NO,
                    NO,
                    Some(S::Cancelled),
                    Some(S::Replaced),
                    Some(S::NoShow),
                    NO,
                    Some(S::NeedsReconfirmation),
                ],
            ),
            (
                S::NeedsReconfirmation,
                [
                    NO,
                    Some(S::Declined),
                    Some(S::Cancelled),
                    Some(S::Replaced),
                    Some(S::NoShow),
                    Some(S::Confirmed),
                    Some(S::NeedsReconfirmation),
                ],
            ),
            (S::Declined, [NO; 7]),
            (S::Cancelled, [NO; 7]),
            (S::Replaced, [NO; 7]),
            (S::NoShow, [NO; 7]),
        ];
        for (state, row) in matrix {
            for (action, expected) in Action::ALL.into_iter().zip(row) {
                let found = next(state, action);
                assert_eq!(found.as_ref().ok(), expected.as_ref(), "{state:?} {action:?}");
                if let Err(refusal) = found {
                    assert_eq!(refusal.code, Code::BookingState);
                }
            }
        }
    }

    #[test]
    fn an_end_is_not_active_and_what_is_not_active_is_an_end() {
        use BookingState as S;
        for state in [
            S::Invited,
            S::Confirmed,
            S::NeedsReconfirmation,
            S::Declined,
            S::Cancelled,
            S::Replaced,
            S::NoShow,
        ] {
            let moves = Action::ALL.into_iter().any(|action| next(state, action).is_ok());
            assert_eq!(moves, state.is_active(), "{state:?}");
        }
    }
}
