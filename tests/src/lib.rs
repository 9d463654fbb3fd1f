//! The conformance suite: stories in YAML that every store and every language plays, and the laws of the engine.
//!
//! `scenarios/README.md` says how a story is written. [`scenario`] reads one, [`play`] plays it through a [`Door`],
//! [`check`] compares what came with what the story expects.

pub mod check;
pub mod doors;
pub mod play;
pub mod sample;
pub mod scenario;
pub mod world;

pub use doors::{AsyncDoor, Door};
pub use play::{Played, play};
pub use scenario::Scenario;
pub use world::World;
