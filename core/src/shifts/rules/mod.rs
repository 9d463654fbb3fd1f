//! Pure decisions over shifts: what a booking may become, what the clock makes of a shift, who is free.

mod booking;
mod days;
mod pricing;
mod progress;
mod times;

pub use booking::{
    Action, MOST_BOOKINGS, apply, booking_in, booking_mut, may_book, next, open, position_mut,
};
pub use days::{Days, days_of};
pub use pricing::{demand, slot_groups};
pub use progress::{Fill, Progress, ShiftStatus, confirmed_in, fill, fill_of_position, progress, status};
pub use times::{LONGEST_MINUTES, expected, may_cancel, may_move, span};
