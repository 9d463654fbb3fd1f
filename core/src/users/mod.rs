//! People at clients: how they are invited, join, sign in, and are let go again.

pub mod events;
pub mod invitations;
pub mod model;
pub mod operations;
pub mod passwords;
pub mod rules;
pub mod views;
