//! Client companies: their sites, defaults and portal access.

pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;
