//! Decisions over mandates: the state machine, what may be ordered, what the agency changed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Mandate, MandateState, Request, RequestedShift, Side};
use crate::agency::model::{Agency, Skill};
use crate::clients::model::Client;
use crate::clients::rules::{can_order, can_order_skill};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Instant, Span};

/// What somebody does to a mandate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MandateAction {
    Edit,
    Withdraw,
    Revise,
    Accept,
    Decline,
}

impl MandateAction {
    pub const ALL: [Self; 5] = [Self::Edit, Self::Withdraw, Self::Revise, Self::Accept, Self::Decline];
}

/// The whole life of a mandate in one table.
pub fn next(state: MandateState, action: MandateAction) -> Result<MandateState, Refusal> {
    use {MandateAction as A, MandateState as S};
    match (state, action) {
        (S::Submitted, A::Edit | A::Revise) => Ok(S::Submitted),
        (S::Submitted, A::Withdraw) => Ok(S::Withdrawn),
        (S::Submitted, A::Accept) => Ok(S::Accepted),
        (S::Submitted, A::Decline) => Ok(S::Declined),
        // An accepted mandate is an agreement: the client orders more in the same project instead.
        (S::Accepted, A::Edit | A::Withdraw) => Err(Refusal::new(Code::SubmitAdditionalRequest)),
        (S::Accepted, A::Revise | A::Accept | A::Decline) | (S::Declined | S::Withdrawn, _) => closed(state),
    }
}

fn closed(state: MandateState) -> Result<MandateState, Refusal> {
    Err(Refusal::new(Code::MandateClosed).with("state", state.text()))
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

/// One field that differs from what the client wrote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// Such as `shifts[0].positions[1].headcount`.
    pub path: String,
    /// As the client wrote it; null if it was not there.
    pub before: Option<String>,
    /// As it is now; null if it is gone.
    pub after: Option<String>,
}

/// What stands differently now than the client itself last wrote it, field by field.
pub fn differences(mandate: &Mandate) -> Vec<Difference> {
    let last_is_the_clients = mandate.revisions.last().is_none_or(|revision| revision.by == Side::Client);
    match (mandate.by_client(), mandate.request()) {
        (Some(before), Some(after)) if !last_is_the_clients => compare(before, after),
        _ => Vec::new(),
    }
}

fn compare(before: &Request, after: &Request) -> Vec<Difference> {
    let mut found = Comparison(Vec::new());
    found.field("name", Some(&before.name), Some(&after.name));
    found.field("site", Some(&before.site_name), Some(&after.site_name));
    found.field("note", before.note.as_ref(), after.note.as_ref());
    found.field("buyer_reference", before.buyer_reference.as_ref(), after.buyer_reference.as_ref());
    let contact = |request: &Request| request.contact.as_ref().map(|contact| contact.name.clone());
    found.field("contact.name", contact(before).as_ref(), contact(after).as_ref());
    for index in 0..before.shifts.len().max(after.shifts.len()) {
        found.shift(index, before.shifts.get(index), after.shifts.get(index));
    }
    found.0
}

struct Comparison(Vec<Difference>);

impl Comparison {
    fn field<T: ToString>(&mut self, path: impl Into<String>, before: Option<T>, after: Option<T>) {
        let (before, after) = (before.map(|value| value.to_string()), after.map(|value| value.to_string()));
        if before != after {
            self.0.push(Difference { path: path.into(), before, after });
        }
    }

    fn shift(&mut self, index: usize, before: Option<&RequestedShift>, after: Option<&RequestedShift>) {
        let path = |field: &str| format!("shifts[{index}].{field}");
        self.field(
            path("start"),
            before.map(|shift| shift.local_start),
            after.map(|shift| shift.local_start),
        );
        self.field(path("end"), before.map(|shift| shift.local_end), after.map(|shift| shift.local_end));
        let pause = |shift: &RequestedShift| shift.break_minutes;
        self.field(path("break_minutes"), before.map(pause), after.map(pause));
        let count = |shift: Option<&RequestedShift>| shift.map_or(0, |shift| shift.positions.len());
        for place in 0..count(before).max(count(after)) {
            let at =
                |shift: Option<&RequestedShift>| shift.and_then(|shift| shift.positions.get(place)).cloned();
            let (old, new) = (at(before), at(after));
            let path = |field: &str| format!("shifts[{index}].positions[{place}].{field}");
            self.field(
                path("skill"),
                old.as_ref().map(|p| &p.skill_name),
                new.as_ref().map(|p| &p.skill_name),
            );
            let role = |position: &super::model::RequestedPosition| position.role.text();
            self.field(path("role"), old.as_ref().map(role), new.as_ref().map(role));
            self.field(
                path("headcount"),
                old.as_ref().map(|p| p.headcount),
                new.as_ref().map(|p| p.headcount),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MandateAction as A, MandateState as S, next};
    use crate::codes::Code;

    #[test]
    fn l1_every_action_in_every_state() {
        for state in S::ALL {
            for action in A::ALL {
                let expected = match (state, action) {
                    (S::Submitted, A::Edit | A::Revise) => Ok(S::Submitted),
                    (S::Submitted, A::Withdraw) => Ok(S::Withdrawn),
                    (S::Submitted, A::Accept) => Ok(S::Accepted),
                    (S::Submitted, A::Decline) => Ok(S::Declined),
                    (S::Accepted, A::Edit | A::Withdraw) => Err(Code::SubmitAdditionalRequest),
                    _ => Err(Code::MandateClosed),
                };
                assert_eq!(
                    next(state, action).map_err(|refusal| refusal.code),
                    expected,
                    "{state:?} {action:?}"
                );
            }
        }
    }
}
