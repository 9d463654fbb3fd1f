//! The history of an agency: every change as an event, linked to the one before, so that tampering shows.

mod mine;
pub mod operations;
pub mod rules;
pub mod views;
