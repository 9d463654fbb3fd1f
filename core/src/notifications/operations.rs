//! Reading what one is told, and saying that it has been read.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Audience, Notification};
use super::rules;
use super::views::{self, NotificationView};
use crate::access::{Grant, Page, PageRequest, Permission, Place, Scope, authorize, page, prefetch_page};
use crate::candidates::model::Candidate;
use crate::engine::{Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::values::{Bounded, CandidateId, ClientId, NotificationId, ProjectId};

/// What the reader is told, newest first; what the reader did or cannot reach is left out, so a page may be shorter than
/// its limit. So is what tells of a project that is not shared with the client.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListNotifications {
    /// The client whose people are told; without it, the agency's.
    #[serde(default)]
    pub client: Option<ClientId>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListNotifications {
    const NAME: &'static str = "notifications.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<NotificationView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<NotificationView>> {
        let audience = self.client.map_or(Audience::Agency, Audience::Client);
        let want = Want::range::<Notification>("by_audience", vec![audience.key().into()], 0).newest_first();
        prefetch_page::<Notification>(tx, &self.page, &want, [])?;
        let grant = reader(tx, audience)?;
        let (notifications, next) = page::<Notification>(tx, &self.page, want)?;
        let hidden = hidden(tx, &grant, audience, &notifications)?;
        let locale = tx.locale();
        let mut items = Vec::with_capacity(notifications.len());
        for notification in &notifications {
            if is_told(&grant, notification, &hidden) && is_still_there(tx, &grant, notification)? {
                items.push(views::notification(&grant, notification, locale));
            }
        }
        Ok(Page { items, next })
    }
}

/// Marks notifications as read by the person who calls.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkRead {
    /// The client whose people were told; without it, the agency's.
    #[serde(default)]
    pub client: Option<ClientId>,
    pub notifications: Bounded<NotificationId, 200>,
}

/// How many were marked now and not before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MarkedRead {
    pub marked: u32,
}

impl Operation for MarkRead {
    const NAME: &'static str = "notifications.mark_read";
    const EFFECT: Effect = Effect::Command;
    type Reply = MarkedRead;

    fn run(&self, tx: &mut Tx) -> Run<MarkedRead> {
        tx.prefetch(self.notifications.iter().map(Want::record::<Notification>))?;
        let audience = self.client.map_or(Audience::Agency, Audience::Client);
        let grant = reader(tx, audience)?;
        let Some(reader) = grant.actor().person() else { return Ok(MarkedRead { marked: 0 }) };
        let found: Run<Vec<Notification>> = self.notifications.iter().map(|id| tx.get(id)).collect();
        let mut found = found?;
        found.retain(|notification| notification.audience == audience);
        let hidden = hidden(tx, &grant, audience, &found)?;
        let mut marked = 0;
        for id in &self.notifications {
            let mut notification: Notification = tx.get(id)?;
            let is_theirs = notification.audience == audience && is_told(&grant, &notification, &hidden);
            if !is_theirs || !is_still_there(tx, &grant, &notification)? {
                return Err(Refusal::not_found().into());
            }
            if !notification.read_by.contains(&reader) {
                notification.read_by.push(reader);
                tx.put(&grant, &notification)?;
                marked += 1;
            }
        }
        Ok(MarkedRead { marked })
    }
}

/// The projects that these tell of and that their client may not know of any more. There is no end of notices, so what
/// was told once is not rewritten when a project is taken back: its row is read with them.
///
/// Of what the reader would not be told anyway nothing is read, so that no load tells of it. The candidates whom the
/// others are about come in the same round.
fn hidden(
    tx: &mut Tx,
    grant: &Grant,
    audience: Audience,
    notifications: &[Notification],
) -> Run<BTreeSet<ProjectId>> {
    let mut hidden = BTreeSet::new();
    let Audience::Client(client) = audience else { return Ok(hidden) };
    let told = || notifications.iter().filter(|notification| is_told(grant, notification, &BTreeSet::new()));
    // A candidate carries what its job's project decides.
    let others = told().filter(|notification| notification.notice.candidate().is_none());
    let mut projects: BTreeSet<ProjectId> =
        others.filter_map(|notification| notification.notice.place().project).collect();
    let candidates = told().filter_map(shown_candidate).map(Want::record::<Candidate>);
    tx.prefetch(projects.iter().map(Want::record::<Project>).chain(candidates))?;
    while let Some(id) = projects.pop_first() {
        let project: Option<Project> = tx.find(id)?;
        if project.and_then(|project| project.seen_by()) != Some(client) {
            hidden.insert(id);
        }
    }
    Ok(hidden)
}

/// What is out of the reader's reach is not told, nor what the reader did, nor what a hidden project would tell of
/// itself. Of a mandate there is still to tell: it stays where it was, without its project.
fn is_told(grant: &Grant, notification: &Notification, hidden: &BTreeSet<ProjectId>) -> bool {
    let needed = notification.notice.needs().filter(|_| grant.is_client_side());
    let place = notification.notice.place();
    let is_hidden = place.project.is_some_and(|project| hidden.contains(&project));
    let place = if is_hidden { Place { project: None, ..place } } else { place };
    rules::is_for(notification, grant.actor())
        && (!is_hidden || notification.notice.mandate().is_some())
        && grant.reaches(&place)
        && needed.is_none_or(|needed| grant.holds(needed))
}

/// The candidate whom clients must still see to be told of what was done.
fn shown_candidate(notification: &Notification) -> Option<CandidateId> {
    let about = notification.notice.candidate()?;
    matches!(notification.audience, Audience::Client(_)).then_some(about.candidate)
}

/// A candidate who was taken off, or whose job was, is not there for clients any more, so nothing tells of it.
fn is_still_there(tx: &mut Tx, grant: &Grant, notification: &Notification) -> Run<bool> {
    let Some(id) = shown_candidate(notification) else { return Ok(true) };
    let candidate: Option<Candidate> = tx.find(id)?;
    Ok(candidate.is_some_and(|one| one.place().is_some_and(|place| grant.reaches(&place))))
}

fn reader(tx: &mut Tx, audience: Audience) -> Run<Grant> {
    match audience {
        Audience::Client(client) => authorize(tx, Permission::ViewOrders, Scope::Client(client)),
        Audience::Agency => authorize(tx, Permission::ViewAgency, Scope::Agency),
    }
}
