//! Who is on site, for a client's own sites, and what papers of workers a client is shown.

pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
