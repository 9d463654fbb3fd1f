//! Reading portal users: a client's people, and one of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Page, PageRequest, Permission, Place, Principal, PrincipalSide, Scope, authorize, page, prefetch_page,
    present,
};
use crate::clients::model::Client;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::users::model::{Membership, User};
use crate::users::views::{self, PersonView, UserView};
use crate::values::{ClientId, UserId};
use crate::visibility::client_grant;

/// A client's people with their status, in the order in which they came.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListUsers {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListUsers {
    const NAME: &'static str = "users.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<UserView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<UserView>> {
        let want = Want::range::<Membership>("by_client", vec![self.client.to_string().into()], 0);
        prefetch_page::<Membership>(tx, &self.page, &want, [Want::record::<Client>(self.client)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (memberships, next) = page::<Membership>(tx, &self.page, want)?;
        let _: Client = tx.get(self.client)?;
        tx.prefetch(
            memberships
                .iter()
                .flat_map(|one| [Want::record::<User>(one.user), Want::record::<Principal>(one.user)]),
        )?;
        let items: Run<Vec<UserView>> = memberships
            .iter()
            .map(|one| {
                Ok(views::user_at(&grant, &tx.get::<User>(one.user)?, &tx.get::<Principal>(one.user)?, one))
            })
            .collect();
        Ok(Page { items: items?, next })
    }
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

/// One portal user, for the agency; a user may read themself.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetUser {
    pub user: UserId,
}

impl Operation for GetUser {
    const NAME: &'static str = "users.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = UserView;

    fn run(&self, tx: &mut Tx) -> Run<UserView> {
        tx.prefetch([Want::record::<User>(self.user), Want::record::<Principal>(self.user)])?;
        let grant = match tx.context().actor {
            actor @ (Actor::User { .. } | Actor::Impersonated { .. } | Actor::Preview { .. }) => {
                let grant = present(tx)?;
                if actor.user() != Some(self.user) {
                    return Err(Refusal::not_found().into());
                }
                grant
            }
            Actor::Operator | Actor::Member { .. } | Actor::Holder { .. } | Actor::Guest => {
                authorize(tx, Permission::ViewAgency, Scope::Agency)?
            }
        };
        Ok(views::user(&grant, &tx.get(self.user)?, &tx.get(self.user)?))
    }
}
