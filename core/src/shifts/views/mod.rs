//! What each audience sees of a shift: one type per audience, each built field by field.

mod agency;
mod changes;
mod client;
pub mod fields;

pub use agency::{
    AgencyPositionView, AgencyShiftView, BookingView, ReplacementView, SplitView, TagView, WorkerView,
    agency_shift, booking, pay_schema, worker,
};
pub use changes::{CancellationView, ChangesView, ClientCancellationView};
pub use client::{ClientPositionView, ClientShiftView, LeadView, TeamMemberView, client_shift};
