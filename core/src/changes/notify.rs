//! Telling people what became of a change request, in the commit that makes it so.

use super::model::ChangeRequest;
use super::rules::ChangeAction;
use crate::access::Grant;
use crate::clients::model::Client;
use crate::engine::{Run, Tx};
use crate::notifications::model::{AboutChange, Notice};
use crate::notifications::raise;

/// The agency hears that a request waits.
pub fn asked(tx: &mut Tx, grant: &Grant, request: &ChangeRequest, client: &Client) -> Run<()> {
    raise(tx, grant, &Notice::ChangeAsked(about(request, client)))
}

/// The client hears the result.
pub fn notify(
    tx: &mut Tx,
    grant: &Grant,
    request: &ChangeRequest,
    client: &Client,
    action: ChangeAction,
) -> Run<()> {
    let notice = match action {
        ChangeAction::Approve => Notice::ChangeApproved,
        ChangeAction::Decline => Notice::ChangeDeclined,
        ChangeAction::Withdraw => Notice::ChangeWithdrawn,
        ChangeAction::Supersede => Notice::ChangeSuperseded,
        ChangeAction::WaiveFee => Notice::ChangeFeeWaived,
    };
    raise(tx, grant, &notice(about(request, client)))
}

fn about(request: &ChangeRequest, client: &Client) -> AboutChange {
    AboutChange {
        request: request.id,
        shift: request.shift,
        client: request.client,
        project: request.project,
        site: request.site,
        client_name: client.name.clone(),
        starts: request.starts,
        hidden: !request.shared,
    }
}
