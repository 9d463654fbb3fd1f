//! All links that were ever made for a client, and ending one of them.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Grant, Page, PageRequest, Permission, Place, Principal, Scope, Share, authorize, page, prefetch_page,
};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::links::events::LinkEvent;
use crate::links::model::{EndReason, Link, LinkEnd, LinkTarget};
use crate::links::rules::{LinkStatus, Standing, status};
use crate::links::views::{self, LinkView};
use crate::projects::model::Project;
use crate::users::model::User;
use crate::values::{ClientId, LinkId};
use crate::visibility::client_grant;

/// The links of a client, newest first: invitations and links that show a project, with what became of each. For the
/// agency, and for those at the client who manage all of its people.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListLinks {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListLinks {
    const NAME: &'static str = "links.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<LinkView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<LinkView>> {
        let want = Want::range::<Link>("by_client", vec![self.client.to_string().into()], 0).newest_first();
        prefetch_page::<Link>(tx, &self.page, &want, [Want::record::<Client>(self.client)])?;
        let grant = manages(tx, Some(self.client))?;
        let client: Client = tx.get(self.client)?;
        let (links, next) = page::<Link>(tx, &self.page, want)?;
        let people: BTreeSet<_> = links.iter().filter_map(|link| link.target.user()).collect();
        let projects: BTreeSet<_> = links.iter().filter_map(|link| link.target.project()).collect();
        let people =
            people.into_iter().flat_map(|id| [Want::record::<User>(id), Want::record::<Principal>(id)]);
        tx.prefetch(people.chain(projects.into_iter().map(Want::record::<Project>)))?;
        let items: Run<Vec<LinkView>> = links.iter().map(|link| view(tx, &grant, link, &client)).collect();
        Ok(Page { items: items?, next })
    }
}

/// Ends a link at once. What was done with it stays; a link that is over already stays as it is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpireLink {
    pub link: LinkId,
}

impl Operation for ExpireLink {
    const NAME: &'static str = "links.expire";
    const EFFECT: Effect = Effect::Command;
    type Reply = LinkView;

    fn run(&self, tx: &mut Tx) -> Run<LinkView> {
        tx.prefetch([Want::record::<Link>(self.link), Want::record::<Share>(self.link)])?;
        let link: Option<Link> = tx.find(self.link)?;
        let grant = manages(tx, link.as_ref().map(|link| link.target.client()))?;
        let mut link = link.ok_or_else(Refusal::not_found)?;
        let person = link.target.user();
        let records =
            person.into_iter().flat_map(|id| [Want::record::<User>(id), Want::record::<Principal>(id)]);
        let project = link.target.project().map(Want::record::<Project>);
        tx.prefetch(records.chain([Want::record::<Client>(link.target.client())]).chain(project))?;
        let project: Option<Project> = link.target.project().map_or(Ok(None), |id| tx.find(id))?;
        let mut client: Client = tx.get(link.target.client())?;
        let mut user: Option<User> = person.map_or(Ok(None), |id| tx.find(id))?;
        let principal: Option<Principal> = person.map(|id| tx.get(id)).transpose()?;
        let now = tx.now();
        let invited = user.as_ref().zip(principal.as_ref());
        let standing = Standing { client: &client, user: invited, project: project.as_ref(), now };
        let before = status(&link, &standing);
        // A project goes on being shown to those who opened the link, also when all its uses are spent.
        let shows = link.target.project().is_some() && link.ended.is_none();
        if before == LinkStatus::Live || (before == LinkStatus::Used && shows) {
            link.ended = Some(LinkEnd { at: now, reason: EndReason::Withdrawn });
            tx.put(&grant, &link)?;
            match &link.target {
                LinkTarget::Client { .. } => {
                    client.link = None;
                    tx.put(&grant, &client)?;
                }
                LinkTarget::User { .. } => {
                    if let Some(user) = &mut user {
                        user.link = None;
                        tx.put(&grant, user)?;
                    }
                }
                // Its page is gone with this commit.
                LinkTarget::Public { .. } => {}
                // Those who have opened it lose the project with this commit.
                LinkTarget::Project { .. } => {
                    let mut share: Share = tx.get(link.id)?;
                    share.ended_at = Some(now);
                    tx.put(&grant, &share)?;
                }
            }
            tx.emit(&grant, &LinkEvent::Ended { link: link.id, client: client.id })?;
        }
        let invited = user.as_ref().zip(principal.as_ref());
        let standing = Standing { client: &client, user: invited, project: project.as_ref(), now };
        Ok(views::link(&grant, &link, &standing))
    }
}

/// The grant to manage a client's links. Somebody at a client who has nothing to do with a link is told that nothing
/// is there, as for a link that is not.
fn manages(tx: &mut Tx, client: Option<ClientId>) -> Run<Grant> {
    if tx.context().actor.user().is_none() {
        return authorize(tx, Permission::ManageUsers, Scope::Agency);
    }
    let grant = client_grant(tx, Permission::ManagePeople, client.map(Place::client))?;
    // The list says whom the whole client invited and which projects it shares.
    if grant.reach().is_everything() { Ok(grant) } else { Err(Refusal::new(Code::NotPermitted).into()) }
}

fn view(tx: &mut Tx, grant: &Grant, link: &Link, client: &Client) -> Run<LinkView> {
    let records: Option<(User, Principal)> = match link.target.user() {
        Some(id) => tx.remains(id)?.zip(tx.find(id)?),
        None => None,
    };
    let user = records.as_ref().map(|(user, principal)| (user, principal));
    let project: Option<Project> = link.target.project().map_or(Ok(None), |id| tx.find(id))?;
    Ok(views::link(grant, link, &Standing { client, user, project: project.as_ref(), now: tx.now() }))
}
