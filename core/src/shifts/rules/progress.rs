//! What the clock and the bookings make of a shift. Derived each time, never stored.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::shifts::model::{BookingState, Position, Shift};
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
    /// Asked, and not confirmed yet or asked again after a change.
    pub proposed: u32,
    pub confirmed: u32,
    /// Confirmed, of a shift that is running.
    pub on_site: u32,
    /// Confirmed, of a shift that is finished.
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

pub fn status(shift: &Shift, now: Instant) -> ShiftStatus {
    if shift.cancelled_at.is_some() {
        ShiftStatus::Cancelled
    } else if now < shift.starts_at {
        ShiftStatus::Upcoming
    } else if now < shift.ends_at {
        ShiftStatus::Running
    } else {
        ShiftStatus::Finished
    }
}

pub fn confirmed_in(position: &Position) -> u32 {
    count(position, |state| state == BookingState::Confirmed)
}

fn count(position: &Position, counts: impl Fn(BookingState) -> bool) -> u32 {
    let found = position.bookings.iter().filter(|booking| counts(booking.state)).count();
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
    let status = status(shift, now);
    if status == ShiftStatus::Cancelled {
        return Progress::default();
    }
    let mut sum = Progress::default();
    for position in &shift.positions {
        let confirmed = confirmed_in(position);
        let active = count(position, BookingState::is_active);
        sum = sum.plus(Progress {
            requested: position.headcount,
            proposed: active - confirmed,
            confirmed,
            on_site: if status == ShiftStatus::Running { confirmed } else { 0 },
            done: if status == ShiftStatus::Finished { confirmed } else { 0 },
        });
    }
    sum
}
