//! Workers, bookings, shifts and projects through the front door, over the memory store.

// Helpers of tests may fail as loudly as tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod attendance;
mod bookings;
mod by_hand;
mod changes;
mod lists;
mod moving;
mod orders_at_once;
mod selection;
mod sharing;
mod taking_back;
mod workers;
mod world;
