//! The shift as its client sees it. Nothing here can hold pay: it implements no `Serialize`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::changes::{ChangesView, ClientCancellationView, changes, client_cancellation};
use crate::access::{Grant, Permission};
use crate::clients::model::SiteContact;
use crate::privacy::{Fact, Facts, Shown};
use crate::shifts::model::{Booking, Position, Role, Shift};
use crate::shifts::rules::{self, Fill, Progress, ShiftStatus, Terms};
use crate::values::{
    BookingId, Instant, LocalTime, MandateId, Phone, Picture, PositionId, ProjectId, ScheduleId, ShiftId,
    SiteId, SkillId, Text, Zone,
};
use crate::visibility::{self, Audience, ShiftState, TeamSharing};

/// A shift as its client sees it: when, where, who is wanted, and who comes as far as that is shared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientShiftView {
    pub id: ShiftId,
    pub project: ProjectId,
    pub schedule: ScheduleId,
    /// The order that the shift came from.
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
    /// The tags that are marked for the client.
    pub tags: Vec<Text<60>>,
    pub status: ShiftStatus,
    pub fill: Fill,
    pub progress: Progress,
    pub positions: Vec<ClientPositionView>,
    /// The confirmed workers, or null while the team is not shared.
    pub team: Option<Vec<TeamMemberView>>,
    /// Who leads the shift, once the team is shared and the lead has confirmed.
    pub lead: Option<LeadView>,
    /// How it was called off, if it was.
    pub cancellation: Option<ClientCancellationView>,
    /// Whether changes can be asked for.
    pub changes: ChangesView,
    /// Rises with each edit of the shift.
    pub revision: u32,
}

/// A skill, a role, how many, and how many have confirmed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientPositionView {
    pub id: PositionId,
    pub skill: SkillId,
    pub skill_name: Text<120>,
    pub role: Role,
    pub headcount: u32,
    pub confirmed: u32,
    pub fill: Fill,
}

/// Somebody who comes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TeamMemberView {
    /// What `my_staff.name` takes, to say that this worker is preferred or refused.
    pub booking: BookingId,
    pub name: Text<120>,
    /// Null unless pictures are shared.
    pub picture: Option<Picture>,
    pub position: PositionId,
}

/// Who leads the shift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadView {
    pub name: Text<120>,
    /// Until the end of the shift; then null.
    pub phone: Option<Phone>,
}

const CLIENT: Audience = Audience::Client;

/// Takes the shift apart, so that a page of a thousand copies no text. `terms` are needed for a shift that is split.
/// Whom the view shows is noted in `shown`.
pub fn client_shift(
    grant: &Grant,
    mut shift: Shift,
    terms: Option<&Terms>,
    now: Instant,
    shown: &mut Shown,
) -> ClientShiftView {
    shift.lapse(now);
    let state = shift.state();
    let (status, fill) = (rules::status(&shift, now), rules::fill(&shift));
    let progress = rules::progress(&shift, now);
    let lead = lead(grant, &shift, &state, now, shown);
    let (cancellation, changes) = (client_cancellation(&shift), changes(grant, &shift, terms, now));
    let tags = shift.tags.into_iter().filter(|tag| visibility::tag(CLIENT, tag.visible_to_client));
    let mut team = sees_team(grant, &state).then(Vec::new);
    let sharing = shift.team;
    let positions =
        shift.positions.into_iter().map(|position| take_position(position, sharing, team.as_mut(), shown));
    ClientShiftView {
        id: shift.id,
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
        tags: tags.map(|tag| tag.text).collect(),
        status,
        fill,
        progress,
        positions: positions.collect(),
        team,
        lead,
        cancellation,
        changes,
        revision: shift.revision,
    }
}

/// The position's view; who has confirmed goes to the team, if there is one to see.
fn take_position(
    position: Position,
    sharing: TeamSharing,
    team: Option<&mut Vec<TeamMemberView>>,
    shown: &mut Shown,
) -> ClientPositionView {
    let view = ClientPositionView {
        id: position.id,
        skill: position.skill,
        role: position.role,
        headcount: position.headcount,
        confirmed: rules::confirmed_in(&position),
        fill: rules::fill_of_position(&position),
        skill_name: position.skill_name,
    };
    if let Some(team) = team {
        let seen = position.bookings.into_iter().filter(seen_by_client);
        team.extend(seen.map(|booking| {
            let picture = booking.picture.filter(|_| visibility::picture(CLIENT, sharing));
            let facts = Facts::of(Fact::TeamName).and(Fact::TeamPicture, picture.is_some());
            shown.worker(booking.worker, facts);
            TeamMemberView { booking: booking.id, name: booking.name, picture, position: view.id }
        }));
    }
    view
}

/// Whether a client sees this booking in a team that is shared.
pub fn seen_by_client(booking: &Booking) -> bool {
    visibility::team_member(CLIENT, booking.state.is_of_team())
}

/// Whether whoever this is for sees the shift's team.
pub fn sees_team(grant: &Grant, state: &ShiftState) -> bool {
    grant.holds(Permission::ViewTeam) && visibility::team(CLIENT, state)
}

fn lead(
    grant: &Grant,
    shift: &Shift,
    state: &ShiftState,
    now: Instant,
    shown: &mut Shown,
) -> Option<LeadView> {
    let id = shift.lead.filter(|_| sees_team(grant, state))?;
    let booking = shift.bookings().find(|booking| booking.id == id && seen_by_client(booking))?;
    let phone = booking
        .phone
        .clone()
        .filter(|_| grant.holds(Permission::SeePhones) && visibility::lead_phone(CLIENT, state, now));
    shown.worker(booking.worker, Facts::of(Fact::TeamName).and(Fact::LeadPhone, phone.is_some()));
    Some(LeadView { name: booking.name.clone(), phone })
}
