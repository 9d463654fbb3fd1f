//! The second factor: switching it on in two steps, off again, and the agency's help for who has lost it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Principal, Scope, authorize, present, replace_principal};
use crate::agency::model::Agency;
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::sessions::model::SignInPolicy;
use crate::sessions::{current, ending};
use crate::users::events::UserEvent;
use crate::users::model::{Credential, User};
use crate::users::passwords;
use crate::users::rules::PASSWORD_CHARACTERS_LEAST;
use crate::users::second_factor::{self, RECOVERY_CODES, SecondFactor};
use crate::users::views::{self, RecoveryCodes, SecondFactorEnrolled, SecondFactorView, UserView};
use crate::values::{OneTimeCode, OneTimeSecret, Password, UserId, secret_input};

/// Whether one's own sign-in asks for a second factor, and how many recovery codes are left.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetSecondFactor {}

impl Operation for GetSecondFactor {
    const NAME: &'static str = "users.get_second_factor";
    const EFFECT: Effect = Effect::Query;
    type Reply = SecondFactorView;

    fn run(&self, tx: &mut Tx) -> Run<SecondFactorView> {
        let (grant, user) = oneself(tx)?;
        let factor: Option<SecondFactor> = tx.find(user.id)?;
        Ok(views::second_factor(&grant, factor.as_ref()))
    }
}

/// Makes a secret for an app that shows codes (TOTP, RFC 6238). Sign-in asks for codes once
/// `users.confirm_second_factor` has taken one. Enrolling again replaces a secret that was not confirmed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolSecondFactor {
    /// One's password once more.
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
}

impl Operation for EnrolSecondFactor {
    const NAME: &'static str = "users.enrol_second_factor";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["password"];
    const COSTLY: bool = true;
    type Reply = SecondFactorEnrolled;

    fn run(&self, tx: &mut Tx) -> Run<SecondFactorEnrolled> {
        let (grant, user) = proved(tx, &self.password)?;
        let old: Option<SecondFactor> = tx.find(user.id)?;
        if old.is_some_and(|old| old.is_on()) {
            return Err(Refusal::new(Code::SecondFactorOn).into());
        }
        let agency: Agency = tx.get(tx.context().agency)?;
        let secret = second_factor::new_secret(&tx.secret_bytes("second factor"));
        let uri = second_factor::uri(agency.name.as_str(), &user.email, &secret);
        tx.put(&grant, &SecondFactor { secret: Some(secret.clone()), ..SecondFactor::off(user.id) })?;
        Ok(SecondFactorEnrolled { secret: OneTimeSecret::new(secret), uri: OneTimeSecret::new(uri) })
    }

    fn without_secrets(_: SecondFactorEnrolled) -> SecondFactorEnrolled {
        SecondFactorEnrolled { secret: OneTimeSecret::handed_out(), uri: OneTimeSecret::handed_out() }
    }
}

/// Switches the second factor on with a first code of the app, and hands out ten recovery codes, each good once.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmSecondFactor {
    #[serde(serialize_with = "secret_input")]
    pub code: OneTimeCode,
}

impl Operation for ConfirmSecondFactor {
    const NAME: &'static str = "users.confirm_second_factor";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["code"];
    type Reply = RecoveryCodes;

    fn run(&self, tx: &mut Tx) -> Run<RecoveryCodes> {
        let (grant, user) = oneself(tx)?;
        let factor: Option<SecondFactor> = tx.find(user.id)?;
        let factor = factor.filter(|factor| factor.secret.is_some());
        let mut factor = factor.ok_or_else(|| Refusal::new(Code::SecondFactorOff))?;
        if factor.is_on() {
            return Err(Refusal::new(Code::SecondFactorOn).into());
        }
        if !factor.take_app_code(&self.code, tx.now()) {
            return Err(Refusal::new(Code::CodeWrong).at("code").into());
        }
        let codes: Vec<String> = (0..RECOVERY_CODES)
            .map(|number| second_factor::recovery_code(&tx.secret_bytes(&format!("recovery code {number}"))))
            .collect();
        let hashes = codes.iter().map(|code| second_factor::hash_of_recovery_code(user.id, code));
        factor.recovery = hashes.collect();
        factor.confirmed_at = Some(tx.now());
        tx.put(&grant, &factor)?;
        tx.emit(&grant, &UserEvent::SecondFactorOn { user: user.id })?;
        Ok(RecoveryCodes { recovery_codes: codes.into_iter().map(OneTimeSecret::new).collect() })
    }

    fn without_secrets(_: RecoveryCodes) -> RecoveryCodes {
        RecoveryCodes { recovery_codes: Vec::new() }
    }
}

/// Switches one's second factor off. Whose password is shorter than what holds without one sets a longer one first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisableSecondFactor {
    /// One's password once more.
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
}

impl Operation for DisableSecondFactor {
    const NAME: &'static str = "users.disable_second_factor";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["password"];
    const COSTLY: bool = true;
    type Reply = SecondFactorView;

    fn run(&self, tx: &mut Tx) -> Run<SecondFactorView> {
        let (grant, user) = proved(tx, &self.password)?;
        let old: Option<SecondFactor> = tx.find(user.id)?;
        if old.is_none_or(|old| old.secret.is_none()) {
            return Err(Refusal::new(Code::SecondFactorOff).into());
        }
        if passwords::normal(&self.password).chars().count() < PASSWORD_CHARACTERS_LEAST {
            let refusal = Refusal::new(Code::PasswordTooShort).at("password");
            return Err(refusal.with("expected", PASSWORD_CHARACTERS_LEAST).into());
        }
        let factor = SecondFactor::off(user.id);
        tx.put(&grant, &factor)?;
        tx.emit(&grant, &UserEvent::SecondFactorOff { user: user.id })?;
        Ok(views::second_factor(&grant, Some(&factor)))
    }
}

/// Takes a user's second factor away, for who has lost the phone and the recovery codes. Their sessions end, and they
/// must change the password after signing in, since a shorter one was enough until now.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetSecondFactor {
    pub user: UserId,
}

impl Operation for ResetSecondFactor {
    const NAME: &'static str = "users.reset_second_factor";
    const EFFECT: Effect = Effect::Command;
    type Reply = UserView;

    fn run(&self, tx: &mut Tx) -> Run<UserView> {
        let id = self.user;
        tx.prefetch([
            Want::record::<User>(id),
            Want::record::<Principal>(id),
            Want::record::<SecondFactor>(id),
            ending::wants(id),
        ])?;
        let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
        let user: User = tx.get(id)?;
        let mut principal: Principal = tx.get(id)?;
        let old: Option<SecondFactor> = tx.find(id)?;
        if !old.is_some_and(|old| old.is_on()) {
            return Err(Refusal::new(Code::SecondFactorOff).into());
        }
        tx.put(&grant, &SecondFactor::off(id))?;
        principal.must_change_password = true;
        replace_principal(tx, &grant, &principal)?;
        ending::forget_all(tx, &grant, id)?;
        tx.emit(&grant, &UserEvent::SecondFactorOff { user: id })?;
        Ok(views::user(&grant, &user, &principal))
    }
}

/// The user who calls, with everything that is needed about them.
fn oneself(tx: &mut Tx) -> Run<(Grant, User)> {
    let Actor::User { id } = tx.context().actor.audience() else {
        return Err(Refusal::new(Code::WrongSide).into());
    };
    let agency = tx.context().agency;
    tx.prefetch([
        Want::record::<User>(id),
        Want::record::<Credential>(id),
        Want::record::<SecondFactor>(id),
        Want::record::<Agency>(agency),
        Want::record::<SignInPolicy>(agency),
    ])?;
    let grant = present(tx)?;
    Ok((grant, tx.get(id)?))
}

/// The user who calls and has shown their password again.
fn proved(tx: &mut Tx, password: &Password) -> Run<(Grant, User)> {
    let (grant, user) = oneself(tx)?;
    let wants = current::wants(tx, &user)?;
    tx.prefetch(wants)?;
    let principal: Principal = tx.get(user.id)?;
    current::prove(tx, &grant, &user, &principal, password, "password")?;
    Ok((grant, user))
}
