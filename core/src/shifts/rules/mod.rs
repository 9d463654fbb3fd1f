//! Pure decisions over shifts: what a booking may become, what the clock makes of a shift, who is free.

mod booking;
mod changeable;
mod days;
mod pricing;
mod progress;
#[cfg(test)]
pub(crate) mod sample;
mod splitting;
mod times;

pub use booking::{
    Action, MOST_BOOKINGS, apply, booking_in, booking_mut, may_book, next, open, position_mut,
};
pub use changeable::{ChangeKind, Terms, in_time, is_atomic, may_ask};
pub use days::{Days, days_of};
pub use pricing::{NoPrice, PositionPrice, ShiftPrice, paid_minutes, price, slot_groups, zones};
pub use progress::{Fill, Progress, ShiftStatus, confirmed_in, fill, fill_of_position, progress, status};
pub use splitting::{divide, half_of, join, last_booked, may_merge, same_group, set_headcount, take_out};
pub use times::{
    LONGEST_MINUTES, MOST_HEADS, expected, headcount, may_cancel, may_move, may_restore, slots, span,
};
