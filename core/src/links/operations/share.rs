//! Making a link that shows a project to whoever holds it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{LinkToken, Purpose};
use crate::access::{Permission, Scope, Share, authorize};
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::links::events::LinkEvent;
use crate::links::model::{Link, LinkTarget};
use crate::links::passcodes;
use crate::links::views::SharedLinkView;
use crate::projects::model::Project;
use crate::values::{LinkId, OneTimeSecret, PageUrl, Password, ProjectId, optional_secret_input};

/// How long a link shows a project unless its maker says otherwise.
const SHARE_DAYS: u32 = 30;
pub(super) const SHARE_DAYS_MOST: u32 = 365;
const SHARE_USES_MOST: u32 = 1000;

/// Makes a link that shows a project to whoever holds it: its name, its shifts' times, how many are wanted and how far
/// that is. Nothing else of the client can be reached through it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareProject {
    pub project: ProjectId,
    /// The host's page that calls `links.open`. The link is this address, `#`, and the token.
    pub base_url: PageUrl,
    /// 1 to 365; 30 if not given.
    #[serde(default)]
    pub expires_in_days: Option<u32>,
    /// How often it can be opened: 1 to 1,000; as often as wanted if not given.
    #[serde(default)]
    pub uses: Option<u32>,
    /// Whoever opens it must show it beside the link: 6 to 100 characters. Tell it by another way than the link.
    #[serde(default, serialize_with = "optional_secret_input")]
    pub passcode: Option<Password>,
}

impl Operation for ShareProject {
    const NAME: &'static str = "links.share_project";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["passcode"];
    const COSTLY: bool = true;
    type Reply = SharedLinkView;

    fn run(&self, tx: &mut Tx) -> Run<SharedLinkView> {
        tx.prefetch([Want::record::<Project>(self.project)])?;
        let grant = authorize(tx, Permission::ShareLinks, Scope::Agency)?;
        let project: Project = tx.get(self.project)?;
        let not_shared = || Refusal::new(Code::ProjectNotShared).at("project");
        let client: Client = tx.get(project.seen_by().ok_or_else(not_shared)?)?;
        if client.access == AccessStatus::Deactivated {
            return Err(Refusal::new(Code::AccessEnded).into());
        }
        let days = within(self.expires_in_days.unwrap_or(SHARE_DAYS), SHARE_DAYS_MOST, "expires_in_days")?;
        let uses = self.uses.map(|uses| within(uses, SHARE_USES_MOST, "uses")).transpose()?;
        let now = tx.now();
        let expires_at = now.plus_minutes(i64::from(days) * 24 * 60).map_err(Refusal::from)?;
        let id: LinkId = tx.new_id();
        let secret = tx.secret_bytes(&format!("share/{id}"));
        let token = LinkToken::new(Purpose::Share, tx.context().agency, id, &secret);
        let (share_epoch, project) = (project.share_epoch, project.id);
        let link = Link {
            id,
            target: LinkTarget::Project { client: client.id, project },
            secret: token.hash(),
            made_by: grant.actor(),
            epoch: client.access_epoch,
            share_epoch,
            created_at: now,
            expires_at,
            send_now: false,
            uses,
            used: 0,
            last_used_at: None,
            last_source: None,
            passcode: passcodes::kept(tx, self.passcode.as_ref())?,
            wrong_passcodes: 0,
            ended: None,
            erased: false,
        };
        let client = client.id;
        tx.put(&grant, &link)?;
        tx.put(&grant, &Share { link: id, client, project, expires_at, ended_at: None })?;
        tx.emit(&grant, &LinkEvent::Shared { link: id, client, project, expires_at, uses })?;
        Ok(SharedLinkView {
            id,
            client,
            project,
            token: OneTimeSecret::new(token.text()),
            link: OneTimeSecret::new(format!("{}#{}", self.base_url, token.text())),
            expires_at,
            uses,
            passcode: link.passcode.is_some(),
        })
    }

    fn without_secrets(mut reply: SharedLinkView) -> SharedLinkView {
        reply.token = OneTimeSecret::handed_out();
        reply.link = OneTimeSecret::handed_out();
        reply
    }
}

pub(super) fn within(number: u32, most: u32, path: &str) -> Result<u32, Refusal> {
    if (1..=most).contains(&number) {
        return Ok(number);
    }
    Err(Refusal::new(Code::OutOfRange).at(path).with("expected", format!("1 to {most}")))
}
