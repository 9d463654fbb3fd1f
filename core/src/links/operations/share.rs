//! Making a link that shows a project to whoever holds it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Share;
use crate::engine::{Effect, Operation, Run, Tx};
use crate::links::events::LinkEvent;
use crate::links::model::{Link, LinkTarget};
use crate::links::views::{self, SharedLinkView};
use crate::links::{making, passcodes};
use crate::values::{PageUrl, Password, ProjectId, optional_secret_input};

/// How long a link shows a project unless its maker says otherwise.
const SHARE_DAYS: u32 = 30;
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
        let (grant, project, client) = making::shown(tx, self.project)?;
        let expires_at = making::ends_after(tx, self.expires_in_days.unwrap_or(SHARE_DAYS))?;
        let uses = self.uses.map(|uses| making::within(uses, SHARE_USES_MOST, "uses")).transpose()?;
        let (share_epoch, project) = (project.share_epoch, project.id);
        let target = LinkTarget::Project { client: client.id, project };
        let (link, token) = making::make(tx, &grant, &client, target, expires_at);
        let passcode = passcodes::kept(tx, self.passcode.as_ref())?;
        let link = Link { share_epoch, uses, passcode, ..link };
        let (id, client) = (link.id, client.id);
        tx.put(&grant, &link)?;
        tx.put(&grant, &Share { link: id, client, project, expires_at, ended_at: None })?;
        tx.emit(&grant, &LinkEvent::Shared { link: id, client, project, expires_at, uses })?;
        Ok(views::shared_link(&grant, &link, project, &token, &self.base_url))
    }

    fn without_secrets(reply: SharedLinkView) -> SharedLinkView {
        views::without_secrets(reply)
    }
}
