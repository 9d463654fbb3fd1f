//! What each audience sees of a shift: one type per audience, each built field by field.

mod agency;
mod client;
mod staff;

pub use agency::{
    AgencyPositionView, AgencyShiftView, BookingPolicyView, BookingView, ReplacementView, TagView,
    WorkerView, agency_shift, booking, booking_policy, pay_schema, worker,
};
pub use client::{
    ClientPositionView, ClientShiftView, LeadView, TeamMemberView, client_shift, seen_by_client, sees_team,
};
pub use staff::{
    AttentionView, MyStaffView, StaffPreferenceView, StaffPreferencesView, SuggestedWorkerView,
    SuggestionsView, attention, my_staff, staff_preferences, suggestion,
};
