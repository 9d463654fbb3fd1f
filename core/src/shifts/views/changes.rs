//! Whether a client can ask for changes of a shift, and why not: what the shift's view carries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission};
use crate::agency::model::AgencyContact;
use crate::codes::Code;
use crate::shifts::model::{CalledOffBy, Shift};
use crate::shifts::rules::{ChangeKind, Terms, may_ask};
use crate::values::{ChangeRequestId, Instant, ShiftId, Text};

/// Whether changes of this shift can be asked for now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ShiftChangesView")]
pub struct ChangesView {
    pub allowed: bool,
    /// What can be asked for.
    pub kinds: Vec<ChangeKind>,
    /// Why not, or why not everything: `shift_split_contact_agency` names a shift that the agency has split.
    pub code: Option<String>,
    /// Whom at the agency to turn to, if the shift is split and the agency says so.
    pub contact: Option<AgencyContact>,
    /// The request that waits for this shift.
    pub open: Option<ChangeRequestId>,
}

/// `terms` are needed for a shift that is split, and for no other.
pub(super) fn changes(grant: &Grant, shift: &Shift, terms: Option<&Terms>, now: Instant) -> ChangesView {
    let mut refused = None;
    let mut can = |kind: &ChangeKind| match may_ask(shift, *kind, terms, now) {
        Ok(()) => true,
        Err(refusal) => {
            refused.get_or_insert(refusal.code);
            false
        }
    };
    let mut kinds: Vec<ChangeKind> = ChangeKind::ALL.into_iter().filter(&mut can).collect();
    let blocked = if !grant.is_client_side() {
        Some(Code::WrongSide)
    } else if !grant.holds(Permission::RequestChanges) {
        Some(Code::NotPermitted)
    } else {
        shift.open_change.filter(|_| !kinds.is_empty()).map(|_| Code::ChangeOpen)
    };
    if blocked.is_some() {
        kinds.clear();
    }
    let code = blocked.or(refused);
    let is_split = code == Some(Code::ShiftSplitContactAgency);
    ChangesView {
        allowed: !kinds.is_empty(),
        kinds,
        code: code.map(|code| code.text().to_owned()),
        contact: terms.filter(|_| is_split).and_then(|terms| terms.contact.clone()),
        open: shift.open_change,
    }
}

/// How a shift was called off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientCancellationView {
    pub at: Instant,
    pub by: CalledOffBy,
    /// If the agency shows it.
    pub reason: Option<Text<500>>,
    /// The shift that took this one in.
    pub merged_into: Option<ShiftId>,
}

pub(super) fn client_cancellation(shift: &Shift) -> Option<ClientCancellationView> {
    let (at, cancellation) = shift.cancelled_at.zip(shift.cancellation.as_ref())?;
    Some(ClientCancellationView {
        at,
        by: cancellation.by,
        reason: cancellation.reason.clone().filter(|_| cancellation.reason_visible),
        merged_into: cancellation.merged_into,
    })
}

/// How a shift was called off, and who was booked then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CancellationView {
    pub by: CalledOffBy,
    pub reason: Option<Text<500>>,
    /// Whether the client sees the reason.
    pub reason_visible: bool,
    pub merged_into: Option<ShiftId>,
}

pub(super) fn cancellation(shift: &Shift) -> Option<CancellationView> {
    shift.cancellation.as_ref().map(|cancellation| CancellationView {
        by: cancellation.by,
        reason: cancellation.reason.clone(),
        reason_visible: cancellation.reason_visible,
        merged_into: cancellation.merged_into,
    })
}
