//! Letting somebody in whom an issuer vouches for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::operator_while_open;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Stop, Tx};
use crate::identities::claims::Claims;
use crate::identities::model::{Group, Issuer, Providers, Subject};
use crate::identities::rules;
use crate::identities::settling::{removed, settle};
use crate::identities::views::IdentitySignedIn;
use crate::sessions::attempt::policy;
use crate::sessions::model::UserSessions;
use crate::sessions::starting::{Coming, start};
use crate::sessions::views::without_secrets;
use crate::values::{Bounded, ClientId, Email, Locale, OneTimeSecret, Source, Text};

/// Signs in a person of a client by claims that the host has verified, with the role and reach of their groups from
/// now on. Who is in no group that is worth anything is refused, and is nothing at the client any more.
///
/// The host speaks: nobody else can say whose claims these are. A password and a second factor of ours are not asked
/// for; both are the issuer's matter. The last administrator of a client is not made less by their groups: such a
/// sign-in is refused until there is another one.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInWithIdentity {
    pub client: ClientId,
    pub issuer: Issuer,
    pub subject: Subject,
    /// Needed of somebody who is not known yet.
    #[serde(default)]
    pub email: Option<Email>,
    /// Whether the issuer vouches for the address.
    #[serde(default)]
    pub email_verified: bool,
    /// Needed of somebody who is not known yet.
    #[serde(default)]
    pub name: Option<Text<120>>,
    #[serde(default)]
    pub locale: Option<Locale>,
    #[serde(default)]
    pub groups: Bounded<Group, 200>,
    /// Where the call comes from, such as the IP address: kept with the session.
    #[serde(default)]
    pub source: Option<Source>,
    /// Whether to start a session of the library's own. A host that keeps its own says false.
    #[serde(default)]
    pub session: bool,
}

impl Operation for SignInWithIdentity {
    const NAME: &'static str = "identities.sign_in";
    const EFFECT: Effect = Effect::Command;
    type Reply = IdentitySignedIn;

    fn run(&self, tx: &mut Tx) -> Run<IdentitySignedIn> {
        let claims = Claims {
            email: self.email.as_ref(),
            email_verified: self.email_verified,
            name: self.name.as_ref(),
            locale: self.locale,
            ..Claims::of(self.client, &self.issuer, &self.subject)
        };
        tx.prefetch(claims.wants(tx))?;
        let grant = operator_while_open(tx)?;
        let providers: Option<Providers> = tx.find(self.client)?;
        let provider = rules::trusted(providers.as_ref(), &self.issuer)?;
        let Some(standing) = rules::standing(provider, &self.groups) else {
            removed(tx, &grant, &claims)?;
            return Err(Stop::Counted(Refusal::new(Code::IdentityWithoutRole).at("groups")));
        };
        let settled = settle(tx, &grant, &claims, provider, &standing)?;
        let user = settled.user.id;
        let session = if self.session {
            let sessions: Option<UserSessions> = tx.find(user)?;
            let coming = Coming {
                principal: &settled.principal,
                policy: policy(tx)?,
                sessions: sessions.unwrap_or(UserSessions::none(user)),
                source: self.source.clone(),
                device: OneTimeSecret::handed_out(),
            };
            Some(start(tx, &grant, coming)?)
        } else {
            None
        };
        Ok(IdentitySignedIn { user, change: settled.change, session })
    }

    fn without_secrets(mut reply: IdentitySignedIn) -> IdentitySignedIn {
        reply.session = reply.session.map(without_secrets);
        reply
    }
}
