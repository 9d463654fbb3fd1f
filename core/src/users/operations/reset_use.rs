//! The other end of a mail for a new password: looking at its link, and using it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::password::{acceptable, clients, connect};
use crate::access::{Grant, Principal, guest, replace_principal};
use crate::access::{PersonToken, Purpose};
use crate::agency::model::Agency;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Stop, Tx, Want};
use crate::sessions::attempt::tally_id;
use crate::sessions::ending;
use crate::sessions::model::{Attempts, Counted, SignInPolicy, Tally};
use crate::users::events::UserEvent;
use crate::users::model::{Credential, User};
use crate::users::passwords;
use crate::users::reset::{self, PasswordReset};
use crate::users::rules;
use crate::users::second_factor::SecondFactor;
use crate::users::views::{PasswordWasReset, ResetPreview};
use crate::values::{Password, Token, secret_input};

/// What a link for a new password is good for. Looking changes nothing: mail scanners open links too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewPasswordReset {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
}

impl Operation for PreviewPasswordReset {
    const NAME: &'static str = "users.preview_password_reset";
    const EFFECT: Effect = Effect::Query;
    const SECRETS: &'static [&'static str] = &["token"];
    type Reply = ResetPreview;

    fn run(&self, tx: &mut Tx) -> Run<ResetPreview> {
        let Opened { user, expires_at, .. } = open(tx, &self.token)?;
        let agency: Agency = tx.get(tx.context().agency)?;
        Ok(ResetPreview { agency_name: agency.name.to_string(), email: user.email, expires_at })
    }
}

/// Sets a new password through a link, once. All sessions, known devices and open invitations of the user end; a
/// second factor stays.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
    /// Whether the host has found the password in a list of breached ones; it is refused then. The library asks
    /// nobody: a host that wants this looks the password up before the call.
    #[serde(default)]
    pub breached: bool,
}

impl Operation for ResetPassword {
    const NAME: &'static str = "users.reset_password";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["token", "password"];
    const COSTLY: bool = true;
    type Reply = PasswordWasReset;

    fn run(&self, tx: &mut Tx) -> Run<PasswordWasReset> {
        let Opened { grant, mut user, mut principal, mut reset, .. } = open(tx, &self.token)?;
        let account = tally_id(tx, Counted::Account, &user.email.folded())?;
        let mut clients = clients(tx, &principal, [Want::record::<Attempts>(&account)])?;
        acceptable(tx, &self.password, &user, &clients)?;
        rules::not_breached(self.breached)?;
        let password = passwords::hashed(tx, &self.password)?;
        let _: Option<Credential> = tx.find(user.id)?;
        let now = tx.now();
        tx.put(&grant, &Credential { user: user.id, password, set_at: now, expires_at: None })?;
        reset.requested_at = None;
        if let Some(link) = &mut reset.link {
            link.used_at = Some(now);
        }
        tx.put(&grant, &reset)?;
        if principal.must_change_password {
            principal.must_change_password = false;
            replace_principal(tx, &grant, &principal)?;
        }
        user.link = None;
        tx.put(&grant, &user)?;
        if user.joined_at.is_none() {
            connect(tx, &grant, &mut user, &mut clients)?;
        }
        ending::forget_all(tx, &grant, user.id)?;
        // Whoever failed before, it was not this password that they tried.
        if let Some(mut attempts) = tx.find::<Attempts>(&account)? {
            attempts.tally = Tally::default();
            tx.put(&grant, &attempts)?;
        }
        tx.emit(&grant, &UserEvent::PasswordReset { user: user.id })?;
        Ok(PasswordWasReset { user: user.id })
    }
}

struct Opened {
    grant: Grant,
    user: User,
    principal: Principal,
    reset: PasswordReset,
    expires_at: crate::values::Instant,
}

/// Opens a link. Only who shows the whole token is told what became of it. What is no token of this agency is looked
/// for all the same, under no id.
fn open(tx: &mut Tx, token: &Token) -> Run<Opened> {
    let agency = tx.context().agency;
    let token = PersonToken::read(token, Purpose::Reset, agency);
    let id = token.as_ref().map_or(Uuid::nil(), |token| token.user().uuid());
    tx.prefetch([
        Want::record::<PasswordReset>(id),
        Want::record::<User>(id),
        Want::record::<Principal>(id),
        Want::record::<Credential>(id),
        Want::record::<SecondFactor>(id),
        Want::record::<Agency>(agency),
        Want::record::<SignInPolicy>(agency),
        ending::wants(crate::values::UserId::new(id)),
    ])?;
    let grant = guest(tx)?;
    let invalid = || Stop::Refused(Refusal::new(Code::LinkInvalid).at("token"));
    let token = token.ok_or_else(invalid)?;
    let reset: PasswordReset = tx.find(id)?.ok_or_else(invalid)?;
    let link = reset.link.as_ref().filter(|link| token.fits(&link.secret)).ok_or_else(invalid)?;
    let user: User = tx.find(id)?.ok_or_else(invalid)?;
    let principal: Principal = tx.find(id)?.ok_or_else(invalid)?;
    reset::may_use(link, &user, &principal, tx.now())?;
    let expires_at = link.expires_at;
    Ok(Opened { grant, user, principal, reset, expires_at })
}
