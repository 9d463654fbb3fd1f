//! Shifts, bookings and workers as the agency works with them: names, phones and pay included.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::changes::{CancellationView, cancellation};
use crate::access::Grant;
use crate::clients::model::SiteContact;
use crate::shifts::model::{
    Booking, BookingPolicy, BookingState, CancelledBy, Position, Role, Shift, SkillRule, Tag, Worker,
};
use crate::shifts::rules::{self, Fill, Progress, ShiftStatus, Times};
use crate::values::{
    BookingId, ChangeRequestId, ClientId, HostId, Instant, LocalTime, MandateId, Pay, Phone, Picture,
    PositionId, ProjectId, ScheduleId, ShiftId, SiteId, SkillId, Text, WorkerId, Zone, pay_for_agency,
};
use crate::visibility::TeamSharing;

/// A shift with everything that the agency plans with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgencyShiftView {
    pub id: ShiftId,
    /// Null for a project that has no client yet.
    pub client: Option<ClientId>,
    pub project: ProjectId,
    pub schedule: ScheduleId,
    pub mandate: Option<MandateId>,
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// The same span as the clock at the site shows it.
    pub local_start: LocalTime,
    pub local_end: LocalTime,
    pub zone: Zone,
    /// Unpaid.
    pub break_minutes: u32,
    pub site: SiteId,
    pub site_name: Text<120>,
    pub site_address: Option<Text<500>>,
    pub note: Option<Text<2000>>,
    /// Whom to ask for on site.
    pub contact: Option<SiteContact>,
    pub tags: Vec<TagView>,
    pub status: ShiftStatus,
    pub fill: Fill,
    pub progress: Progress,
    pub positions: Vec<AgencyPositionView>,
    /// The booking whose worker leads the shift.
    pub lead: Option<BookingId>,
    /// Whether the client sees the project, and this shift with it.
    pub shared: bool,
    /// How the client sees the team.
    pub team: TeamSharing,
    pub cancelled_at: Option<Instant>,
    pub cancellation: Option<CancellationView>,
    /// Whether the client can ask for every kind of change: one position, one span, no part of something split.
    pub atomic: bool,
    /// The shift that was ordered, if this is a part of it.
    pub part_of: Option<ShiftId>,
    /// The change request that waits for this shift.
    pub open_change: Option<ChangeRequestId>,
    /// Rises with each edit of the shift; not with bookings.
    pub revision: u32,
    pub host_id: Option<HostId>,
}

/// A skill, a role, how many, and every booking that there ever was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgencyPositionView {
    pub id: PositionId,
    pub skill: SkillId,
    pub skill_name: Text<120>,
    pub role: Role,
    pub headcount: u32,
    pub confirmed: u32,
    pub fill: Fill,
    pub bookings: Vec<BookingView>,
}

/// A worker in a position.
// Facts that are true or not each by itself: an enum of their combinations would say less.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BookingView {
    pub id: BookingId,
    pub worker: WorkerId,
    pub name: Text<120>,
    pub phone: Option<Phone>,
    pub picture: Option<Picture>,
    pub state: BookingState,
    /// What the worker earns an hour, if the agency said.
    #[serde(with = "pay_for_agency", default)]
    #[schemars(schema_with = "pay_schema")]
    pub pay: Option<Pay>,
    /// The booking that took this one's place.
    pub replaced_by: Option<BookingId>,
    pub cancelled_by: Option<CancelledBy>,
    pub changed_at: Instant,
    /// From this instant on the invitation has lapsed, unless it is answered.
    pub answer_by: Option<Instant>,
    /// When the worker last said yes.
    pub confirmed_at: Option<Instant>,
    /// The worker said yes more than 72 hours ago and the shift starts within 24: ask once more.
    pub confirm_again: bool,
    /// The shift has been running for five minutes and the worker has not come.
    pub late: bool,
    pub checked_in_at: Option<Instant>,
    /// The worker came later than the policy's grace.
    pub came_late: bool,
    pub checked_out_at: Option<Instant>,
    /// The worker left earlier than the policy's grace.
    pub left_early: bool,
    /// The worker did not hold the position's skill when booked.
    pub lacks_skill: bool,
}

/// When people may check in and out, in minutes, and what a missing skill means.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BookingPolicyView {
    pub check_in_before: u32,
    pub late_after: u32,
    pub early_before: u32,
    pub check_out_after: u32,
    pub skills: SkillRule,
}

/// What a shift was split into.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SplitView {
    pub shift: AgencyShiftView,
    /// Null if the shift was split into groups alone.
    pub new: Option<AgencyShiftView>,
}

/// Who went and who came.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReplacementView {
    pub replaced: BookingView,
    pub booking: BookingView,
}

/// A word on a shift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TagView {
    pub text: Text<60>,
    /// Whether the client sees it.
    pub visible_to_client: bool,
}

/// A person who works shifts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WorkerView {
    pub id: WorkerId,
    pub name: Text<120>,
    pub phone: Option<Phone>,
    pub picture: Option<Picture>,
    pub skills: Vec<SkillId>,
    /// An archived worker gets no new bookings.
    pub archived: bool,
    pub host_id: Option<HostId>,
}

/// Pay has no schema of its own, so that no client view gets one by accident; agency views name this.
pub fn pay_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "null"], "format": "decimal" })
}

/// Takes the shift apart, so that a page of a thousand copies no text.
pub fn agency_shift(grant: &Grant, mut shift: Shift, now: Instant) -> AgencyShiftView {
    shift.lapse(now);
    let times = Times::of(&shift);
    AgencyShiftView {
        status: rules::status(&shift, now),
        fill: rules::fill(&shift),
        progress: rules::progress(&shift, now),
        cancellation: cancellation(&shift),
        atomic: rules::is_atomic(&shift),
        part_of: shift.part.map(|part| part.of),
        open_change: shift.open_change,
        id: shift.id,
        client: shift.client,
        project: shift.project,
        schedule: shift.schedule,
        mandate: shift.mandate,
        starts_at: shift.starts_at,
        ends_at: shift.ends_at,
        local_start: shift.local_start,
        local_end: shift.local_end,
        zone: shift.zone,
        break_minutes: shift.break_minutes,
        site: shift.site,
        site_name: shift.site_name,
        site_address: shift.site_address,
        note: shift.note,
        contact: shift.contact,
        tags: shift.tags.into_iter().map(tag).collect(),
        positions: shift.positions.into_iter().map(|each| position(grant, times, each, now)).collect(),
        lead: shift.lead,
        shared: shift.shared,
        team: shift.team,
        cancelled_at: shift.cancelled_at,
        revision: shift.revision,
        host_id: shift.host_id,
    }
}

fn tag(tag: Tag) -> TagView {
    TagView { text: tag.text, visible_to_client: tag.visible_to_client }
}

fn position(grant: &Grant, times: Times, position: Position, now: Instant) -> AgencyPositionView {
    AgencyPositionView {
        confirmed: rules::confirmed_in(&position),
        fill: rules::fill_of_position(&position),
        id: position.id,
        skill: position.skill,
        skill_name: position.skill_name,
        role: position.role,
        headcount: position.headcount,
        bookings: position.bookings.into_iter().map(|each| booking(grant, times, each, now)).collect(),
    }
}

/// A booking of a shift with these times.
pub fn booking(_: &Grant, times: Times, booking: Booking, now: Instant) -> BookingView {
    BookingView {
        state: booking.state_at(now),
        confirm_again: rules::is_to_confirm_again(times, &booking, now),
        late: rules::is_late(times, &booking, now),
        id: booking.id,
        worker: booking.worker,
        name: booking.name,
        phone: booking.phone,
        picture: booking.picture,
        pay: booking.pay,
        replaced_by: booking.replaced_by,
        cancelled_by: booking.cancelled_by,
        changed_at: booking.changed_at,
        answer_by: booking.answer_by,
        confirmed_at: booking.confirmed_at,
        checked_in_at: booking.arrival.map(|arrival| arrival.at),
        came_late: booking.arrival.is_some_and(|arrival| arrival.late),
        checked_out_at: booking.departure.map(|departure| departure.at),
        left_early: booking.departure.is_some_and(|departure| departure.early),
        lacks_skill: booking.lacks_skill,
    }
}

pub fn booking_policy(_: &Grant, policy: &BookingPolicy) -> BookingPolicyView {
    BookingPolicyView {
        check_in_before: policy.check_in_before.get(),
        late_after: policy.late_after.get(),
        early_before: policy.early_before.get(),
        check_out_after: policy.check_out_after.get(),
        skills: policy.skills,
    }
}

pub fn worker(_: &Grant, worker: Worker) -> WorkerView {
    WorkerView {
        id: worker.id,
        name: worker.name,
        phone: worker.phone,
        picture: worker.picture,
        skills: worker.skills.into_vec(),
        archived: worker.archived,
        host_id: worker.host_id,
    }
}
