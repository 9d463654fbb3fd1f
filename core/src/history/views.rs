//! Events as the agency's side reads them, and what checking them found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::{self, Flaw, Verdict};
use crate::access::Grant;
use crate::codes::Code;
use crate::engine::{Actor, Refusal};
use crate::store::Row;
use crate::values::{ClientId, ImpersonationId, Instant};

/// One change, as it was written in the same commit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EventView {
    /// 1, 2, 3 ... in the agency, without a gap.
    pub number: u64,
    pub id: String,
    /// Such as `mandate_submitted`.
    pub name: String,
    pub at: Instant,
    /// Who did it: `operator`, `guest`, `member/<id>`, `user/<id>` or `holder/<id of the link>`.
    pub actor: String,
    /// `user/<id>` if the actor is a member in this person's place.
    pub on_behalf_of: Option<String>,
    /// The impersonation in which it was done, if it was.
    pub impersonation: Option<ImpersonationId>,
    /// `<kind>/<id>` of what the event is about.
    pub subject: String,
    /// The whole event as JSON text, byte for byte as it is linked.
    pub body: String,
    /// SHA-256, in hexadecimal, of `<link before>:<number>:<SHA-256 of the body>`.
    pub link: String,
}

#[derive(Deserialize)]
struct Body {
    name: String,
    at: Instant,
    actor: Actor,
    subject: String,
    data: Facts,
}

/// The facts that decide who may see an event.
#[derive(Deserialize)]
struct Facts {
    client: Option<ClientId>,
    impersonation: Option<ImpersonationId>,
}

fn read(row: &Row) -> Result<Body, Refusal> {
    serde_json::from_str(&row.body).map_err(|error| {
        let reason = format!("event {} does not read back: {error}", row.version);
        Refusal::new(Code::StoreDamaged).with("reason", reason)
    })
}

pub fn event(_: &Grant, row: &Row) -> Result<EventView, Refusal> {
    let body = read(row)?;
    let who = Who::of(body.actor);
    Ok(EventView {
        number: row.version,
        id: row.id.clone(),
        name: body.name,
        at: body.at,
        actor: who.actor,
        on_behalf_of: who.on_behalf_of,
        impersonation: who.impersonation,
        subject: body.subject,
        body: row.body.clone(),
        link: row.link.clone().unwrap_or_default(),
    })
}

/// Who did something, and in whose place.
struct Who {
    actor: String,
    on_behalf_of: Option<String>,
    impersonation: Option<ImpersonationId>,
}

impl Who {
    fn of(actor: Actor) -> Self {
        let (own, user, impersonation) = match actor {
            Actor::Impersonated { user, by, session } => {
                (Actor::Member { id: by }, Some(user), Some(session))
            }
            Actor::Preview { user, by } => (Actor::Member { id: by }, Some(user), None),
            Actor::Operator
            | Actor::Member { .. }
            | Actor::User { .. }
            | Actor::Holder { .. }
            | Actor::Guest => (actor, None, None),
        };
        let on_behalf_of = user.map(|id| Actor::User { id }.to_string());
        Self { actor: own.to_string(), on_behalf_of, impersonation }
    }
}

/// One change as the people of a client see it: without numbers, links and bodies, which are the agency's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MyEventView {
    /// Such as `mandate_submitted`.
    pub name: String,
    pub at: Instant,
    /// Who did it: `user/<id>`, `agency`, or `guest` for somebody who came with a link.
    pub actor: String,
    /// `user/<id>` if somebody of the agency did it in this person's place.
    pub on_behalf_of: Option<String>,
    /// Which time in the person's place it was: `my_impersonations.list` says whose, and why.
    pub impersonation: Option<ImpersonationId>,
}

/// What happened to one thing of the client, in order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MyEventsView {
    pub events: Vec<MyEventView>,
    /// What to give as `after` next time.
    pub next: u32,
}

/// The event as this client may see it; none if it is not the client's to see.
pub fn my_event(_: &Grant, row: &Row, client: ClientId) -> Result<Option<MyEventView>, Refusal> {
    let body = read(row)?;
    let is_theirs = body.data.client.is_none_or(|of| of == client);
    if !is_theirs || !rules::is_for_clients(&body.name) {
        return Ok(None);
    }
    let who = Who::of(body.actor);
    let actor = match body.actor {
        Actor::User { .. } | Actor::Guest => who.actor,
        Actor::Holder { .. } => Actor::Guest.to_string(),
        Actor::Operator | Actor::Member { .. } | Actor::Impersonated { .. } | Actor::Preview { .. } => {
            "agency".to_owned()
        }
    };
    let (on_behalf_of, impersonation) = (who.on_behalf_of, who.impersonation.or(body.data.impersonation));
    Ok(Some(MyEventView { name: body.name, at: body.at, actor, on_behalf_of, impersonation }))
}

/// Events in the order of their numbers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EventsView {
    pub events: Vec<EventView>,
    /// What to give as `after` next time; events that come later have higher numbers.
    pub next: u64,
}

/// What is wrong with an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlawName {
    /// It should be here and is not.
    Missing,
    /// Its text is not the one that was written.
    Changed,
    /// Its link is not the one that was written.
    WrongLink,
}

/// The first event that is not as it was written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FlawView {
    pub number: u64,
    pub flaw: FlawName,
}

/// How far the history was found to be as it was written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VerificationView {
    pub ok: bool,
    /// The number of the last event that is in order.
    pub verified_to: u64,
    /// Its link: keep both elsewhere, and later check that the history still goes through them.
    pub link: String,
    pub problem: Option<FlawView>,
    /// True if there may be more: go on with `after` and `link` from here.
    pub more: bool,
}

pub fn verification(_: &Grant, verdict: Verdict, more: bool) -> VerificationView {
    let problem = verdict.flaw.map(|(number, flaw)| FlawView {
        number,
        flaw: match flaw {
            Flaw::Missing => FlawName::Missing,
            Flaw::Changed => FlawName::Changed,
            Flaw::WrongLink => FlawName::WrongLink,
        },
    });
    VerificationView {
        ok: problem.is_none(),
        verified_to: verdict.verified.number,
        link: verdict.verified.link,
        more: more && problem.is_none(),
        problem,
    }
}
