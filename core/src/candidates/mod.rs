//! Jobs on a client's portal and the candidates for them: what the agency prepares and reviews, what clients are shown of
//! it, and what they say.

pub mod carrying;
pub mod events;
pub mod fields;
pub mod model;
pub mod operations;
pub mod rules;
pub mod stages;
mod telling;
pub mod views;
