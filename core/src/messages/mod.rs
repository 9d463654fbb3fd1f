//! Messages between a client and the agency: one thread per project, with an audience per message.

pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
