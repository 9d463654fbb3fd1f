//! A booking as it is kept within its shift: a worker in a position, and where that stands.

use serde::{Deserialize, Serialize};

use crate::values::{BookingId, Instant, Pay, Phone, Picture, Text, WorkerId, closed_list, pay_stored};

closed_list! {
    /// Where a booking stands. The clock adds what is derived: lapsed, late, to be confirmed again.
    BookingState {
        /// Noted by the agency, not asked. It holds nobody: neither the worker's time nor a place.
        Proposed "proposed",
        /// Asked, has not answered.
        Invited "invited",
        Confirmed "confirmed",
        /// Something material changed after the worker had confirmed.
        NeedsReconfirmation "needs_reconfirmation",
        /// On site.
        CheckedIn "checked_in",
        /// Was on site and has left.
        CheckedOut "checked_out",
        Declined "declined",
        /// The time to answer the invitation has passed.
        Lapsed "lapsed",
        /// Taken back; `cancelled_by` says by whom.
        Cancelled "cancelled",
        /// Another booking took its place; `replaced_by` says which.
        Replaced "replaced",
        NoShow "no_show",
    }
}

impl BookingState {
    /// Whether the worker is held for this time: it counts towards the headcount and in the worker's days.
    ///
    /// An invitation holds too, so that nobody who says yes is told afterwards that the place is gone; a proposal does
    /// not, since nobody has been asked yet and several may be proposed for one place.
    pub const fn is_active(self) -> bool {
        match self {
            Self::Invited
            | Self::Confirmed
            | Self::NeedsReconfirmation
            | Self::CheckedIn
            | Self::CheckedOut => true,
            Self::Proposed
            | Self::Declined
            | Self::Lapsed
            | Self::Cancelled
            | Self::Replaced
            | Self::NoShow => false,
        }
    }

    /// Whether the worker is of the team: has said yes to the shift as it is, is there, or was.
    pub const fn is_of_team(self) -> bool {
        matches!(self, Self::Confirmed | Self::CheckedIn | Self::CheckedOut)
    }
}

/// Who took a booking back.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    Client,
    #[default]
    Agency,
    /// The worker, who had said yes.
    Worker,
}

/// When somebody came, and whether that was late by the policy of that time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Arrival {
    pub at: Instant,
    pub late: bool,
}

/// When somebody left, and whether that was early by the policy of that time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Departure {
    pub at: Instant,
    pub early: bool,
}

/// A worker in a position of this shift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Booking {
    pub id: BookingId,
    pub worker: WorkerId,
    /// As the worker is called on this shift: kept here so that a team needs no further read.
    pub name: Text<120>,
    pub phone: Option<Phone>,
    #[serde(default)]
    pub picture: Option<Picture>,
    /// As it was written. What an invitation is by the clock is what [`Booking::state_at`] says.
    pub state: BookingState,
    /// What the worker earns an hour. Never in a client's view.
    #[serde(with = "pay_stored", default)]
    pub pay: Option<Pay>,
    pub replaced_by: Option<BookingId>,
    pub changed_at: Instant,
    #[serde(default)]
    pub cancelled_by: Option<CancelledBy>,
    /// From this instant on an invitation without an answer has lapsed.
    #[serde(default)]
    pub answer_by: Option<Instant>,
    /// When the worker last said yes.
    #[serde(default)]
    pub confirmed_at: Option<Instant>,
    #[serde(default)]
    pub arrival: Option<Arrival>,
    #[serde(default)]
    pub departure: Option<Departure>,
    /// The worker did not hold the position's skill when booked, which the agency's policy lets pass.
    #[serde(default)]
    pub lacks_skill: bool,
}

impl Booking {
    /// The state by the clock: an invitation lapses by itself at the instant until which it could be answered.
    pub fn state_at(&self, now: Instant) -> BookingState {
        state_at(self.state, self.answer_by, now)
    }
}

/// The same from the two fields that decide.
pub fn state_at(state: BookingState, answer_by: Option<Instant>, now: Instant) -> BookingState {
    match (state, answer_by) {
        (BookingState::Invited, Some(by)) if by <= now => BookingState::Lapsed,
        _ => state,
    }
}
