//! Workers, bookings, shifts and projects through the front door, over the memory store.

mod bookings;
mod lists;
mod moving;
mod sharing;
mod world;
