//! What happened to change requests: ids and figures. They stand in the history of their shift.

use serde::Serialize;

use super::model::{ChangeRequest, FeeWaiver};
use super::rules::ChangeAction;
use crate::engine::{EventBody, Subject};
use crate::shifts::rules::ChangeKind;
use crate::values::{Amount, ChangeRequestId, ClientId, ProjectId, ShiftId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ChangeEvent {
    /// None for the request itself.
    #[serde(skip)]
    action: Option<ChangeAction>,
    request: ChangeRequestId,
    shift: ShiftId,
    client: ClientId,
    project: ProjectId,
    change: ChangeKind,
    shift_revision: u32,
    /// What the client accepted.
    fee: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<FeeWaiver>,
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<ChangeRequestId>,
}

impl ChangeEvent {
    pub fn asked(request: &ChangeRequest) -> Self {
        Self {
            action: None,
            request: request.id,
            shift: request.shift,
            client: request.client,
            project: request.project,
            change: request.change.kind(),
            shift_revision: request.shift_revision,
            fee: request.fee.amount(),
            waived: request.waived,
            superseded_by: request.superseded_by,
        }
    }

    pub fn of(request: &ChangeRequest, action: ChangeAction) -> Self {
        Self { action: Some(action), ..Self::asked(request) }
    }
}

impl EventBody for ChangeEvent {
    fn name(&self) -> &'static str {
        match self.action {
            None => "change_requested",
            Some(ChangeAction::Approve) => "change_approved",
            Some(ChangeAction::Decline) => "change_declined",
            Some(ChangeAction::Withdraw) => "change_withdrawn",
            Some(ChangeAction::Supersede) => "change_superseded",
            Some(ChangeAction::WaiveFee) => "change_fee_waived",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("shift", self.shift)
    }
}
