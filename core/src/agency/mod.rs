//! The staffing company: its portal switch, name, subdomain, skills, terms, members.

pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod staff;
pub mod templates;
pub mod views;
