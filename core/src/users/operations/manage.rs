//! What the agency changes about a portal user: name and address, and whether they may come in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{EMAIL, email_claim};
use crate::access::{Access, Grant, Permission, Principal, Scope, authorize, replace_principal};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::sessions::ending;
use crate::users::events::UserEvent;
use crate::users::model::User;
use crate::users::views::{self, UserView};
use crate::values::{Email, Text, UserId};

/// Changes a user's name or address, at once. An open invitation to the old address is withdrawn.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameUser {
    pub user: UserId,
    #[serde(default)]
    pub name: Option<Text<120>>,
    #[serde(default)]
    pub email: Option<Email>,
}

impl Operation for RenameUser {
    const NAME: &'static str = "users.rename";
    const EFFECT: Effect = Effect::Command;
    type Reply = UserView;

    fn run(&self, tx: &mut Tx) -> Run<UserView> {
        let claim = self.email.as_ref().map(email_claim);
        let (grant, old, principal) = managed(tx, self.user, claim)?;
        let mut user = old.clone();
        if let Some(name) = &self.name {
            user.name = name.clone();
        }
        if let Some(email) = &self.email {
            self.move_login(tx, &grant, &mut user, email)?;
        }
        if user != old {
            tx.put(&grant, &user)?;
            tx.emit(&grant, &UserEvent::Changed { user: user.id })?;
        }
        Ok(views::user(&grant, &user, &principal))
    }
}

impl RenameUser {
    fn move_login(&self, tx: &mut Tx, grant: &Grant, user: &mut User, email: &Email) -> Run<()> {
        let (from, to) = (user.email.folded(), email.folded());
        user.email = email.clone();
        if from == to {
            return Ok(());
        }
        if tx.holder(email_claim(email))?.is_some() {
            return Err(Refusal::new(Code::EmailTaken).at("email").into());
        }
        tx.release(grant, EMAIL, &from, self.user);
        tx.take(grant, EMAIL, &to, self.user);
        user.link = None;
        Ok(())
    }
}

/// Ends a user's access at once, with their invitation and their sessions. Nothing else of theirs is lost.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeactivateUser {
    pub user: UserId,
}

impl Operation for DeactivateUser {
    const NAME: &'static str = "users.deactivate";
    const EFFECT: Effect = Effect::Command;
    type Reply = UserView;

    fn run(&self, tx: &mut Tx) -> Run<UserView> {
        let (grant, mut user, mut principal) = managed(tx, self.user, Some(ending::wants(self.user)))?;
        if principal.access != Access::Deactivated {
            principal.access = Access::Deactivated;
            user.link = None;
            ending::forget_all(tx, &grant, user.id)?;
            replace_principal(tx, &grant, &principal)?;
            tx.put(&grant, &user)?;
            tx.emit(&grant, &UserEvent::Deactivated { user: user.id })?;
        }
        Ok(views::user(&grant, &user, &principal))
    }
}

/// Gives a deactivated user their access back, with the password they had. Who had not joined needs a new
/// invitation.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReactivateUser {
    pub user: UserId,
}

impl Operation for ReactivateUser {
    const NAME: &'static str = "users.reactivate";
    const EFFECT: Effect = Effect::Command;
    type Reply = UserView;

    fn run(&self, tx: &mut Tx) -> Run<UserView> {
        let (grant, user, mut principal) = managed(tx, self.user, None)?;
        if principal.access == Access::Deactivated {
            let has_password = user.joined_at.is_some() || principal.must_change_password;
            principal.access = if has_password { Access::Active } else { Access::Invited };
            replace_principal(tx, &grant, &principal)?;
            tx.emit(&grant, &UserEvent::Reactivated { user: user.id })?;
        }
        Ok(views::user(&grant, &user, &principal))
    }
}

fn managed(tx: &mut Tx, id: UserId, claim: Option<Want>) -> Run<(Grant, User, Principal)> {
    tx.prefetch([Want::record::<User>(id), Want::record::<Principal>(id)].into_iter().chain(claim))?;
    let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
    Ok((grant, tx.get(id)?, tx.get(id)?))
}
