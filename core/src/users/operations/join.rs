//! The invited person's side of a link: looking at it, and joining through it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::email_claim;
use super::invite::admit;
use crate::access::{Access, ClientRole, guest, replace_principal};
use crate::agency::model::Agency;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::links::passcodes;
use crate::sessions::model::SignInPolicy;
use crate::users::events::UserEvent;
use crate::users::invitations::{self, Opened};
use crate::users::model::{Credential, User};
use crate::users::views::{Joined, LinkPreview};
use crate::users::{passwords, rules};
use crate::values::{Email, Locale, Password, Source, Text, Token, optional_secret_input, secret_input};

/// What a link is for. Looking changes nothing: mail scanners open links too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewLink {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
}

impl Operation for PreviewLink {
    const NAME: &'static str = "users.preview_link";
    const EFFECT: Effect = Effect::Query;
    const SECRETS: &'static [&'static str] = &["token"];
    type Reply = LinkPreview;

    fn run(&self, tx: &mut Tx) -> Run<LinkPreview> {
        let agency = tx.context().agency;
        tx.prefetch(invitations::wants_of(&self.token, agency))?;
        guest(tx)?;
        let Opened { link, client, user } = invitations::open(tx, &self.token)?;
        let agency: Agency = tx.get(agency)?;
        // A look counts nothing, so it checks no passcode: it could be tried without end.
        let passcode_needed = link.passcode.is_some();
        let user = user.filter(|_| !passcode_needed);
        Ok(LinkPreview {
            agency_name: agency.name.to_string(),
            passcode_needed,
            client_name: (!passcode_needed).then(|| client.name.to_string()),
            name: user.as_ref().map(|(user, _)| user.name.to_string()),
            email: user.map(|(user, _)| user.email),
            expires_at: link.expires_at,
        })
    }
}

/// Joins the portal through a link, once. The first to join makes the client active.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinPortal {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
    /// At least 15 characters, not made of names or of what everybody tries.
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
    /// Whether the host has found the password in a list of breached ones; it is refused then. The library asks
    /// nobody: a host that wants this looks the password up before the call.
    #[serde(default)]
    pub breached: bool,
    /// For a client's link only, and needed there: a personal link knows its person.
    #[serde(default)]
    pub name: Option<Text<120>>,
    /// For a client's link only, and needed there.
    #[serde(default)]
    pub email: Option<Email>,
    #[serde(default)]
    pub locale: Option<Locale>,
    /// Needed if the link has one. A wrong one counts: the link ends with the tenth.
    #[serde(default, serialize_with = "optional_secret_input")]
    pub passcode: Option<Password>,
    /// Where the call came from: shown in the list of links for 90 days.
    #[serde(default)]
    pub source: Option<Source>,
}

impl Operation for JoinPortal {
    const NAME: &'static str = "users.join";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["token", "password", "passcode"];
    const COSTLY: bool = true;
    type Reply = Joined;

    fn run(&self, tx: &mut Tx) -> Run<Joined> {
        let agency = tx.context().agency;
        let link = invitations::wants_of(&self.token, agency);
        let policy = Want::record::<SignInPolicy>(agency);
        tx.prefetch(link.into_iter().chain([policy]).chain(self.email.as_ref().map(email_claim)))?;
        let grant = guest(tx)?;
        let Opened { mut link, mut client, user } = invitations::open(tx, &self.token)?;
        passcodes::check(tx, &grant, &link, self.passcode.as_ref())?;
        let known = user.is_some();
        let (mut user, principal) = match user {
            Some((user, principal)) => (user, Some(principal)),
            None => (self.newcomer(tx)?, None),
        };
        if known && (self.name.is_some() || self.email.is_some()) {
            let path = if self.name.is_some() { "name" } else { "email" };
            return Err(Refusal::new(Code::FieldUnknown).at(path).into());
        }
        let agency: Agency = tx.get(agency)?;
        let names = [agency.name.as_str(), client.name.as_str(), user.name.as_str()];
        rules::acceptable(&self.password, &user.email, &names)?;
        rules::not_breached(self.breached)?;
        let password = passwords::hashed(tx, &self.password)?;

        user.locale = self.locale.or(user.locale);
        user.joined_at = Some(tx.now());
        user.link = None;
        tx.put(&grant, &user)?;
        match principal {
            Some(mut principal) => {
                let others = invitations::activate_others(tx, &grant, &principal, client.id)?;
                for client in others {
                    tx.emit(&grant, &UserEvent::Joined { user: user.id, client })?;
                }
                principal.access = Access::Active;
                principal.locale = user.locale.or(client.locale);
                replace_principal(tx, &grant, &principal)?;
            }
            None => admit(tx, &grant, &user, &mut client, ClientRole::Orderer, Access::Active)?,
        }
        if known {
            // Read, so that a credential left from before is replaced.
            let _: Option<Credential> = tx.find(user.id)?;
        }
        tx.put(&grant, &Credential { user: user.id, password, set_at: tx.now(), expires_at: None })?;
        link.count_use(tx.now(), self.source.as_ref());
        tx.put(&grant, &link)?;
        let is_first = invitations::activate_client(tx, &grant, &mut client)?;
        if is_first || !known {
            client.link = client.link.filter(|newest| *newest != link.id || !link.is_used_up());
            tx.put(&grant, &client)?;
        }
        tx.emit(&grant, &UserEvent::Joined { user: user.id, client: client.id })?;
        Ok(Joined { user: user.id, client: client.id })
    }
}

impl JoinPortal {
    /// The person who opens a client's link says who they are.
    fn newcomer(&self, tx: &mut Tx) -> Run<User> {
        let missing = |path: &str| Refusal::new(Code::FieldMissing).at(path);
        let name = self.name.clone().ok_or_else(|| missing("name"))?;
        let email = self.email.clone().ok_or_else(|| missing("email"))?;
        if tx.holder(email_claim(&email))?.is_some() {
            return Err(Refusal::new(Code::EmailTaken).at("email").into());
        }
        let (id, created_at) = (tx.new_id(), tx.now());
        Ok(User {
            id,
            name,
            email,
            locale: self.locale,
            link: None,
            created_at,
            joined_at: None,
            erased_at: None,
        })
    }
}
