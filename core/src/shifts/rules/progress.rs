//! What the clock and the bookings make of a shift. Derived each time, never stored.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::attendance::is_on_site;
use crate::shifts::model::{Booking, BookingState, Position, Shift, state_at};
use crate::values::Instant;

/// Where a shift stands by the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShiftStatus {
    Upcoming,
    /// From the start instant on.
    Running,
    /// From the end instant on.
    Finished,
    Cancelled,
}

/// How far a position or a shift is filled with confirmed workers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    Unfilled,
    PartlyFilled,
    Filled,
}

/// How many are wanted, and how far that is. A cancelled shift counts nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Progress {
    /// The sum of the headcounts.
    pub requested: u32,
    /// Proposed or asked, and not confirmed yet or asked again after a change.
    pub proposed: u32,
    /// The team: who has confirmed, also those who are on site or have been.
    pub confirmed: u32,
    /// Checked in and not out. Who was never checked out counts until 12 hours after the end.
    pub on_site: u32,
    /// Checked out, or of the team of a shift that is finished, and not on site any more.
    pub done: u32,
}

impl Progress {
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            requested: self.requested.saturating_add(other.requested),
            proposed: self.proposed.saturating_add(other.proposed),
            confirmed: self.confirmed.saturating_add(other.confirmed),
            on_site: self.on_site.saturating_add(other.on_site),
            done: self.done.saturating_add(other.done),
        }
    }
}

/// What of a shift the clock is held against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub is_cancelled: bool,
}

impl Times {
    pub const fn of(shift: &Shift) -> Self {
        Self {
            starts_at: shift.starts_at,
            ends_at: shift.ends_at,
            is_cancelled: shift.cancelled_at.is_some(),
        }
    }

    pub fn status(self, now: Instant) -> ShiftStatus {
        if self.is_cancelled {
            ShiftStatus::Cancelled
        } else if now < self.starts_at {
            ShiftStatus::Upcoming
        } else if now < self.ends_at {
            ShiftStatus::Running
        } else {
            ShiftStatus::Finished
        }
    }

    /// The figures of one position: its headcount, and its bookings' states with until when each could be answered.
    pub fn progress(
        self,
        requested: u32,
        bookings: impl Iterator<Item = (BookingState, Option<Instant>)>,
        now: Instant,
    ) -> Progress {
        let mut sum = Progress::default();
        if self.is_cancelled {
            return sum;
        }
        sum.requested = requested;
        let is_finished = now >= self.ends_at;
        for (state, answer_by) in bookings {
            let state = state_at(state, answer_by, now);
            let asked = matches!(
                state,
                BookingState::Proposed | BookingState::Invited | BookingState::NeedsReconfirmation
            );
            sum.proposed += u32::from(asked);
            sum.confirmed += u32::from(state.is_of_team());
            let on_site = is_on_site(state, self.ends_at, now);
            sum.on_site += u32::from(on_site);
            let has_left = state == BookingState::CheckedOut || (is_finished && state.is_of_team());
            sum.done += u32::from(has_left && !on_site);
        }
        sum
    }
}

pub fn status(shift: &Shift, now: Instant) -> ShiftStatus {
    Times::of(shift).status(now)
}

pub fn confirmed_in(position: &Position) -> u32 {
    let found = position.bookings.iter().filter(|booking| booking.state.is_of_team()).count();
    u32::try_from(found).unwrap_or(u32::MAX)
}

pub fn fill_of_position(position: &Position) -> Fill {
    match confirmed_in(position) {
        confirmed if confirmed >= position.headcount => Fill::Filled,
        0 => Fill::Unfilled,
        _ => Fill::PartlyFilled,
    }
}

/// A shift is filled when each of its positions is: two leads do not stand in for a waiter.
pub fn fill(shift: &Shift) -> Fill {
    if shift.positions.iter().all(|position| fill_of_position(position) == Fill::Filled) {
        Fill::Filled
    } else if shift.positions.iter().all(|position| confirmed_in(position) == 0) {
        Fill::Unfilled
    } else {
        Fill::PartlyFilled
    }
}

pub fn progress(shift: &Shift, now: Instant) -> Progress {
    let times = Times::of(shift);
    let of = |position: &Position| {
        let bookings = position.bookings.iter().map(|booking: &Booking| (booking.state, booking.answer_by));
        times.progress(position.headcount, bookings, now)
    };
    shift.positions.iter().map(of).fold(Progress::default(), Progress::plus)
}
