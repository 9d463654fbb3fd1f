//! What happened to shifts, bookings and workers: ids only, no names, no phones, no pay.

use serde::Serialize;

use super::model::{Booking, BookingState, CancelledBy, Preference, Shift};
use crate::engine::{EventBody, Subject};
use crate::values::{AgencyId, BookingId, ClientId, Instant, PreferenceId, ProjectId, ShiftId, WorkerId};

/// What became of a booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BookingChange {
    Proposed,
    Invited,
    Confirmed,
    Reconfirmed,
    Declined,
    Cancelled,
    Replaced,
    NoShow,
    /// The shift changed, so the worker is asked again.
    AskedAgain,
    /// The worker said once more that it stays so.
    ConfirmedAgain,
    /// Nobody answered in time. Written with the next change of the shift.
    Lapsed,
    CheckedIn,
    CheckInUndone,
    CheckedOut,
    CheckOutUndone,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BookingEvent {
    #[serde(skip)]
    change: BookingChange,
    shift: ShiftId,
    client: Option<ClientId>,
    project: ProjectId,
    booking: BookingId,
    worker: WorkerId,
    state: BookingState,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<BookingId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelled_by: Option<CancelledBy>,
    /// When the worker came or left, as the host said.
    #[serde(skip_serializing_if = "Option::is_none")]
    happened_at: Option<Instant>,
}

impl BookingEvent {
    pub fn of(shift: &Shift, booking: &Booking, change: BookingChange) -> Self {
        Self {
            change,
            shift: shift.id,
            client: shift.client,
            project: shift.project,
            booking: booking.id,
            worker: booking.worker,
            state: booking.state,
            replaced_by: booking.replaced_by,
            cancelled_by: booking.cancelled_by,
            happened_at: match change {
                BookingChange::CheckedIn => booking.arrival.map(|arrival| arrival.at),
                BookingChange::CheckedOut => booking.departure.map(|departure| departure.at),
                _ => None,
            },
        }
    }
}

impl EventBody for BookingEvent {
    fn name(&self) -> &'static str {
        match self.change {
            BookingChange::Proposed => "booking_proposed",
            BookingChange::Invited => "booking_invited",
            BookingChange::Confirmed => "booking_confirmed",
            BookingChange::Reconfirmed => "booking_reconfirmed",
            BookingChange::Declined => "booking_declined",
            BookingChange::Cancelled => "booking_cancelled",
            BookingChange::Replaced => "booking_replaced",
            BookingChange::NoShow => "booking_no_show",
            BookingChange::AskedAgain => "booking_asked_again",
            BookingChange::ConfirmedAgain => "booking_confirmed_again",
            BookingChange::Lapsed => "booking_lapsed",
            BookingChange::CheckedIn => "booking_checked_in",
            BookingChange::CheckInUndone => "booking_check_in_undone",
            BookingChange::CheckedOut => "booking_checked_out",
            BookingChange::CheckOutUndone => "booking_check_out_undone",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("shift", self.shift)
    }
}

/// What became of a shift.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShiftChange {
    LeadNamed,
    TagsSet,
    Moved,
    /// Note or break; nobody is asked again.
    Edited,
    Cancelled,
    /// The cancellation was undone.
    Restored,
    /// Skills, roles or headcounts.
    PositionsChanged,
    SiteChanged,
    Split,
    Merged,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShiftEvent {
    #[serde(skip)]
    change: ShiftChange,
    shift: ShiftId,
    client: Option<ClientId>,
    project: ProjectId,
    revision: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<BookingId>,
}

impl ShiftEvent {
    pub fn of(shift: &Shift, change: ShiftChange) -> Self {
        Self {
            change,
            shift: shift.id,
            client: shift.client,
            project: shift.project,
            revision: shift.revision,
            lead: shift.lead,
        }
    }
}

impl EventBody for ShiftEvent {
    fn name(&self) -> &'static str {
        match self.change {
            ShiftChange::LeadNamed => "shift_lead_named",
            ShiftChange::TagsSet => "shift_tags_set",
            ShiftChange::Moved => "shift_moved",
            ShiftChange::Edited => "shift_edited",
            ShiftChange::Cancelled => "shift_cancelled",
            ShiftChange::Restored => "shift_restored",
            ShiftChange::PositionsChanged => "shift_positions_changed",
            ShiftChange::SiteChanged => "shift_site_changed",
            ShiftChange::Split => "shift_split",
            ShiftChange::Merged => "shift_merged",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("shift", self.shift)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum WorkerEvent {
    Created { worker: WorkerId },
    Updated { worker: WorkerId, archived: bool },
}

impl EventBody for WorkerEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "worker_created",
            Self::Updated { .. } => "worker_updated",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { worker } | Self::Updated { worker, .. } => Subject::new("worker", worker),
        }
    }
}

/// The agency's own settings, and what a client thinks of a worker: nobody but the agency reads these.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum StaffEvent {
    PolicySet {
        #[serde(skip)]
        agency: AgencyId,
    },
    PreferenceSet {
        client: ClientId,
        entry: PreferenceId,
        worker: WorkerId,
        preference: Preference,
    },
    PreferenceRemoved {
        client: ClientId,
        entry: PreferenceId,
        worker: WorkerId,
    },
}

impl EventBody for StaffEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::PolicySet { .. } => "booking_policy_set",
            Self::PreferenceSet { .. } => "staff_preference_set",
            Self::PreferenceRemoved { .. } => "staff_preference_removed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::PolicySet { agency } => Subject::new("agency", agency),
            Self::PreferenceSet { client, .. } | Self::PreferenceRemoved { client, .. } => {
                Subject::new("client", client)
            }
        }
    }
}
