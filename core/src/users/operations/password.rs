//! Passwords after joining: changing one's own, the agency's temporary one, and showing one at sign-in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Access, Grant, Permission, Principal, PrincipalSide, Scope, authorize, replace_principal, signed_in,
};
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::sessions::attempt::{Proved, Shown, prove};
use crate::sessions::model::SignInPolicy;
use crate::sessions::{current, ending};
use crate::users::events::UserEvent;
use crate::users::model::{Credential, User};
use crate::users::rules::{self, TEMPORARY_HOURS};
use crate::users::second_factor::SecondFactor;
use crate::users::views::{self, SignedIn, UserView};
use crate::users::{invitations, passwords};
use crate::values::{
    Email, OneTimeCode, OneTimeSecret, Password, Source, Token, UserId, optional_secret_input, secret_input,
};

/// Of a user at many clients, so many names are kept out of the password.
const CLIENTS_NAMED_MOST: usize = 20;

/// Sets a password that the user must change, good for 72 hours, and ends all of the user's sessions. For imports; an
/// invitation, or a mail for a new password, is the better way.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTemporaryPassword {
    pub user: UserId,
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
    /// Whether the host has found the password in a list of breached ones; it is refused then. The library asks
    /// nobody: a host that wants this looks the password up before the call.
    #[serde(default)]
    pub breached: bool,
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
        let clients = clients(tx, &principal, [])?;
        acceptable(tx, &self.password, &user, &clients)?;
        rules::not_breached(self.breached)?;
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
        replace_principal(tx, &grant, &principal)?;
        ending::forget_all(tx, &grant, user.id)?;
        tx.emit(&grant, &UserEvent::TemporaryPasswordSet { user: user.id, expires_at })?;
        Ok(views::user(&grant, &user, &principal))
    }
}

/// Changes one's own password, and ends all of one's sessions: sign in again with the new one. After a temporary
/// one, this is what opens the portal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    #[serde(serialize_with = "secret_input")]
    pub current: Password,
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
    /// Whether the host has found the password in a list of breached ones; it is refused then. The library asks
    /// nobody: a host that wants this looks the password up before the call.
    #[serde(default)]
    pub breached: bool,
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
        let wants = current::wants(tx, &user)?;
        let mut clients = clients(tx, &principal, wants)?;
        current::prove(tx, &grant, &user, &principal, &self.current, "current")?;
        if passwords::normal(&self.current) == passwords::normal(&self.password) {
            return Err(Refusal::new(Code::PasswordSame).at("password").into());
        }
        acceptable(tx, &self.password, &user, &clients)?;
        rules::not_breached(self.breached)?;
        let password = passwords::hashed(tx, &self.password)?;
        let set_at = tx.now();
        tx.put(&grant, &Credential { user: id, password, set_at, expires_at: None })?;
        if principal.must_change_password {
            principal.must_change_password = false;
            replace_principal(tx, &grant, &principal)?;
        }
        if user.joined_at.is_none() {
            connect(tx, &grant, &mut user, &mut clients)?;
        }
        ending::end_all(tx, &grant, id)?;
        tx.emit(&grant, &UserEvent::PasswordChanged { user: id })?;
        Ok(views::user(&grant, &user, &principal))
    }
}

/// Who came in by a temporary password joins when it is changed.
pub(super) fn connect(tx: &mut Tx, grant: &Grant, user: &mut User, clients: &mut [Client]) -> Run<()> {
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

/// Checks a login for a host that keeps its own sessions, with the answers and the waits of `sessions.sign_in`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyPassword {
    pub email: Email,
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
    /// A code of the app, or a recovery code.
    #[serde(default, serialize_with = "optional_secret_input")]
    pub code: Option<OneTimeCode>,
    /// Where the attempt comes from, such as the IP address. Without it, nothing is counted by source.
    #[serde(default)]
    pub source: Option<Source>,
    /// What an earlier check gave this device.
    #[serde(default, serialize_with = "optional_secret_input")]
    pub device: Option<Token>,
}

impl Operation for VerifyPassword {
    const NAME: &'static str = "users.verify_password";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["password", "code", "device"];
    const COSTLY: bool = true;
    type Reply = SignedIn;

    fn run(&self, tx: &mut Tx) -> Run<SignedIn> {
        let shown = Shown {
            email: &self.email,
            password: &self.password,
            code: self.code.as_ref(),
            source: self.source.as_ref(),
            device: self.device.as_ref(),
        };
        let (grant, Proved { user, principal, sessions, device, .. }) = prove(tx, &shown)?;
        tx.put(&grant, &sessions)?;
        Ok(SignedIn { user, must_change_password: principal.must_change_password, device })
    }

    fn without_secrets(reply: SignedIn) -> SignedIn {
        SignedIn { device: OneTimeSecret::handed_out(), ..reply }
    }
}

fn account(tx: &Tx, id: UserId) -> [Want; 7] {
    [
        Want::record::<SecondFactor>(id),
        Want::record::<SignInPolicy>(tx.context().agency),
        ending::wants(id),
        Want::record::<User>(id),
        Want::record::<Principal>(id),
        Want::record::<Credential>(id),
        Want::record::<Agency>(tx.context().agency),
    ]
}

/// The clients whose names concern a user, loaded together with what else is wanted.
pub(super) fn clients(
    tx: &mut Tx,
    principal: &Principal,
    more: impl IntoIterator<Item = Want>,
) -> Run<Vec<Client>> {
    let PrincipalSide::User { clients } = &principal.side else {
        return Err(Refusal::not_found().into());
    };
    let named = clients.iter().take(CLIENTS_NAMED_MOST).map(|one| one.client);
    tx.prefetch(named.clone().map(Want::record::<Client>).chain(more))?;
    named.map(|id| tx.get(id)).collect()
}

pub(super) fn acceptable(tx: &mut Tx, password: &Password, user: &User, clients: &[Client]) -> Run<()> {
    let agency: Agency = tx.get(tx.context().agency)?;
    let mut names = vec![agency.name.as_str(), user.name.as_str()];
    names.extend(clients.iter().map(|client| client.name.as_str()));
    let second: Option<SecondFactor> = tx.find(user.id)?;
    let judge = match second {
        Some(second) if second.is_on() => rules::acceptable_with_second_factor,
        _ => rules::acceptable,
    };
    Ok(judge(password, &user.email, &names)?)
}
