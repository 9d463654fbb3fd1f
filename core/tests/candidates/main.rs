//! Jobs and candidates through the front door: what no client is given, limits, and what two people do at once.

// Helpers of tests may fail as loudly as tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod anonymous;
mod hidden;
mod limits;
mod races;
mod world;
