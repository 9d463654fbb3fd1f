//! What happened to shifts, bookings and workers: ids only, no names, no phones, no pay.

use serde::Serialize;

use super::model::{Booking, BookingState, Shift};
use crate::engine::{EventBody, Subject};
use crate::values::{BookingId, ClientId, ProjectId, ShiftId, WorkerId};

/// What became of a booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BookingChange {
    Invited,
    Confirmed,
    Reconfirmed,
    Declined,
    Cancelled,
    Replaced,
    NoShow,
    /// The shift changed, so the worker is asked again.
    AskedAgain,
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
        }
    }
}

impl EventBody for BookingEvent {
    fn name(&self) -> &'static str {
        match self.change {
            BookingChange::Invited => "booking_invited",
            BookingChange::Confirmed => "booking_confirmed",
            BookingChange::Reconfirmed => "booking_reconfirmed",
            BookingChange::Declined => "booking_declined",
            BookingChange::Cancelled => "booking_cancelled",
            BookingChange::Replaced => "booking_replaced",
            BookingChange::NoShow => "booking_no_show",
            BookingChange::AskedAgain => "booking_asked_again",
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
