//! How a client's projects are shared: the default for future ones, and applying it to those that exist.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Scope, authorize};
use crate::clients::events::ClientEvent;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::carrying;
use crate::projects::events::ProjectEvent;
use crate::projects::model::{MOST_SHIFTS, Project};
use crate::values::{ClientId, ProjectId};
use crate::visibility::{PublicNames, Sharing, SharingChange};

/// More shared projects than this are not looked at in one call.
const MOST_PROJECTS: u32 = 2_000;

/// Sets how a client's future projects are shared. What is left out stays, and so do the projects that are shared
/// already, unless it is asked to apply to them too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SetClientSharing")]
pub struct SetSharing {
    pub client: ClientId,
    /// On: each worker appears as soon as confirmed. Off: the team appears when the agency publishes it.
    #[serde(default)]
    pub team_immediately: Option<bool>,
    #[serde(default)]
    pub profile_pictures: Option<bool>,
    #[serde(default)]
    pub time_report: Option<bool>,
    #[serde(default)]
    pub public: Option<bool>,
    #[serde(default)]
    pub public_names: Option<PublicNames>,
    /// Shares the client's projects in the same way that are shared already and have no setting of their own.
    #[serde(default)]
    pub apply_to_existing: bool,
}

/// How a client's projects are shared from now on, and how many of those that exist were changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientSharing {
    pub client: ClientId,
    pub sharing: Sharing,
    pub applied: u32,
    /// How many are left: what is shared is changed up to 10,000 shifts at a time. Call again until it is 0.
    pub left: u32,
}

impl Operation for SetSharing {
    const NAME: &'static str = "clients.set_sharing";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientSharing;

    fn run(&self, tx: &mut Tx) -> Run<ClientSharing> {
        let shared =
            Want::range::<Project>("by_client", vec![self.client.to_string().into()], MOST_PROJECTS + 1);
        tx.prefetch(
            [Want::record::<Client>(self.client)]
                .into_iter()
                .chain(self.apply_to_existing.then(|| shared.clone())),
        )?;
        let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
        let mut client: Client = tx.get(self.client)?;
        let change = SharingChange {
            team_immediately: self.team_immediately,
            profile_pictures: self.profile_pictures,
            time_report: self.time_report,
            public: self.public,
            public_names: self.public_names,
        };
        let sharing = change.applied_to(client.sharing);
        let is_new = sharing != client.sharing;
        client.sharing = sharing;
        let (applied, left) =
            if self.apply_to_existing { apply(tx, &grant, shared, sharing)? } else { (0, 0) };
        if is_new || applied > 0 {
            // Written even if only projects change: one that is accepted in this moment is shared by this row.
            tx.put(&grant, &client)?;
            let event = ClientEvent::SharingChanged { client: client.id, sharing, applied_to: applied };
            tx.emit(&grant, &event)?;
        }
        Ok(ClientSharing { client: client.id, sharing, applied, left })
    }
}

/// Shares projects as the default says, up to as many shifts as one commit rewrites.
fn apply(tx: &mut Tx, grant: &Grant, shared: Want, sharing: Sharing) -> Run<(u32, u32)> {
    let mut projects: Vec<Project> = tx.list(shared)?;
    if projects.len() > MOST_PROJECTS as usize {
        return Err(Refusal::new(Code::TooMany).at("client").with("expected", MOST_PROJECTS).into());
    }
    projects.retain(|project| !project.own_sharing && project.sharing != sharing);
    let mut shifts = 0_u32;
    let fits = |project: &&mut Project| {
        shifts = shifts.saturating_add(project.shift_count);
        shifts <= MOST_SHIFTS
    };
    let taken = projects.iter_mut().take_while(fits).count();
    let left = count(projects.len() - taken);
    projects.truncate(taken);
    tx.prefetch(projects.iter().map(|project| carrying::shifts_of(project.id)))?;
    for project in &mut projects {
        project.sharing = sharing;
        carrying::carry(tx, grant, project)?;
        let (id, client): (ProjectId, _) = (project.id, project.client);
        tx.emit(grant, &ProjectEvent::SharingChanged { project: id, client, sharing })?;
    }
    Ok((count(taken), left))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
