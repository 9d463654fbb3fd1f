//! Pure decisions over shifts: what a booking may become, what the clock makes of a shift, who is free, what a part of a
//! shift takes of a purchase order.

mod attendance;
mod booking;
mod changeable;
mod days;
mod life;
mod ordered;
mod pricing;
mod progress;
#[cfg(test)]
pub(crate) mod sample;
mod splitting;
mod times;

pub use attendance::{
    CONFIRM_AGAIN_MINUTES, FORGOTTEN_MINUTES, LATE_ALERT_MINUTES, check_in, check_out, is_late, is_on_site,
    is_to_confirm_again,
};
pub use booking::{
    MOST_BOOKINGS, apply, booking_in, booking_mut, cancel, has_place, is_welcome, lacks_skill, may_book,
    open, position_mut,
};
pub use changeable::{ChangeKind, Terms, in_time, is_atomic, may_ask, until};
pub use days::{Days, days_of};
pub use life::{Action, next};
pub use ordered::{join_orders, share_order};
pub use pricing::{
    NoPrice, PositionPrice, ShiftPrice, most, paid_minutes, price, slot_groups, work_minutes, zones,
};
pub use progress::{
    Fill, Progress, ShiftStatus, Times, confirmed_in, fill, fill_of_position, progress, status,
};
pub use splitting::{divide, half_of, join, last_booked, may_merge, same_group, set_headcount, take_out};
pub use times::{
    LONGEST_MINUTES, MOST_HEADS, expected, headcount, may_cancel, may_move, may_restore, slots, span,
};
