//! Telling people what became of a mandate, in the commit that makes it so.

use crate::access::Grant;
use crate::clients::model::Client;
use crate::engine::{Run, Tx};
use crate::mandates::model::Mandate;
use crate::notifications::model::{AboutMandate, Notice};
use crate::notifications::raise;

pub(super) fn notify(
    tx: &mut Tx,
    grant: &Grant,
    mandate: &Mandate,
    client: &Client,
    notice: impl FnOnce(AboutMandate) -> Notice,
) -> Run<()> {
    let Some(request) = mandate.request() else { return Err(crate::mandates::no_revision()) };
    let about = AboutMandate {
        mandate: mandate.id,
        client: client.id,
        site: request.site,
        project: mandate.seen_project(),
        submitted_by: mandate.submitted_by,
        mandate_name: request.name.clone(),
        client_name: client.name.clone(),
        in_house: mandate.in_house,
    };
    raise(tx, grant, &notice(about))
}
