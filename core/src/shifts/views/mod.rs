//! What each audience sees of a shift: one type per audience, each built field by field.

mod agency;
mod client;
pub mod fields;

pub use agency::{
    AgencyPositionView, AgencyShiftView, BookingView, ReplacementView, TagView, WorkerView, agency_shift,
    booking, pay_schema, worker,
};
pub use client::{ClientPositionView, ClientShiftView, LeadView, TeamMemberView, client_shift};
