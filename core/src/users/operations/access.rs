//! What somebody may do at a client, and where: changed by the agency, or by the client's own administrator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    ClientRole, Page, PageRequest, Permission, Place, Principal, PrincipalSide, Reach, administrators_want,
    giving, may_change, page, prefetch_page, put_principal, role_wants,
};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::sessions::ending;
use crate::users::events::UserEvent;
use crate::users::model::{Membership, User};
use crate::users::views::{self, PersonView};
use crate::values::{ClientId, UserId};
use crate::visibility::client_grant;

/// Gives somebody another role at a client, or another reach, from now on.
///
/// The client's own people give no more than they hold, where they hold it, and change nobody who holds more.
/// Nobody changes their own rights, and the last administrator stays one.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAccess {
    pub user: UserId,
    pub client: ClientId,
    pub role: ClientRole,
    /// Selected projects and sites must be this client's.
    #[serde(default)]
    pub reach: Reach,
}

impl Operation for SetAccess {
    const NAME: &'static str = "users.set_access";
    const EFFECT: Effect = Effect::Command;
    type Reply = PersonView;

    fn run(&self, tx: &mut Tx) -> Run<PersonView> {
        let person = [Want::record::<User>(self.user), Want::record::<Principal>(self.user)];
        let at_client = [Want::record::<Client>(self.client), administrators_want(self.client.uuid())];
        let others = [ending::wants(self.user)].into_iter().chain(role_wants(tx, self.client));
        tx.prefetch(person.into_iter().chain(at_client).chain(others).chain(reach_wants(&self.reach)))?;
        let grant = giving(tx, self.client, self.role, &self.reach)?;
        let client: Client = tx.get(self.client)?;
        let before: Principal = tx.get(self.user)?;
        let mut principal = before.clone();
        let PrincipalSide::User { clients } = &mut principal.side else {
            return Err(Refusal::not_found().into());
        };
        let standing = clients.iter_mut().find(|one| one.client == client.id);
        let standing = standing.ok_or_else(Refusal::not_found)?;
        may_change(tx, &grant, &before, standing)?;
        belongs(tx, &client, &self.reach)?;
        standing.role = self.role;
        standing.reach = self.reach.clone();
        let changed = standing.clone();
        let user: User = tx.get(self.user)?;
        if principal != before {
            put_principal(tx, &grant, Some(&before), &principal)?;
            ending::end_all(tx, &grant, user.id)?;
            let (role, reach) = (self.role, self.reach.clone());
            tx.emit(&grant, &UserEvent::AccessChanged { user: user.id, client: client.id, role, reach })?;
        }
        Ok(views::person(&grant, &user, &principal, &changed))
    }
}

pub(super) fn reach_wants(reach: &Reach) -> impl Iterator<Item = Want> {
    let projects = match reach {
        Reach::Everything => &[][..],
        Reach::Selected(selection) => &selection.projects[..],
    };
    projects.iter().map(Want::record::<Project>)
}

/// Whether everything that is selected is the client's. What is another's is answered like what never was.
pub(super) fn belongs(tx: &mut Tx, client: &Client, reach: &Reach) -> Run<()> {
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

/// The people of a client as its own administrators see them: here, and nowhere else.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyPeople {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyPeople {
    const NAME: &'static str = "my_people.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<PersonView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<PersonView>> {
        let want = Want::range::<Membership>("by_client", vec![self.client.to_string().into()], 0);
        prefetch_page::<Membership>(tx, &self.page, &want, [])?;
        let grant = client_grant(tx, Permission::ManagePeople, Some(Place::client(self.client)))?;
        let (memberships, next) = page::<Membership>(tx, &self.page, want)?;
        tx.prefetch(
            memberships
                .iter()
                .flat_map(|one| [Want::record::<User>(one.user), Want::record::<Principal>(one.user)]),
        )?;
        let mut items = Vec::with_capacity(memberships.len());
        for one in memberships {
            let (user, principal): (User, Principal) = (tx.get(one.user)?, tx.get(one.user)?);
            let PrincipalSide::User { clients } = &principal.side else { continue };
            if let Some(standing) = clients.iter().find(|standing| standing.client == self.client) {
                items.push(views::person(&grant, &user, &principal, standing));
            }
        }
        Ok(Page { items, next })
    }
}
