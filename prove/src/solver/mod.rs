//! Proofs over the policies for all requests: Cedar's symbolic compiler asks the solver cvc5.

mod engine;
pub mod properties;
mod words;

pub use engine::{Found, Solver};
