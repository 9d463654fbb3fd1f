//! The law of who sees what of a shift: pure rules by audience, state and time, each standing here once.
//!
//! Views are built by allow-list, so a field is invisible until one of these rules, or the view's own list, shows it.

mod laws;
mod rules;
mod scope;
mod sharing;
mod table;

pub use laws::Law;
pub use rules::{Audience, ShiftState, lead_phone, picture, shared, tag, team, team_member, time_report};
pub use scope::{client_grant, client_record};
pub use sharing::{PublicNames, Sharing, SharingChange, TeamSharing, public_name};
pub(crate) use table::table;
pub use table::{Field, Holds, Table};
