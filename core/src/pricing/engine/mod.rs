//! The calculation: lists made ready once, then demands priced stretch by stretch. Pure, and free of any store.
//!
//! The walk of a position: [`shift`] finds its instants, [`stretch`] cuts it wherever a price can change and selects
//! the rules of each part, [`breaks`] takes unpaid minutes off, [`overtime`] cuts at thresholds, [`prices`] computes
//! prices per hour and stacks premiums, [`position`] makes lines of it all, [`discount`] takes
//! off what volume gives, [`result`] totals them.

mod book;
mod breaks;
mod calendar;
mod compile;
mod condition;
mod discount;
mod lines;
mod order;
mod overtime;
mod position;
mod prices;
mod regular;
mod result;
mod shift;
mod stretch;
mod worker;
mod zones;

pub use book::Book;
pub use compile::Compiled;
pub(in crate::pricing) use compile::{At, Class, Price, Ready};
pub(in crate::pricing) use condition::{Ask, Moment, When};
pub(in crate::pricing) use overtime::Over;
pub use regular::{RegularRate, regular_rate};
pub use result::{Calculation, Line, Sums};
pub use zones::{LAST_YEAR, Minute, ZoneTable, Zones};

/// The version of the calculation's meaning. It rises when the same list and demand would give other lines.
pub const CALCULATION: &str = "1";

/// Minutes from 1970 to a reading on a wall.
pub fn local_minute(wall: chrono::NaiveDateTime) -> Minute {
    wall.and_utc().timestamp().div_euclid(60)
}

/// A list that is nearly always short: as many items as usual stay on the stack.
type Few<T> = smallvec::SmallVec<[T; 8]>;
