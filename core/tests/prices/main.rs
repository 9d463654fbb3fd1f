//! The vectors of the price rules, through lists and demands as people write them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

mod help;
mod stacking;
mod time;
