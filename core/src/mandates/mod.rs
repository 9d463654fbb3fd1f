//! Mandates: requests for staff, from the client's form to the project they become.

pub mod accept;
pub mod events;
pub mod fields;
pub mod model;
pub mod operations;
pub mod order;
pub mod previews;
pub mod rules;
pub mod template;
pub mod views;

use crate::codes::Code;
use crate::engine::{Refusal, Stop};

/// A mandate's revisions are never empty; a stored one without is damaged.
pub(crate) fn no_revision() -> Stop {
    Stop::Refused(Refusal::new(Code::StoreDamaged).with("reason", "a mandate has no revision"))
}
