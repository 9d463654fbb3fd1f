//! A second opinion on who sees what.
//!
//! The rules are written a second time, by hand, as Cedar policies (`policies/`). `compare` asks the core and the policies
//! the same questions over random worlds; `solver` proves properties of the policies for all requests. What is proved of
//! the policies holds for the core as far as the two were found equal.

pub mod broken;
pub mod cedar;
pub mod compare;
pub mod dice;
pub mod door;
pub mod fields;
pub mod policies;
pub mod probes;
pub mod solver;
pub mod world;

/// What can go wrong here is a fault of this crate or of its set-up: it ends the run with a sentence.
pub type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
