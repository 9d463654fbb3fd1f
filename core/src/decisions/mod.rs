//! May somebody do something to something, and why not: questions, the rules that answer them, lists as filters.

pub mod fields;
pub mod operations;
pub mod questions;
pub mod rules;
pub mod subject;
pub mod tables;
pub mod things;
pub mod views;
