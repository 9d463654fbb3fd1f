//! A random world, in the terms of the rules: who there is and what there is. `cedar` tells it to the policies, `door`
//! to the core.

pub mod candidates;
mod making;
pub mod model;
pub mod roles;

pub use making::{START, random};
