//! Asking: one question or ten thousand, and the same as a filter.

mod asking;
mod can;
mod fields;
mod visible;

pub use can::{AccessAllowed, AccessCan};
pub use fields::ExplainVisibility;
pub use visible::{AccessVisible, VisibleKind};
