//! Following the events, reading what happened to one thing, and checking that nothing was tampered with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::{self, Flaw, Point, Verdict};
use super::views::{self, EventsView, VerificationView};
use crate::access::{Grant, Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Subject, Tx, Want};
use crate::mandates::model::Mandate;
use crate::values::{ContentHash, RecordId};

pub use super::mine::{MyHistoryKind, MyHistoryOf};

const MOST_READ: u32 = 1000;
const MOST_VERIFIED: u32 = 10_000;

/// Events after a number, in order: the outbox. A reader who goes on from `next` misses none.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadEvents {
    /// 0 for the beginning.
    #[serde(default)]
    pub after: u64,
    /// 1 to 1,000; 100 if not given.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl Operation for ReadEvents {
    const NAME: &'static str = "events.read";
    const EFFECT: Effect = Effect::Query;
    type Reply = EventsView;

    fn run(&self, tx: &mut Tx) -> Run<EventsView> {
        let limit = within(self.limit, 100, MOST_READ)?;
        let want = Want::Events { subject: None, after: in_store(self.after)?, limit };
        tx.prefetch([want.clone()])?;
        let grant = authorize(tx, Permission::ReadHistory, Scope::Agency)?;
        events(tx, &grant, want, self.after)
    }
}

/// What has a history.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    Agency,
    Candidate,
    Client,
    Job,
    Mandate,
    Member,
    PriceList,
    Project,
    PurchaseOrder,
    Selection,
    Shift,
    Skill,
    User,
    Worker,
}

impl HistoryKind {
    const fn text(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Candidate => "candidate",
            Self::Client => "client",
            Self::Job => "job",
            Self::Mandate => "mandate",
            Self::Member => "member",
            Self::PriceList => "price_list",
            Self::Project => "project",
            Self::PurchaseOrder => "purchase_order",
            Self::Selection => "selection",
            Self::Shift => "shift",
            Self::Skill => "skill",
            Self::User => "user",
            Self::Worker => "worker",
        }
    }
}

/// What happened to one thing, in order.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryOf {
    pub kind: HistoryKind,
    pub id: RecordId,
    #[serde(default)]
    pub after: u64,
    /// 1 to 1,000; 100 if not given.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl Operation for HistoryOf {
    const NAME: &'static str = "history.of";
    const EFFECT: Effect = Effect::Query;
    type Reply = EventsView;

    fn run(&self, tx: &mut Tx) -> Run<EventsView> {
        let limit = within(self.limit, 100, MOST_READ)?;
        let subject = Subject::new(self.kind.text(), self.id).as_str().to_owned();
        let want = Want::Events { subject: Some(subject), after: in_store(self.after)?, limit };
        let mandate = (self.kind == HistoryKind::Mandate).then(|| Want::record::<Mandate>(self.id));
        tx.prefetch([want.clone()].into_iter().chain(mandate))?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        // What is still inside its client has no history for the agency, like what does not exist.
        let actor = tx.context().actor;
        if self.kind == HistoryKind::Mandate
            && tx.find(self.id)?.is_some_and(|mandate: Mandate| !mandate.is_there_for(actor))
        {
            return Ok(EventsView { events: Vec::new(), next: self.after });
        }
        events(tx, &grant, want, self.after)
    }
}

/// Checks that events are as they were written, from a trusted point on.
///
/// Without a point, from the first event. With the number and the link of an event that was verified before, it also
/// checks that this event is still there with this link.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyHistory {
    /// The number of the event that is trusted; 0 for the beginning.
    #[serde(default)]
    pub after: u64,
    /// Its link; needed unless `after` is 0.
    #[serde(default)]
    pub link: Option<ContentHash>,
    /// 1 to 10,000; 10,000 if not given.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl Operation for VerifyHistory {
    const NAME: &'static str = "history.verify";
    const EFFECT: Effect = Effect::Query;
    type Reply = VerificationView;

    fn run(&self, tx: &mut Tx) -> Run<VerificationView> {
        let limit = within(self.limit, MOST_VERIFIED, MOST_VERIFIED)?;
        let trusted = match (&self.link, self.after) {
            (None, 0) => None,
            (Some(link), 1..) => Some(Point { number: in_store(self.after)?, link: link.to_string() }),
            (None, _) => return Err(Refusal::new(Code::FieldMissing).at("link").into()),
            (Some(_), 0) => return Err(Refusal::new(Code::FieldUnknown).at("link").into()),
        };
        // One event more than is checked on each side: the trusted one before, and one after to judge a link by.
        let after = trusted.as_ref().map_or(0, |point| point.number - 1);
        let asked = limit + 1 + u32::from(trusted.is_some());
        let want = Want::Events { subject: None, after, limit: asked };
        tx.prefetch([want.clone()])?;
        let grant = authorize(tx, Permission::ReadHistory, Scope::Agency)?;
        let mut rows = tx.rows(want)?;
        let start = match trusted {
            None => Point { number: 0, link: String::new() },
            Some(point) => {
                let flaw = match rows.split_first() {
                    Some((first, rest)) if first.version == point.number => {
                        rows = rest;
                        (first.link.as_ref() != Some(&point.link)).then_some(Flaw::WrongLink)
                    }
                    _ => Some(Flaw::Missing),
                };
                if let Some(flaw) = flaw {
                    let flaw = Some((point.number, flaw));
                    let verified = Point { number: point.number - 1, link: String::new() };
                    return Ok(views::verification(&grant, Verdict { verified, flaw }, false));
                }
                point
            }
        };
        let last = start.number + u64::from(limit);
        let verdict = rules::verify_up_to(rows, start, last);
        let more = rows.len() > limit as usize;
        Ok(views::verification(&grant, verdict, more))
    }
}

fn events(tx: &mut Tx, grant: &Grant, want: Want, after: u64) -> Run<EventsView> {
    let rows = tx.rows(want)?;
    let next = rows.last().map_or(after, |row| row.version);
    let events: Result<Vec<_>, Refusal> = rows.iter().map(|row| views::event(grant, row)).collect();
    Ok(EventsView { events: events?, next })
}

pub(super) fn within(limit: Option<u32>, usual: u32, most: u32) -> Result<u32, Refusal> {
    match limit.unwrap_or(usual) {
        limit if (1..=most).contains(&limit) => Ok(limit),
        _ => Err(Refusal::new(Code::OutOfRange).at("limit").with("expected", format!("1 to {most}"))),
    }
}

/// Numbers that every store can hold: databases count in 64 bits with a sign, JavaScript in 53 bits.
fn in_store(after: u64) -> Result<u64, Refusal> {
    const MOST: u64 = (1 << 53) - 1;
    if after <= MOST {
        Ok(after)
    } else {
        Err(Refusal::new(Code::OutOfRange).at("after").with("expected", format!("0 to {MOST}")))
    }
}
