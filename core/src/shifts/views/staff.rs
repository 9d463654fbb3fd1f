//! Who is suggested, who needs attention, and whom a client prefers or refuses: the agency's view and the client's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::agency::{self, BookingView};
use crate::access::Grant;
use crate::privacy::{Fact, Facts, Shown};
use crate::shifts::model::{Booking, Preference, Shift, StaffPreference, StaffPreferences, Worker};
use crate::shifts::rules::Times;
use crate::values::{ClientId, Instant, PreferenceId, ProjectId, ShiftId, SkillId, Text, UserId, WorkerId};

/// A worker who could be booked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SuggestedWorkerView {
    pub worker: WorkerId,
    pub name: Text<120>,
    pub skills: Vec<SkillId>,
    /// The client would like to see this worker again.
    pub preferred: bool,
}

/// Workers who could be booked, those first whom the client prefers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SuggestionsView {
    pub items: Vec<SuggestedWorkerView>,
    /// Where the list goes on; null at its end.
    pub next: Option<String>,
}

pub fn suggestion(_: &Grant, worker: Worker, preferred: bool) -> SuggestedWorkerView {
    let (id, name, skills) = (worker.id, worker.name, worker.skills.into_vec());
    SuggestedWorkerView { worker: id, name, skills, preferred }
}

/// A shift with the bookings that somebody should look at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AttentionView {
    pub shift: ShiftId,
    pub project: ProjectId,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub site_name: Text<120>,
    pub bookings: Vec<BookingView>,
}

pub fn attention(grant: &Grant, shift: &Shift, bookings: Vec<Booking>, now: Instant) -> AttentionView {
    let times = Times::of(shift);
    AttentionView {
        shift: shift.id,
        project: shift.project,
        starts_at: shift.starts_at,
        ends_at: shift.ends_at,
        site_name: shift.site_name.clone(),
        bookings: bookings.into_iter().map(|booking| agency::booking(grant, times, booking, now)).collect(),
    }
}

/// A worker whom a client prefers or refuses, as the agency sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StaffPreferenceView {
    pub id: PreferenceId,
    pub worker: WorkerId,
    pub preference: Preference,
    /// Whoever of the client said so; null if the agency did.
    pub by: Option<UserId>,
    pub at: Instant,
}

/// All of one client's, as the agency sees them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StaffPreferencesView {
    pub client: ClientId,
    pub list: Vec<StaffPreferenceView>,
}

pub fn staff_preferences(_: &Grant, preferences: &StaffPreferences) -> StaffPreferencesView {
    let view = |entry: &StaffPreference| StaffPreferenceView {
        id: entry.id,
        worker: entry.worker,
        preference: entry.preference,
        by: entry.by,
        at: entry.at,
    };
    StaffPreferencesView { client: preferences.client, list: preferences.list.iter().map(view).collect() }
}

/// A worker whom the client prefers or refuses, as its people see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MyStaffView {
    pub id: PreferenceId,
    pub name: Text<120>,
    pub preference: Preference,
    pub at: Instant,
}

/// Whom the view shows is noted in `shown`.
pub fn my_staff(_: &Grant, entry: &StaffPreference, worker: &Worker, shown: &mut Shown) -> MyStaffView {
    shown.worker(worker.id, Facts::of(Fact::NamedByClient));
    MyStaffView { id: entry.id, name: worker.name.clone(), preference: entry.preference, at: entry.at }
}
