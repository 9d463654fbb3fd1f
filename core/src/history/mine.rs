//! What happened to what is a client's own, for the client's people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operations::within;
use super::views::{self, MyEventsView};
use crate::access::{ClientAccess, Grant, Permission, Place, Principal, PrincipalSide, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Subject, Tx, Want};
use crate::mandates::model::Mandate;
use crate::projects::model::Project;
use crate::purchasing::model::PurchaseOrder;
use crate::selection::model::Selection;
use crate::shifts::model::Shift;
use crate::values::{ClientId, RecordId};

const MOST: u32 = 1000;
const MOST_IN_ALL: u32 = 10_000;

/// What of a client has a history that its people read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MyHistoryKind {
    Client,
    Mandate,
    Project,
    PurchaseOrder,
    Selection,
    Shift,
    User,
}

/// What happened to one thing of the client, in order: who, in whose place, what, when. Impersonations of a person
/// stand in that person's history.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MyHistoryOf {
    pub client: ClientId,
    pub kind: MyHistoryKind,
    pub id: RecordId,
    /// The `next` of the call before.
    #[serde(default)]
    pub after: u32,
    /// 1 to 1,000; 100 if not given.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl Operation for MyHistoryOf {
    const NAME: &'static str = "my_history.of";
    const EFFECT: Effect = Effect::Query;
    type Reply = MyEventsView;

    fn run(&self, tx: &mut Tx) -> Run<MyEventsView> {
        let limit = within(self.limit, 100, MOST)?;
        // Counted among the events that are shown, so that a number says nothing of those that are not.
        let most = self.after.checked_add(limit).filter(|most| *most <= MOST_IN_ALL);
        most.ok_or_else(|| {
            Refusal::new(Code::OutOfRange)
                .at("after")
                .with("expected", format!("0 to {}", MOST_IN_ALL - limit))
        })?;
        let (kind, record) = self.record();
        let subject = Subject::new(kind, self.id).as_str().to_owned();
        let events = Want::Events { subject: Some(subject), after: 0, limit: MOST_IN_ALL };
        tx.prefetch([events.clone()].into_iter().chain(record))?;
        let grant = authorize(tx, Permission::ReadOwnHistory, Scope::Client(self.client))?;
        if !self.is_theirs(tx, &grant)? {
            return Err(Refusal::not_found().into());
        }
        let (mut next, mut seen, mut found) = (self.after, 0, Vec::new());
        for row in tx.rows(events)? {
            let Some(event) = views::my_event(&grant, row, self.client)? else { continue };
            seen += 1;
            if seen > self.after {
                found.push(event);
                next += 1;
            }
            if next - self.after == limit {
                break;
            }
        }
        Ok(MyEventsView { events: found, next })
    }
}

impl MyHistoryOf {
    fn record(&self) -> (&'static str, Option<Want>) {
        match self.kind {
            MyHistoryKind::Client => ("client", None),
            MyHistoryKind::Mandate => ("mandate", Some(Want::record::<Mandate>(self.id))),
            MyHistoryKind::Project => ("project", Some(Want::record::<Project>(self.id))),
            MyHistoryKind::PurchaseOrder => ("purchase_order", Some(Want::record::<PurchaseOrder>(self.id))),
            MyHistoryKind::Selection => ("selection", Some(Want::record::<Selection>(self.id))),
            MyHistoryKind::Shift => ("shift", Some(Want::record::<Shift>(self.id))),
            MyHistoryKind::User => ("user", Some(Want::record::<Principal>(self.id))),
        }
    }

    fn is_at(&self, grant: &Grant, place: &Place) -> bool {
        place.client == self.client && grant.reaches(place)
    }

    /// Whether it is this client's, and within the reader's reach.
    fn is_theirs(&self, tx: &mut Tx, grant: &Grant) -> Run<bool> {
        Ok(match self.kind {
            MyHistoryKind::Client => self.id.to_string() == self.client.to_string(),
            MyHistoryKind::Mandate => {
                let actor = tx.context().actor;
                tx.find(self.id)?.is_some_and(|mandate: Mandate| {
                    mandate.client == self.client
                        && mandate.is_there_for(actor)
                        && grant.reaches(&mandate.place())
                })
            }
            // A purchase order is the whole client's.
            MyHistoryKind::PurchaseOrder => {
                let is_whole = grant.reach().is_everything();
                tx.find(self.id)?.is_some_and(|order: PurchaseOrder| order.client == self.client && is_whole)
            }
            MyHistoryKind::Project => tx.find(self.id)?.is_some_and(|project: Project| {
                let sites = project.sites();
                project.place(&sites).is_some_and(|place| self.is_at(grant, &place))
            }),
            MyHistoryKind::Selection => tx.find(self.id)?.is_some_and(|selection: Selection| {
                selection.place().is_some_and(|place| self.is_at(grant, &place))
            }),
            MyHistoryKind::Shift => tx
                .find(self.id)?
                .is_some_and(|shift: Shift| shift.place().is_some_and(|place| self.is_at(grant, &place))),
            MyHistoryKind::User => tx.find(self.id)?.is_some_and(|person: Principal| match person.side {
                PrincipalSide::User { clients } => {
                    clients.iter().any(|ClientAccess { client, .. }| *client == self.client)
                }
                PrincipalSide::Member { .. } => false,
            }),
        })
    }
}
