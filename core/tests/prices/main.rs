//! The vectors of the price rules, through lists and demands as people write them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

mod bad_input;
mod breaks;
mod clock_changes;
mod days;
mod discounts;
mod grid;
mod help;
mod minimum;
mod overtime;
mod precedence;
mod reference;
mod rounding;
mod stacking;
mod time;
mod totals;
