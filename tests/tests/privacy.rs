//! The disclosure log, and erasure: that nothing personal goes out unwritten, and nothing of an erased person stays.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "privacy/erasing.rs"]
mod erasing;
#[path = "privacy/logging.rs"]
mod logging;
#[path = "privacy/mishaps.rs"]
mod mishaps;
#[path = "privacy/world.rs"]
mod world;
