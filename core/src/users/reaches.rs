//! Whether what somebody is limited to is the client's.

use crate::access::Reach;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::projects::model::Project;

/// The projects that a reach names, for prefetching.
pub fn reach_wants(reach: &Reach) -> impl Iterator<Item = Want> {
    let projects = match reach {
        Reach::Everything => &[][..],
        Reach::Selected(selection) => &selection.projects[..],
    };
    projects.iter().map(Want::record::<Project>)
}

/// Whether everything that is selected is the client's. What is another's is answered like what never was.
pub fn belongs(tx: &mut Tx, client: &Client, reach: &Reach) -> Run<()> {
    let Reach::Selected(selection) = reach else { return Ok(()) };
    for (index, site) in selection.sites.iter().enumerate() {
        if client.site(*site).is_none() {
            return Err(Refusal::new(Code::SiteUnknown).at(format!("reach.sites[{index}]")).into());
        }
    }
    tx.prefetch(reach_wants(reach))?;
    // For the client's own people, what is not shared with them is like what never was.
    let is_client_side = tx.context().actor.user().is_some();
    for (index, id) in selection.projects.iter().enumerate() {
        let project: Option<Project> = tx.find(id)?;
        let of = project.and_then(|one| if is_client_side { one.seen_by() } else { one.client });
        if of != Some(client.id) {
            return Err(Refusal::new(Code::ProjectUnknown).at(format!("reach.projects[{index}]")).into());
        }
    }
    Ok(())
}
