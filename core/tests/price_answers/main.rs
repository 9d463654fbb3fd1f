//! What is said about prices: explanations, replays and the checks before a list is published.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

mod checks;
mod checks_laws;
mod checks_rules;
mod checks_time;
mod explain;
mod explain_x1;
mod help;
mod replay;
