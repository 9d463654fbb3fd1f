//! Personal data: what of it was shown to whom, all that is kept of a person, and taking a person out of everything.

pub mod events;
pub mod facts;
pub mod finding;
pub mod log;
pub mod model;
pub mod operations;
pub mod rules;
pub mod views;

pub use facts::{Fact, Facts, Shown};
pub use rules::ERASED;
