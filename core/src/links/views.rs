//! A link as those see it who manage a client's people, and what its holder sees of a project.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Link, LinkTarget};
use super::rules::{LinkStatus, Standing, source_shown, status, taken_back, uses_left};
use crate::access::{Grant, LinkToken};
use crate::projects::model::Project;
use crate::shifts::model::Shift;
use crate::shifts::rules::{Fill, fill, progress};
use crate::values::{
    ClientId, Email, Instant, LinkId, LocalTime, OneTimeSecret, PageUrl, ProjectId, Source, UserId, Zone,
};

/// What a link is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// Whoever of the client opens it joins the portal.
    InviteClient,
    /// One person joins the portal.
    InvitePerson,
    /// Whoever holds it sees a project.
    ShowProject,
    /// Whoever has it reads the public page of a project.
    PublicPage,
}

/// A link and what became of it. It opens nothing: the secret is not kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LinkView {
    pub id: LinkId,
    pub client: ClientId,
    pub purpose: LinkPurpose,
    pub status: LinkStatus,
    /// The invited person, for a link that is one person's.
    pub user: Option<UserId>,
    /// The address that the link is bound to.
    pub to: Option<Email>,
    /// The project that the link shows.
    pub project: Option<ProjectId>,
    pub sent_at: Instant,
    /// Whether the host sent the mail at once, or it was handed over.
    pub send_now: bool,
    pub expires_at: Instant,
    /// How often it could be used in all; null for no such limit.
    pub uses: Option<u32>,
    pub uses_left: Option<u32>,
    pub used: u32,
    pub last_used_at: Option<Instant>,
    /// Where the last use came from, for 90 days.
    pub last_source: Option<Source>,
    pub passcode: bool,
    pub wrong_passcodes: u32,
    /// When it ended before its time, if it did.
    pub ended_at: Option<Instant>,
}

pub fn link(grant: &Grant, link: &Link, standing: &Standing) -> LinkView {
    let (purpose, to, project) = match &link.target {
        LinkTarget::Client { .. } => (LinkPurpose::InviteClient, None, None),
        LinkTarget::User { email, .. } => (LinkPurpose::InvitePerson, Some(email.clone()), None),
        LinkTarget::Project { project, .. } => (LinkPurpose::ShowProject, None, Some(*project)),
        LinkTarget::Public { project, .. } => (LinkPurpose::PublicPage, None, Some(*project)),
    };
    // To the client's people, a project that was taken back is none.
    let is_hidden = grant.is_client_side() && taken_back(link, standing.project);
    let project = project.filter(|_| !is_hidden);
    let status = status(link, standing);
    LinkView {
        id: link.id,
        client: link.target.client(),
        purpose,
        status,
        user: link.target.user(),
        to,
        project,
        sent_at: link.created_at,
        send_now: link.send_now,
        expires_at: link.expires_at,
        uses: link.uses,
        uses_left: uses_left(link, status),
        used: link.used,
        last_used_at: link.last_used_at,
        last_source: source_shown(link, standing.now).cloned(),
        passcode: link.passcode.is_some(),
        wrong_passcodes: link.wrong_passcodes,
        ended_at: link.ended.map(|end| end.at),
    }
}

/// A link that shows a project. It is handed out once; a retry finds null.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SharedLinkView {
    /// What `links.expire` takes. It opens nothing.
    pub id: LinkId,
    pub client: ClientId,
    pub project: ProjectId,
    /// What `links.open` takes.
    pub token: OneTimeSecret,
    /// The page with the token behind `#`.
    pub link: OneTimeSecret,
    pub expires_at: Instant,
    pub uses: Option<u32>,
    /// Whether opening asks for a passcode.
    pub passcode: bool,
}

/// The link as whoever makes it hands it out: the only time that its secret is told.
pub fn shared_link(
    _: &Grant,
    link: &Link,
    project: ProjectId,
    token: &LinkToken,
    page: &PageUrl,
) -> SharedLinkView {
    let token = token.text();
    SharedLinkView {
        id: link.id,
        client: link.target.client(),
        project,
        link: OneTimeSecret::new(format!("{page}#{token}")),
        token: OneTimeSecret::new(token),
        expires_at: link.expires_at,
        uses: link.uses,
        passcode: link.passcode.is_some(),
    }
}

/// What is kept of the reply, and what a retry finds.
pub fn without_secrets(mut reply: SharedLinkView) -> SharedLinkView {
    reply.token = OneTimeSecret::handed_out();
    reply.link = OneTimeSecret::handed_out();
    reply
}

/// What somebody who holds a link may know before opening it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SharedLinkPreview {
    pub agency_name: String,
    pub passcode_needed: bool,
    pub expires_at: Instant,
}

/// A link that was opened: the host keeps its id and claims its holder as actor.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LinkOpened {
    pub link: LinkId,
    pub expires_at: Instant,
}

/// A project as the holder of a link sees it: nobody's name, no place, no price, no id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SharedProjectView {
    pub name: String,
    /// By start; cancelled ones are left out.
    pub shifts: Vec<SharedShiftView>,
    pub expires_at: Instant,
    /// Always true: the page is for its holder and for no search engine.
    pub noindex: bool,
}

/// A shift as the holder of a link sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SharedShiftView {
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// The same span as the clock at the site shows it.
    pub local_start: LocalTime,
    pub local_end: LocalTime,
    pub zone: Zone,
    /// How many are wanted.
    pub headcount: u32,
    /// How many have confirmed.
    pub confirmed: u32,
    pub fill: Fill,
}

pub fn shared_project(
    _: &Grant,
    project: &Project,
    shifts: &[Shift],
    expires_at: Instant,
    now: Instant,
) -> SharedProjectView {
    let of_shift = |shift: &Shift| {
        let progress = progress(shift, now);
        SharedShiftView {
            starts_at: shift.starts_at,
            ends_at: shift.ends_at,
            local_start: shift.local_start,
            local_end: shift.local_end,
            zone: shift.zone.clone(),
            headcount: progress.requested,
            confirmed: progress.confirmed,
            fill: fill(shift),
        }
    };
    SharedProjectView {
        name: project.name.to_string(),
        shifts: shifts.iter().filter(|shift| shift.cancelled_at.is_none()).map(of_shift).collect(),
        expires_at,
        noindex: true,
    }
}
