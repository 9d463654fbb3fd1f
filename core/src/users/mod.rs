//! People at clients: how they are invited, join, sign in, and are let go again.

pub mod events;
pub mod invitations;
pub mod leaving;
pub mod logins;
pub mod model;
pub mod operations;
pub mod passwords;
pub mod reaches;
pub mod reset;
pub mod rules;
pub mod second_factor;
pub mod views;
