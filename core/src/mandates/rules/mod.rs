//! Decisions over mandates: what may be ordered, and, one file each, the life of a mandate, what the agency changed,
//! what is accepted on creation, what recurs, what each shift takes of a purchase order.

pub mod auto_accept;
pub mod differences;
pub mod late;
pub mod life;
pub mod recurrence;
mod shares;

use super::model::Mandate;
use crate::agency::model::{Agency, Skill};
use crate::clients::model::Client;
use crate::clients::rules::{can_order, can_order_skill};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Instant, Span};

pub use differences::{Difference, differences};
pub use life::{MandateAction, MandateState, next, only_from};
pub use shares::shares;

/// The state after an action, judged by the clock: from the cut-off on an open mandate is expired.
pub fn step(mandate: &Mandate, action: MandateAction, now: Instant) -> Result<MandateState, Refusal> {
    next(mandate.state_at(now), action)
}

/// Nobody decides over what they have not seen.
pub fn seen(mandate: &Mandate, revision: u32) -> Result<(), Refusal> {
    if mandate.revision() == revision {
        Ok(())
    } else {
        Err(Refusal::new(Code::StaleRevision).at("revision").with("revision", mandate.revision()))
    }
}

/// Revisions of one mandate.
pub const MAX_REVISIONS: usize = 50;
/// Orders reach at most this far ahead.
const MAX_DAYS_AHEAD: i64 = 2 * 366;
/// All slots of a mandate together.
pub const MAX_SLOTS: u32 = 5000;

/// Whether this client can order at all.
pub fn ordering_open(agency: &Agency, client: &Client) -> Result<(), Refusal> {
    if can_order(agency, client) { Ok(()) } else { Err(Refusal::new(Code::OrderingClosed)) }
}

/// A skill that this client may order, and that is active.
pub fn orderable(agency: &Agency, client: &Client, skill: &Skill, path: &str) -> Result<(), Refusal> {
    if skill.archived || !can_order_skill(agency, client, skill.id) {
        return Err(Refusal::new(Code::SkillNotOrderable).at(path));
    }
    Ok(())
}

/// A span that begins in the future, but not too far in it.
pub fn plausible(span: Span, now: Instant) -> Result<(), Refusal> {
    if span.start < now {
        return Err(Refusal::new(Code::InThePast).at("start"));
    }
    if span.start.minutes_since(now) > MAX_DAYS_AHEAD * 24 * 60 {
        return Err(Refusal::new(Code::TooFarAhead).at("start").with("days", MAX_DAYS_AHEAD));
    }
    Ok(())
}
