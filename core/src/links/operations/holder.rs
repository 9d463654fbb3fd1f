//! The holder's side of a link that shows a project: looking at it, opening it, reading the project.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Purpose, guest, shared};
use crate::agency::model::Agency;
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::links::events::LinkEvent;
use crate::links::model::Link;
use crate::links::rules::{LinkStatus, Standing, may_use, status, taken_back};
use crate::links::views::{self, LinkOpened, SharedLinkPreview, SharedProjectView};
use crate::links::{opening, passcodes};
use crate::projects::model::{MOST_SHIFTS, Project};
use crate::shifts::model::Shift;
use crate::values::{Password, Source, Token, optional_secret_input, secret_input};

/// What a link that shows a project asks for. Looking changes nothing: mail scanners open links too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewSharedLink {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
}

impl Operation for PreviewSharedLink {
    const NAME: &'static str = "links.preview";
    const EFFECT: Effect = Effect::Query;
    const SECRETS: &'static [&'static str] = &["token"];
    type Reply = SharedLinkPreview;

    fn run(&self, tx: &mut Tx) -> Run<SharedLinkPreview> {
        let agency = tx.context().agency;
        tx.prefetch(opening::wants_of(&self.token, Purpose::Share, agency))?;
        guest(tx)?;
        let link = usable(tx, &self.token, Purpose::Share)?;
        let agency: Agency = tx.get(agency)?;
        Ok(SharedLinkPreview {
            agency_name: agency.name.to_string(),
            passcode_needed: link.passcode.is_some(),
            expires_at: link.expires_at,
        })
    }
}

/// Opens a link that shows a project, and counts one use of it. The host keeps the link's id from the reply, and
/// claims its holder as actor from then on.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenLink {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
    /// Needed if the link has one. A wrong one counts: the link ends with the tenth.
    #[serde(default, serialize_with = "optional_secret_input")]
    pub passcode: Option<Password>,
    /// Where the call came from: shown in the list of links for 90 days.
    #[serde(default)]
    pub source: Option<Source>,
}

impl Operation for OpenLink {
    const NAME: &'static str = "links.open";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["token", "passcode"];
    const COSTLY: bool = true;
    type Reply = LinkOpened;

    fn run(&self, tx: &mut Tx) -> Run<LinkOpened> {
        let agency = tx.context().agency;
        tx.prefetch(opening::wants_of(&self.token, Purpose::Share, agency))?;
        let grant = guest(tx)?;
        let mut link = usable(tx, &self.token, Purpose::Share)?;
        passcodes::check(tx, &grant, &link, self.passcode.as_ref())?;
        link.count_use(tx.now(), self.source.as_ref());
        tx.put(&grant, &link)?;
        let (id, client) = (link.id, link.target.client());
        tx.emit(&grant, &LinkEvent::Opened { link: id, client, used: link.used })?;
        Ok(LinkOpened { link: id, expires_at: link.expires_at })
    }
}

/// The link that this token is the secret of, if it may be used.
pub(super) fn usable(tx: &mut Tx, token: &Token, purpose: Purpose) -> Run<Link> {
    let link = opening::found(tx, token, purpose)?;
    tx.prefetch(opening::wants_for(tx, &link))?;
    let client: Client = tx.find(link.target.client())?.ok_or_else(opening::invalid)?;
    let maker_may = opening::maker_may(tx, &link)?;
    let project: Option<Project> = link.target.project().map_or(Ok(None), |id| tx.find(id))?;
    if taken_back(&link, project.as_ref()) {
        return Err(opening::invalid());
    }
    let standing = Standing { client: &client, user: None, project: project.as_ref(), now: tx.now() };
    may_use(&link, &standing, maker_may).map_err(|refusal| refusal.at("token"))?;
    Ok(link)
}

/// The project that the actor's link shows: its name, its shifts' times, how many are wanted and how far that is.
///
/// The page must carry `noindex`. Whatever is wrong with the link, it is one answer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetSharedProject {}

impl Operation for GetSharedProject {
    const NAME: &'static str = "shared_project.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = SharedProjectView;

    fn run(&self, tx: &mut Tx) -> Run<SharedProjectView> {
        let (grant, share) = shared(tx)?;
        let now = tx.now();
        let shifts = Want::range::<Shift>("by_project", vec![share.project.to_string().into()], MOST_SHIFTS);
        tx.prefetch([
            Want::record::<Client>(share.client),
            Want::record::<Link>(share.link),
            Want::record::<Project>(share.project),
            shifts.clone(),
        ])?;
        let over = || Refusal::new(Code::LinkInvalid);
        let client: Client = tx.find(share.client)?.ok_or_else(over)?;
        let project: Project = tx.find(share.project)?.ok_or_else(over)?;
        let link: Link = tx.find(share.link)?.ok_or_else(over)?;
        // With the client's access its links end too, those that were opened before as well. All uses being spent is
        // no reason: whoever opened it was counted.
        let standing = Standing { client: &client, user: None, project: Some(&project), now };
        // An id alone shows nothing: there is no holder of a link that nobody has opened.
        let is_good = link.used > 0
            && matches!(status(&link, &standing), LinkStatus::Live | LinkStatus::Used)
            && client.access != AccessStatus::Deactivated
            && client.access_epoch == link.epoch
            && !taken_back(&link, Some(&project));
        if !is_good {
            return Err(over().into());
        }
        let shifts: Vec<Shift> = tx.list(shifts)?;
        Ok(views::shared_project(&grant, &project, &shifts, share.expires_at, now))
    }
}
