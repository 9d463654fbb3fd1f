//! The calculation: lists made ready once, then demands priced stretch by stretch. Pure, and free of any store.
//!
//! The walk of a position: [`shift`] finds its instants, [`active`] says where a list's prices can change and which of
//! its rules hold, [`stretch`] cuts the shift there, [`breaks`] takes unpaid minutes off, [`overtime`] cuts at
//! thresholds, [`prices`] computes prices per hour and stacks premiums, [`position`] makes [`lines`] of it all, with
//! [`minimum`] and [`once`] for what is not time worked; [`discount`] takes off what volume gives, [`result`] totals.

mod active;
mod book;
mod breaks;
mod calendar;
mod clock;
mod compile;
mod condition;
mod discount;
mod index;
mod kinds;
mod lead;
mod lines;
mod minimum;
mod once;
mod order;
mod overtime;
mod position;
mod prices;
mod ready;
mod regular;
mod result;
mod shift;
mod stamp;
mod stretch;
mod words;
mod worker;
mod zones;

pub use book::Book;
pub use clock::{Minute, ZoneTable};
pub use compile::Compiled;
pub(in crate::pricing) use condition::{Ask, Moment, When};
pub use lines::Line;
pub(in crate::pricing) use overtime::Over;
pub(in crate::pricing) use ready::{At, Class, Price, Ready};
pub use regular::{RegularRate, regular_rate};
pub use result::{Calculation, Sums};
pub use zones::{LAST_YEAR, Zones};

/// The version of the calculation's meaning. It rises when the same list and demand would give other lines.
pub const CALCULATION: &str = "1";

/// A list that is nearly always short: as many items as usual stay on the stack.
type Few<T> = smallvec::SmallVec<[T; 8]>;
