//! Events as the agency's side reads them, and what checking them found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::{Flaw, Verdict};
use crate::access::Grant;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::store::Row;
use crate::values::Instant;

/// One change, as it was written in the same commit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EventView {
    /// 1, 2, 3 ... in the agency, without a gap.
    pub number: u64,
    pub id: String,
    /// Such as `mandate_submitted`.
    pub name: String,
    pub at: Instant,
    /// `operator`, `guest`, `member/<id>` or `user/<id>`.
    pub actor: String,
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
    actor: crate::engine::Actor,
    subject: String,
}

pub fn event(_: &Grant, row: &Row) -> Result<EventView, Refusal> {
    let body: Body = serde_json::from_str(&row.body).map_err(|error| {
        let reason = format!("event {} does not read back: {error}", row.version);
        Refusal::new(Code::StoreDamaged).with("reason", reason)
    })?;
    Ok(EventView {
        number: row.version,
        id: row.id.clone(),
        name: body.name,
        at: body.at,
        actor: body.actor.to_string(),
        subject: body.subject,
        body: row.body.clone(),
        link: row.link.clone().unwrap_or_default(),
    })
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
