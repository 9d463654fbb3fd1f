//! Members in a user's place: started for a reason and a short time, ended, and seen by the client.

pub mod events;
pub mod operations;
pub mod views;
