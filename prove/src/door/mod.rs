//! The world as the core is told it: records in a store, and the core's own operations over them.

mod asking;
pub mod marks;
mod of_candidates;
mod of_clients;
mod of_projects;
mod people;
mod records;

pub use asking::{Door, token};
pub use of_projects::inner;
