//! Keeping a client's people as their directory says: calls that can be repeated, in the manner of SCIM.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, operator};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx};
use crate::identities::claims::Claims;
use crate::identities::model::{Group, Issuer, Providers, Subject};
use crate::identities::rules;
use crate::identities::settling::{Settled, removed, settle};
use crate::identities::views::{IdentityChange, ProvisionedView};
use crate::users::events::UserEvent;
use crate::users::logins::{EMAIL, email_claim};
use crate::values::{Bounded, ClientId, Email, Locale, Text};

/// Makes somebody at a client what its directory says: created, changed, or removed from the client if none of the
/// groups is worth anything or `active` is false. Saying the same again changes nothing and says so.
///
/// The host speaks, which has checked that the directory is the issuer's. Somebody whom the agency has deactivated
/// stays so.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutIdentity {
    pub client: ClientId,
    pub issuer: Issuer,
    /// Whom the issuer means: never given to anybody else there.
    pub subject: Subject,
    pub name: Text<120>,
    /// The login in this agency, compared without case. A directory vouches for its addresses.
    pub email: Email,
    #[serde(default)]
    pub locale: Option<Locale>,
    #[serde(default)]
    pub groups: Bounded<Group, 200>,
    #[serde(default = "yes")]
    pub active: bool,
}

const fn yes() -> bool {
    true
}

impl Operation for PutIdentity {
    const NAME: &'static str = "identities.put";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProvisionedView;

    fn run(&self, tx: &mut Tx) -> Run<ProvisionedView> {
        let claims = Claims {
            email: Some(&self.email),
            email_verified: true,
            name: Some(&self.name),
            locale: self.locale,
            ..Claims::of(self.client, &self.issuer, &self.subject)
        };
        tx.prefetch(claims.wants(tx))?;
        let grant = operator(tx)?;
        let providers: Option<Providers> = tx.find(self.client)?;
        let provider = rules::trusted(providers.as_ref(), &self.issuer)?;
        let standing = rules::standing(provider, &self.groups).filter(|_| self.active);
        let Some(standing) = standing else { return removed(tx, &grant, &claims) };
        let mut settled = settle(tx, &grant, &claims, provider, &standing)?;
        if settled.change != IdentityChange::Created && self.rename(tx, &grant, &mut settled)? {
            settled.change = settled.change.max(IdentityChange::Changed);
        }
        Ok(ProvisionedView {
            client: self.client,
            user: Some(settled.user.id),
            role: Some(standing.role),
            reach: Some(standing.reach),
            change: settled.change,
        })
    }
}

impl PutIdentity {
    /// Takes over name and address. The directory of one client does not rename people of several.
    fn rename(&self, tx: &mut Tx, grant: &Grant, settled: &mut Settled) -> Run<bool> {
        let user = &mut settled.user;
        let (from, to) = (user.email.folded(), self.email.folded());
        let is_same = user.name == self.name && user.email == self.email;
        if is_same || !rules::is_of_client_alone(&settled.principal, self.client) {
            return Ok(false);
        }
        if from != to {
            if tx.holder(email_claim(&self.email))?.is_some() {
                return Err(Refusal::new(Code::EmailTaken).at("email").into());
            }
            tx.release(grant, EMAIL, &from, user.id);
            tx.take(grant, EMAIL, &to, user.id);
        }
        user.name = self.name.clone();
        user.email = self.email.clone();
        tx.put(grant, user)?;
        tx.emit(grant, &UserEvent::Changed { user: user.id })?;
        Ok(true)
    }
}

/// Removes somebody from the client at once, with their sessions; the identity stays theirs, and `identities.put`
/// brings them back. Saying so again changes nothing.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveIdentity {
    pub client: ClientId,
    pub issuer: Issuer,
    pub subject: Subject,
}

impl Operation for RemoveIdentity {
    const NAME: &'static str = "identities.remove";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProvisionedView;

    fn run(&self, tx: &mut Tx) -> Run<ProvisionedView> {
        let claims = Claims::of(self.client, &self.issuer, &self.subject);
        tx.prefetch(claims.wants(tx))?;
        let grant = operator(tx)?;
        let providers: Option<Providers> = tx.find(self.client)?;
        rules::trusted(providers.as_ref(), &self.issuer)?;
        removed(tx, &grant, &claims)
    }
}
