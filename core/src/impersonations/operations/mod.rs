//! Starting and ending a time in a user's place, and reading when it happened.

mod reading;
mod standing_in;

pub use reading::{ListImpersonations, ListMyImpersonations};
pub use standing_in::{EndImpersonation, StartImpersonation};
