//! Whether the client sees a project, and when it sees the team. The answer is copied onto all that tells of the
//! project, so that reading that stays one read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::projects::carrying::{Carrying, all_of, carry, shifts_of};
use crate::projects::events::ProjectEvent;
use crate::projects::model::Project;
use crate::projects::rules;
use crate::projects::views::{self, ProjectView};
use crate::values::{ClientId, ProjectId};
use crate::visibility::{PublicNames, SharingChange};

/// Associates a project with a client, or with none. The client sees it once it is shared.
///
/// A project that a client has seen stays with it, and so does one with shifts at the client's sites.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetProjectClient {
    pub project: ProjectId,
    /// Null takes the association away.
    pub client: Option<ClientId>,
}

impl Operation for SetProjectClient {
    const NAME: &'static str = "projects.set_client";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        let client = self.client.map(Want::record::<Client>);
        let project = [Want::record::<Project>(self.project), shifts_of(self.project)];
        tx.prefetch(project.into_iter().chain(client))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        if let Some(client) = self.client {
            super::existing(tx, client)?;
        }
        if project.client != self.client {
            let now: Option<Client> = project.client.map_or(Ok(None), |id| tx.find(id))?;
            rules::may_change_client(&project, now.as_ref())?;
            project.client = self.client;
            carry(tx, &grant, &project)?;
            tx.emit(&grant, &ProjectEvent::Associated { project: project.id, client: project.client })?;
        }
        Ok(views::project(&grant, project))
    }
}

/// Shares a project with its client: from now on the client's people see it, with its shifts.
///
/// It is shared as the client's setting says, unless the project has one of its own.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ShareProjectWithClient")]
pub struct Share {
    pub project: ProjectId,
}

impl Operation for Share {
    const NAME: &'static str = "projects.share";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        tx.prefetch(all_of(self.project))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        let client = rules::may_share(&project)?;
        if !project.shared {
            let carrying = Carrying::of(tx, project.id)?;
            tx.prefetch(carrying.wants(&project).into_iter().chain([Want::record::<Client>(client)]))?;
            let client: Client = tx.get(client)?;
            project.shared = true;
            if !project.own_sharing {
                project.sharing = client.sharing;
            }
            carrying.show(tx, &grant, &project)?;
            tx.emit(&grant, &ProjectEvent::Shared { project: project.id, client: project.client })?;
        }
        Ok(views::project(&grant, project))
    }
}

/// Takes a project back from its client, at once: with its shifts, selections, change requests and messages, and with
/// every link that shows it. To the client it is as if it never was; orders stay, without the project that they became.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UnshareProject")]
pub struct Unshare {
    pub project: ProjectId,
}

impl Operation for Unshare {
    const NAME: &'static str = "projects.unshare";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        tx.prefetch(all_of(self.project))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        if project.shared {
            let carrying = Carrying::of(tx, project.id)?;
            tx.prefetch(carrying.wants(&project))?;
            project.shared = false;
            project.share_epoch = project.share_epoch.saturating_add(1);
            carrying.show(tx, &grant, &project)?;
            tx.emit(&grant, &ProjectEvent::Unshared { project: project.id, client: project.client })?;
        }
        Ok(views::project(&grant, project))
    }
}

/// Shows the client the confirmed workers of a project, also those who confirm later.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishTeam {
    pub project: ProjectId,
}

impl Operation for PublishTeam {
    const NAME: &'static str = "projects.publish_team";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        tx.prefetch([Want::record::<Project>(self.project), shifts_of(self.project)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        project.team_published_at = Some(tx.now());
        carry(tx, &grant, &project)?;
        tx.emit(&grant, &ProjectEvent::TeamPublished { project: project.id, client: project.client })?;
        Ok(views::project(&grant, project))
    }
}

/// Sets how a project is shared, whatever its client's default is. What is left out stays.
///
/// Switching `team_immediately` off does not take a published team back; switching `public` off takes the project's
/// public pages away at once.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSharing {
    pub project: ProjectId,
    /// On: each worker appears to the client as soon as confirmed. Off: the team appears when it is published.
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
    /// Gives up the project's own setting: it is shared as its client's default says now, and follows that again where
    /// a change of it is asked to apply to what exists.
    #[serde(default)]
    pub as_client: bool,
}

impl Operation for SetSharing {
    const NAME: &'static str = "projects.set_sharing";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        tx.prefetch([Want::record::<Project>(self.project), shifts_of(self.project)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        let change = SharingChange {
            team_immediately: self.team_immediately,
            profile_pictures: self.profile_pictures,
            time_report: self.time_report,
            public: self.public,
            public_names: self.public_names,
        };
        let (sharing, own) = if self.as_client {
            let client: Option<Client> = project.client.map_or(Ok(None), |id| tx.find(id))?;
            (client.map(|client| client.sharing).unwrap_or_default(), false)
        } else {
            (change.applied_to(project.sharing), true)
        };
        if (project.sharing, project.own_sharing) != (sharing, own) {
            (project.sharing, project.own_sharing) = (sharing, own);
            carry(tx, &grant, &project)?;
            let (project, client) = (project.id, project.client);
            tx.emit(&grant, &ProjectEvent::SharingChanged { project, client, sharing })?;
        }
        Ok(views::project(&grant, project))
    }
}
