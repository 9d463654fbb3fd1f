//! Reading what one is told, and saying that it has been read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Audience, Notification};
use super::rules;
use super::views::{self, NotificationView};
use crate::access::{Grant, Page, PageRequest, Permission, Scope, authorize, page, prefetch_page};
use crate::candidates::model::Candidate;
use crate::engine::{Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::values::{Bounded, ClientId, NotificationId};

/// What the reader is told, newest first; what the reader did or cannot reach is left out, so a page may be shorter than its limit.
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
        let mut want = Want::range::<Notification>("by_audience", vec![audience.key().into()], 0);
        if let Want::Range { descending, .. } = &mut want {
            *descending = true;
        }
        prefetch_page::<Notification>(tx, &self.page, &want, [])?;
        let grant = reader(tx, audience)?;
        let (mut notifications, next) = page::<Notification>(tx, &self.page, want)?;
        let locale = tx.locale();
        notifications.retain(|notification| is_told(&grant, notification));
        tx.prefetch(notifications.iter().filter_map(shown_candidate))?;
        let mut items = Vec::with_capacity(notifications.len());
        for notification in &notifications {
            if is_still_there(tx, &grant, notification)? {
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
        let mut marked = 0;
        for id in &self.notifications {
            let mut notification: Notification = tx.get(id)?;
            let is_theirs = notification.audience == audience && is_told(&grant, &notification);
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

/// What is out of the reader's reach is not told, nor what the reader did.
fn is_told(grant: &Grant, notification: &Notification) -> bool {
    let needed = notification.notice.needs().filter(|_| grant.is_client_side());
    rules::is_for(notification, grant.actor())
        && grant.reaches(&notification.notice.place())
        && needed.is_none_or(|needed| grant.holds(needed))
}

/// The candidate whom clients must still see to be told of what was done.
fn shown_candidate(notification: &Notification) -> Option<Want> {
    let about = notification.notice.candidate();
    let about = about.filter(|_| matches!(notification.audience, Audience::Client(_)));
    about.map(|about| Want::record::<Candidate>(about.candidate))
}

/// A candidate who was taken off, or whose job was, is not there for clients any more, so nothing tells of it.
fn is_still_there(tx: &mut Tx, grant: &Grant, notification: &Notification) -> Run<bool> {
    if shown_candidate(notification).is_none() {
        return Ok(true);
    }
    let Some(about) = notification.notice.candidate() else { return Ok(true) };
    let candidate: Option<Candidate> = tx.find(about.candidate)?;
    Ok(candidate.is_some_and(|one| one.place().is_some_and(|place| grant.reaches(&place))))
}

fn reader(tx: &mut Tx, audience: Audience) -> Run<Grant> {
    match audience {
        Audience::Client(client) => authorize(tx, Permission::ViewOrders, Scope::Client(client)),
        Audience::Agency => authorize(tx, Permission::ViewAgency, Scope::Agency),
    }
}
