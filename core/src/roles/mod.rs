//! Roles that an agency or a client makes: named sets of permissions, given to people like the ones always there.

pub mod events;
pub mod operations;
pub mod rules;
pub mod views;
