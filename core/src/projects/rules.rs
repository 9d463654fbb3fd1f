//! Decisions about projects, over records alone.

use super::model::{Project, Schedule};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::ClientId;

/// Sharing a project needs the client that it is shared with.
pub fn may_share(project: &Project) -> Result<ClientId, Refusal> {
    project.client.ok_or_else(|| Refusal::new(Code::ProjectHasNoClient))
}

/// A project changes its client only as long as no client has seen any of it: what one client ordered, said or has at
/// its sites is not another's to see.
pub fn may_change_client(project: &Project, now: Option<&Client>) -> Result<(), Refusal> {
    let is_at = |schedule: &Schedule| now.is_some_and(|client| client.site(schedule.site).is_some());
    let code = if project.schedules.iter().any(|schedule| schedule.mandate.is_some()) {
        Code::ProjectOrdered
    } else if project.shared || project.share_epoch > 0 {
        Code::ProjectShared
    } else if project.schedules.iter().any(is_at) {
        Code::ProjectAtSites
    } else {
        return Ok(());
    };
    Err(Refusal::new(code))
}
