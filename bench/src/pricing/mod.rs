//! The demands that every pricing program gets, and the Rust program written for the nine rules alone.

pub mod engine;
pub mod growth;
pub mod inputs;
pub mod plain;
