//! Signing in: how a login is proved, how often it may be tried, and the sessions that come of it.

pub mod attempt;
pub mod current;
pub mod ending;
pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod starting;
pub mod views;
