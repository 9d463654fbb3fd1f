//! Which slots go when a client keeps only some: the unfilled first, then those that were booked last.

use super::facts::{CancelledPart, Released, SlotGroup};
use crate::values::Instant;

/// How many unfilled and booked slots of a group are given back. Shortening gives back time of all of them.
pub fn released(group: &SlotGroup) -> Released {
    let (requested, booked) = (group.requested.get(), group.booked.get());
    let unfilled = requested.saturating_sub(booked);
    match group.part {
        CancelledPart::Whole {} | CancelledPart::Shorten { .. } => Released { unfilled, booked },
        CancelledPart::Headcount { to } => {
            let cancelled = requested.saturating_sub(to.get());
            let first = cancelled.min(unfilled);
            Released { unfilled: first, booked: cancelled - first }
        }
    }
}

/// Which of these bookings go when so many must: the last booked first; of those booked at once, the higher id.
pub fn last_booked<I: Ord + Copy>(bookings: &[(Instant, I)], count: usize) -> Vec<I> {
    let mut sorted = bookings.to_vec();
    sorted.sort_unstable_by(|left, right| right.cmp(left));
    sorted.into_iter().take(count).map(|(_, id)| id).collect()
}
