//! The public page of a project: making its address, and reading it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::holder::usable;
use crate::access::{Purpose, guest};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx};
use crate::links::events::LinkEvent;
use crate::links::model::{Link, LinkTarget};
use crate::links::public::{self, PublicPageView};
use crate::links::views::{self, SharedLinkView};
use crate::links::{making, opening};
use crate::privacy::{Shown, log};
use crate::projects::carrying::shifts_of;
use crate::projects::model::Project;
use crate::values::{PageUrl, ProjectId, Token, secret_input};

/// How long a public page stands unless its maker says otherwise.
const PUBLIC_DAYS: u32 = 90;

/// Makes the address of a project's public page. The project must be shared, with the option `public` on. Switching
/// the option off, taking the project back or ending the link (`links.expire`) takes the page away at once.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishLink {
    pub project: ProjectId,
    /// The host's page that calls `public_page.get`. The address is this one, `#`, and the token.
    pub base_url: PageUrl,
    /// 1 to 365; 90 if not given.
    #[serde(default)]
    pub expires_in_days: Option<u32>,
}

impl Operation for PublishLink {
    const NAME: &'static str = "projects.publish_link";
    const EFFECT: Effect = Effect::Command;
    type Reply = SharedLinkView;

    fn run(&self, tx: &mut Tx) -> Run<SharedLinkView> {
        let (grant, project, client) = making::shown(tx, self.project)?;
        if !project.sharing.public {
            return Err(Refusal::new(Code::ProjectNotPublic).at("project").into());
        }
        let expires_at = making::ends_after(tx, self.expires_in_days.unwrap_or(PUBLIC_DAYS))?;
        let (share_epoch, project) = (project.share_epoch, project.id);
        let target = LinkTarget::Public { client: client.id, project };
        let (link, token) = making::make(tx, &grant, &client, target, expires_at);
        let link = Link { share_epoch, ..link };
        tx.put(&grant, &link)?;
        let event = LinkEvent::Published { link: link.id, client: client.id, project, expires_at };
        tx.emit(&grant, &event)?;
        Ok(views::shared_link(&grant, &link, project, &token, &self.base_url))
    }

    fn without_secrets(reply: SharedLinkView) -> SharedLinkView {
        views::without_secrets(reply)
    }
}

/// The public page behind an address: a project's name, its shifts' times, and who is wanted. No person at the client
/// sees less. The page must carry `noindex`; reading it counts nothing.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetPublicPage {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
}

impl Operation for GetPublicPage {
    const NAME: &'static str = "public_page.get";
    const EFFECT: Effect = Effect::Query;
    const SECRETS: &'static [&'static str] = &["token"];
    type Reply = PublicPageView;

    fn run(&self, tx: &mut Tx) -> Run<PublicPageView> {
        let agency = tx.context().agency;
        tx.prefetch(opening::wants_of(&self.token, Purpose::Public, agency))?;
        let grant = guest(tx)?;
        let link = opening::found(tx, &self.token, Purpose::Public)?;
        let shifts = shifts_of(link.target.project().ok_or_else(opening::invalid)?);
        tx.prefetch(opening::wants_for(tx, &link).chain([shifts.clone(), log::want_public(link.id)]))?;
        let link = usable(tx, &self.token, Purpose::Public)?;
        let project: Project = tx.get(link.target.project().ok_or_else(opening::invalid)?)?;
        let shifts = tx.list(shifts)?;
        let mut shown = Shown::default();
        let page = public::page(&grant, &project, shifts, tx.now(), &mut shown);
        log::disclose_publicly(tx, &grant, link.id, link.target.client(), Self::NAME, shown)?;
        Ok(page)
    }
}
