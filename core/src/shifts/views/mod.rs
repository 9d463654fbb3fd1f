//! What each audience sees of a shift: one type per audience, each built field by field.

mod agency;
mod changes;
mod client;
pub mod fields;
mod staff;

pub use agency::{
    AgencyPositionView, AgencyShiftView, BookingPolicyView, BookingView, ReplacementView, SplitView, TagView,
    WorkerView, agency_shift, booking, booking_policy, pay_schema, worker,
};
pub use changes::{CancellationView, ChangesView, ClientCancellationView};
pub use client::{
    ClientPositionView, ClientShiftView, LeadView, TeamMemberView, client_shift, seen_by_client, sees_team,
};
pub use staff::{
    AttentionView, MyStaffView, StaffPreferenceView, StaffPreferencesView, SuggestedWorkerView,
    SuggestionsView, attention, my_staff, staff_preferences, suggestion,
};
