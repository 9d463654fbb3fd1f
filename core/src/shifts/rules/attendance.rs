//! Coming and going, and what the clock says of who should have come or should say yes once more.

use super::progress::Times;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::{Arrival, Booking, BookingPolicy, BookingState, Departure, Shift};
use crate::values::Instant;

/// L17: who has not come this long after the start is late.
pub const LATE_ALERT_MINUTES: i64 = 5;
/// L11: who said yes longer ago than this is asked once more ...
const SAID_YES_MINUTES: i64 = 72 * 60;
/// ... when the start is no farther away than this.
pub const CONFIRM_AGAIN_MINUTES: i64 = 24 * 60;
/// Who is not checked out counts as on site until this long after the end, and as gone from then on: the longest
/// time that a policy can leave for checking out.
pub const FORGOTTEN_MINUTES: i64 = 720;

fn millis(minutes: i64) -> i64 {
    minutes * 60_000
}

/// An arrival at this moment, by the policy. Both ends of the window are within it: the end of the shift is not.
pub fn check_in(
    shift: &Shift,
    policy: &BookingPolicy,
    at: Instant,
    now: Instant,
) -> Result<Arrival, Refusal> {
    not_ahead(at, now)?;
    let before = i64::from(policy.check_in_before.get());
    if at.millis() < shift.starts_at.millis() - millis(before) {
        let opens = shift.starts_at.plus_minutes(-before).unwrap_or(shift.starts_at);
        return Err(Refusal::new(Code::CheckInTooEarly).at("at").with("opens_at", opens));
    }
    if at >= shift.ends_at {
        return Err(Refusal::new(Code::ShiftFinished).at("at"));
    }
    let grace = millis(policy.late_after.get().into());
    Ok(Arrival { at, late: at.millis() > shift.starts_at.millis() + grace })
}

/// A departure at this moment, by the policy: not before the arrival, and until so long after the end.
pub fn check_out(
    shift: &Shift,
    booking: &Booking,
    policy: &BookingPolicy,
    at: Instant,
    now: Instant,
) -> Result<Departure, Refusal> {
    not_ahead(at, now)?;
    if booking.arrival.is_some_and(|arrival| at < arrival.at) {
        return Err(Refusal::new(Code::EndBeforeStart).at("at"));
    }
    let after = i64::from(policy.check_out_after.get());
    if at.millis() > shift.ends_at.millis() + millis(after) {
        let until = shift.ends_at.plus_minutes(after).unwrap_or(shift.ends_at);
        return Err(Refusal::new(Code::CheckOutTooLate).at("at").with("until", until));
    }
    let grace = millis(policy.early_before.get().into());
    Ok(Departure { at, early: at.millis() < shift.ends_at.millis() - grace })
}

fn not_ahead(at: Instant, now: Instant) -> Result<(), Refusal> {
    if at <= now { Ok(()) } else { Err(Refusal::new(Code::StillAhead).at("at")) }
}

/// Who has said yes and is not there five minutes after the start, while the shift runs.
pub fn is_late(times: Times, booking: &Booking, now: Instant) -> bool {
    booking.state == BookingState::Confirmed
        && !times.is_cancelled
        && now.millis() >= times.starts_at.millis() + millis(LATE_ALERT_MINUTES)
        && now < times.ends_at
}

/// Who said yes more than 72 hours ago and whose shift starts within the next 24 says so once more.
pub fn is_to_confirm_again(times: Times, booking: &Booking, now: Instant) -> bool {
    let said_yes = booking.confirmed_at.unwrap_or(booking.changed_at);
    booking.state == BookingState::Confirmed
        && !times.is_cancelled
        && now < times.starts_at
        && times.starts_at.millis() - now.millis() <= millis(CONFIRM_AGAIN_MINUTES)
        && now.millis() - said_yes.millis() > millis(SAID_YES_MINUTES)
}

/// Whether a booking in this state, of a shift that ends then, is on site.
pub fn is_on_site(state: BookingState, ends_at: Instant, now: Instant) -> bool {
    state == BookingState::CheckedIn && now.millis() < ends_at.millis() + millis(FORGOTTEN_MINUTES)
}
