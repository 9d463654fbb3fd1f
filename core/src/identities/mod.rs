//! External identities: a client's people sign in where they already do. The host verifies the protocol and hands in
//! the claims; here is only what follows from them.

pub mod claims;
pub mod events;
pub mod model;
pub mod operations;
pub mod rules;
pub mod settling;
pub mod views;
