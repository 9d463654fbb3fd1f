//! Passwords after joining: changing one's own, the agency's temporary one, and showing one at sign-in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::email_claim;
use crate::access::{
    Access, Grant, Permission, Principal, PrincipalSide, Scope, authorize, guest, signed_in,
};
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::users::events::UserEvent;
use crate::users::model::{Credential, User};
use crate::users::rules::{self, TEMPORARY_HOURS};
use crate::users::views::{self, SignedIn, UserView};
use crate::users::{invitations, passwords};
use crate::values::{Email, Password, UserId, secret_input};

/// Of a user at many clients, so many names are kept out of the password.
const CLIENTS_NAMED_MOST: usize = 20;

/// Sets a password that the user must change, good for 72 hours. For imports; an invitation is the better way.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTemporaryPassword {
    pub user: UserId,
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
}

impl Operation for SetTemporaryPassword {
    const NAME: &'static str = "users.set_temporary_password";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["password"];
    const COSTLY: bool = true;
    type Reply = UserView;

    fn run(&self, tx: &mut Tx) -> Run<UserView> {
        tx.prefetch(account(tx, self.user))?;
        let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
        let mut user: User = tx.get(self.user)?;
        let mut principal: Principal = tx.get(self.user)?;
        if principal.access == Access::Deactivated {
            return Err(Refusal::new(Code::AccessEnded).into());
        }
        let clients = clients(tx, &principal)?;
        acceptable(tx, &self.password, &user, &clients)?;
        let password = passwords::hashed(tx, &self.password)?;
        let _: Option<Credential> = tx.find(user.id)?;
        let expires_at = tx.now().plus_minutes(TEMPORARY_HOURS * 60).map_err(Refusal::from)?;
        let set_at = tx.now();
        tx.put(&grant, &Credential { user: user.id, password, set_at, expires_at: Some(expires_at) })?;
        // Two ways in at once would be one too many.
        user.link = None;
        tx.put(&grant, &user)?;
        principal.access = Access::Active;
        principal.must_change_password = true;
        tx.put(&grant, &principal)?;
        tx.emit(&grant, &UserEvent::TemporaryPasswordSet { user: user.id, expires_at })?;
        Ok(views::user(&grant, &user, &principal))
    }
}

/// Changes one's own password. After a temporary one, this is what opens the portal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    #[serde(serialize_with = "secret_input")]
    pub current: Password,
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
}

impl Operation for ChangePassword {
    const NAME: &'static str = "users.change_password";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["current", "password"];
    const COSTLY: bool = true;
    type Reply = UserView;

    fn run(&self, tx: &mut Tx) -> Run<UserView> {
        let Actor::User { id } = tx.context().actor else {
            return Err(Refusal::new(Code::WrongSide).into());
        };
        tx.prefetch(account(tx, id))?;
        let grant = signed_in(tx)?;
        let mut user: User = tx.get(id)?;
        let mut principal: Principal = tx.get(id)?;
        let mut clients = clients(tx, &principal)?;
        let credential: Option<Credential> = tx.find(id)?;
        let credential = credential.filter(|kept| rules::may_sign_in(&principal, kept, tx.now()));
        let kept = credential.as_ref().map_or(passwords::NOBODY, |kept| kept.password.as_str());
        if !passwords::verified(tx, &self.current, kept)? {
            return Err(Refusal::new(Code::CredentialsWrong).at("current").into());
        }
        if passwords::normal(&self.current) == passwords::normal(&self.password) {
            return Err(Refusal::new(Code::PasswordSame).at("password").into());
        }
        acceptable(tx, &self.password, &user, &clients)?;
        let password = passwords::hashed(tx, &self.password)?;
        let set_at = tx.now();
        tx.put(&grant, &Credential { user: id, password, set_at, expires_at: None })?;
        if principal.must_change_password {
            principal.must_change_password = false;
            tx.put(&grant, &principal)?;
        }
        if user.joined_at.is_none() {
            connect(tx, &grant, &mut user, &mut clients)?;
        }
        tx.emit(&grant, &UserEvent::PasswordChanged { user: id })?;
        Ok(views::user(&grant, &user, &principal))
    }
}

/// Who came in by a temporary password joins when it is changed.
fn connect(tx: &mut Tx, grant: &Grant, user: &mut User, clients: &mut [Client]) -> Run<()> {
    user.joined_at = Some(tx.now());
    tx.put(grant, user)?;
    for client in clients {
        if invitations::activate_client(tx, grant, client)? {
            tx.put(grant, client)?;
        }
        tx.emit(grant, &UserEvent::Joined { user: user.id, client: client.id })?;
    }
    Ok(())
}

/// Checks a login for the host, which then keeps its own session. Every no is the same no and takes the same work.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyPassword {
    pub email: Email,
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
}

impl Operation for VerifyPassword {
    const NAME: &'static str = "users.verify_password";
    const EFFECT: Effect = Effect::Query;
    const SECRETS: &'static [&'static str] = &["password"];
    const COSTLY: bool = true;
    type Reply = SignedIn;

    fn run(&self, tx: &mut Tx) -> Run<SignedIn> {
        tx.prefetch([email_claim(&self.email)])?;
        guest(tx)?;
        let holder = tx.holder(email_claim(&self.email))?;
        // Nobody's records are looked for in the same way as somebody's.
        let id = holder.and_then(|text| text.parse::<Uuid>().ok()).unwrap_or_default();
        tx.prefetch([Want::record::<Principal>(id), Want::record::<Credential>(id)])?;
        let principal: Option<Principal> = tx.find(id)?;
        let credential: Option<Credential> = tx.find(id)?;
        let kept = credential.as_ref().map_or(passwords::NOBODY, |kept| kept.password.as_str());
        let fits = passwords::verified(tx, &self.password, kept)?;
        let may = principal
            .zip(credential)
            .filter(|(principal, credential)| fits && rules::may_sign_in(principal, credential, tx.now()));
        match may {
            Some((principal, _)) => {
                Ok(SignedIn { user: UserId::new(id), must_change_password: principal.must_change_password })
            }
            None => Err(Refusal::new(Code::CredentialsWrong).into()),
        }
    }
}

fn account(tx: &Tx, id: UserId) -> [Want; 4] {
    [
        Want::record::<User>(id),
        Want::record::<Principal>(id),
        Want::record::<Credential>(id),
        Want::record::<Agency>(tx.context().agency),
    ]
}

fn clients(tx: &mut Tx, principal: &Principal) -> Run<Vec<Client>> {
    let PrincipalSide::User { clients } = &principal.side else {
        return Err(Refusal::not_found().into());
    };
    let named = clients.iter().take(CLIENTS_NAMED_MOST).map(|one| one.client);
    tx.prefetch(named.clone().map(Want::record::<Client>))?;
    named.map(|id| tx.get(id)).collect()
}

fn acceptable(tx: &mut Tx, password: &Password, user: &User, clients: &[Client]) -> Run<()> {
    let agency: Agency = tx.get(tx.context().agency)?;
    let mut names = vec![agency.name.as_str(), user.name.as_str()];
    names.extend(clients.iter().map(|client| client.name.as_str()));
    Ok(rules::acceptable(password, &user.email, &names)?)
}
