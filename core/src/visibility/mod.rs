//! The law of who sees what of a shift: pure rules by audience, state and time, each standing here once.
//!
//! Views are built by allow-list, so a field is invisible until one of these rules, or the view's own list, shows it.

mod rules;
mod scope;

pub use rules::{Audience, ShiftState, TeamSharing, lead_phone, shared, tag, team, team_member};
pub use scope::client_grant;
