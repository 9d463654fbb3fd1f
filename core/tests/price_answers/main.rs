//! What is said about prices: explanations, replays and the checks before a list is published.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

mod checks;
mod checks_time;
mod explain;
mod help;
mod replay;
