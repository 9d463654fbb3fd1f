//! What somebody may do at a client, and where: changed by the agency, or by the client's own administrator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    ClientRole, Principal, PrincipalSide, Reach, administrators_want, giving, may_change, put_principal,
    role_wants,
};
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::sessions::ending;
use crate::users::events::UserEvent;
use crate::users::model::User;
use crate::users::reaches::{belongs, reach_wants};
use crate::users::views::{self, PersonView};
use crate::values::{ClientId, UserId};

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
