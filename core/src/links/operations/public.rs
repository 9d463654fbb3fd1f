//! The public page of a project: making its address, and reading it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::holder::usable;
use super::share::{SHARE_DAYS_MOST, within};
use crate::access::{LinkToken, Purpose};
use crate::access::{Permission, Scope, authorize, guest};
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::links::events::LinkEvent;
use crate::links::model::{Link, LinkTarget};
use crate::links::opening;
use crate::links::public::{self, PublicPageView};
use crate::links::views::SharedLinkView;
use crate::privacy::{Shown, log};
use crate::projects::carrying::shifts_of;
use crate::projects::model::Project;
use crate::values::{LinkId, OneTimeSecret, PageUrl, ProjectId, Token, secret_input};

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
        tx.prefetch([Want::record::<Project>(self.project)])?;
        let grant = authorize(tx, Permission::ShareLinks, Scope::Agency)?;
        let project: Project = tx.get(self.project)?;
        let not_shared = || Refusal::new(Code::ProjectNotShared).at("project");
        let client: Client = tx.get(project.seen_by().ok_or_else(not_shared)?)?;
        if client.access == AccessStatus::Deactivated {
            return Err(Refusal::new(Code::AccessEnded).into());
        }
        if !project.sharing.public {
            return Err(Refusal::new(Code::ProjectNotPublic).at("project").into());
        }
        let days = within(self.expires_in_days.unwrap_or(PUBLIC_DAYS), SHARE_DAYS_MOST, "expires_in_days")?;
        let now = tx.now();
        let expires_at = now.plus_minutes(i64::from(days) * 24 * 60).map_err(Refusal::from)?;
        let id: LinkId = tx.new_id();
        let secret = tx.secret_bytes(&format!("public/{id}"));
        let token = LinkToken::new(Purpose::Public, tx.context().agency, id, &secret);
        let (client_id, project_id) = (client.id, project.id);
        tx.put(
            &grant,
            &Link {
                id,
                target: LinkTarget::Public { client: client_id, project: project_id },
                secret: token.hash(),
                made_by: grant.actor(),
                epoch: client.access_epoch,
                share_epoch: project.share_epoch,
                created_at: now,
                expires_at,
                send_now: false,
                uses: None,
                used: 0,
                last_used_at: None,
                last_source: None,
                passcode: None,
                wrong_passcodes: 0,
                ended: None,
                erased: false,
            },
        )?;
        let event = LinkEvent::Published { link: id, client: client_id, project: project_id, expires_at };
        tx.emit(&grant, &event)?;
        Ok(SharedLinkView {
            id,
            client: client_id,
            project: project_id,
            token: OneTimeSecret::new(token.text()),
            link: OneTimeSecret::new(format!("{}#{}", self.base_url, token.text())),
            expires_at,
            uses: None,
            passcode: false,
        })
    }

    fn without_secrets(mut reply: SharedLinkView) -> SharedLinkView {
        reply.token = OneTimeSecret::handed_out();
        reply.link = OneTimeSecret::handed_out();
        reply
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
