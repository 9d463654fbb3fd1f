//! Reading portal users: a client's people, and one of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Page, PageRequest, Permission, Principal, Scope, authorize, page, prefetch_page, present,
};
use crate::clients::model::Client;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::users::model::{Membership, User};
use crate::users::views::{self, UserView};
use crate::values::{ClientId, UserId};

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
