//! Asking for a mail for a new password, and drawing it up for the host.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::email_claim;
use crate::access::{Access, Permission, Principal, Scope, authorize, guest, operator};
use crate::access::{PersonToken, Purpose};
use crate::agency::model::{Agency, EmailTemplate, MailKind};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Stop, Tx, Want};
use crate::sessions::attempt::{tally, tally_id, too_many};
use crate::sessions::ending;
use crate::sessions::model::{Attempts, Counted};
use crate::sessions::rules::{RESET, RESET_SOURCE};
use crate::users::events::UserEvent;
use crate::users::model::{Credential, User};
use crate::users::reset::{self, PasswordReset, RESET_MINUTES, ResetLink};
use crate::users::views::{self, ResetMail, ResetRequested, UserView};
use crate::values::{Email, Locale, OneTimeSecret, PageUrl, Source, UserId};

/// Asks for a mail for a new password. The answer is the same for every address, after the same work, whether
/// somebody has it or not; it holds nothing secret, so it may go to the browser as it is.
///
/// The host then calls `users.password_reset_mail` as operator, out of the guest's sight, and sends what it gets.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestPasswordReset {
    pub email: Email,
    /// Where the request comes from, such as the IP address. Without it, nothing is counted by source.
    #[serde(default)]
    pub source: Option<Source>,
}

impl Operation for RequestPasswordReset {
    const NAME: &'static str = "users.request_password_reset";
    const EFFECT: Effect = Effect::Command;
    type Reply = ResetRequested;

    fn run(&self, tx: &mut Tx) -> Run<ResetRequested> {
        tx.prefetch([email_claim(&self.email)])?;
        let grant = guest(tx)?;
        let holder = tx.holder(email_claim(&self.email))?;
        let address = tally_id(tx, Counted::Reset, &self.email.folded())?;
        let source = self
            .source
            .as_ref()
            .map(|source| tally_id(tx, Counted::ResetSource, &source.counted()))
            .transpose()?;
        // Who asks for nobody's address writes the same records, under an id that the address's tally gives.
        let user = UserId::new(holder.and_then(|id| id.parse().ok()).unwrap_or_else(|| nobody(&address)));
        let tallies = [Some(&address), source.as_ref()].into_iter().flatten().map(Want::record::<Attempts>);
        tx.prefetch([Want::record::<PasswordReset>(user)].into_iter().chain(tallies))?;
        let now = tx.now();
        let mut address = tally(tx, address)?;
        let mut source = source.map(|id| tally(tx, id)).transpose()?;
        let wait = RESET.wait(&address.tally, now);
        let wait = source.as_ref().map_or(wait, |source| wait.max(RESET_SOURCE.wait(&source.tally, now)));
        let is_late = wait > 0;
        address.tally =
            if is_late { RESET.refused(&address.tally, now) } else { RESET.failed(&address.tally, now) };
        tx.put(&grant, &address)?;
        if let Some(source) = &mut source {
            let tally = &source.tally;
            source.tally =
                if is_late { RESET_SOURCE.refused(tally, now) } else { RESET_SOURCE.failed(tally, now) };
            tx.put(&grant, source)?;
        }
        let old: Option<PasswordReset> = tx.find(user)?;
        if is_late {
            return Err(Stop::Counted(too_many(wait)));
        }
        let link = old.and_then(|old| old.link);
        let started_by = tx.context().actor;
        tx.put(&grant, &PasswordReset { user, started_by, requested_at: Some(now), link })?;
        Ok(views::reset_requested(tx.locale()))
    }
}

/// An id that no user has, one for each tally at most, so that made-up addresses cannot fill the store.
fn nobody(address: &str) -> Uuid {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().rev().zip(address.bytes().rev().take(5)) {
        *to = from;
    }
    Uuid::from_bytes(bytes)
}

/// Starts a reset for a user, and ends their sessions at once. The agency never learns the link and never chooses the
/// password; the one there was stays good until the user sets another.
///
/// The host then calls `users.password_reset_mail` as operator, and sends what it gets.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartPasswordReset {
    pub user: UserId,
}

impl Operation for StartPasswordReset {
    const NAME: &'static str = "users.start_password_reset";
    const EFFECT: Effect = Effect::Command;
    type Reply = UserView;

    fn run(&self, tx: &mut Tx) -> Run<UserView> {
        let id = self.user;
        tx.prefetch([
            Want::record::<User>(id),
            Want::record::<Principal>(id),
            Want::record::<Credential>(id),
            Want::record::<PasswordReset>(id),
            ending::wants(id),
        ])?;
        let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
        let user: User = tx.get(id)?;
        let principal: Principal = tx.get(id)?;
        let credential: Option<Credential> = tx.find(id)?;
        let old: Option<PasswordReset> = tx.find(id)?;
        if !reset::may_reset(&principal, credential.as_ref()) {
            let ended = principal.access == Access::Deactivated;
            return Err(Refusal::new(if ended { Code::AccessEnded } else { Code::NotJoined }).into());
        }
        let (link, requested_at) = (old.and_then(|old| old.link), Some(tx.now()));
        let started_by = tx.context().actor;
        tx.put(&grant, &PasswordReset { user: id, started_by, requested_at, link })?;
        ending::end_all(tx, &grant, id)?;
        tx.emit(&grant, &UserEvent::PasswordResetStarted { user: id })?;
        Ok(views::user(&grant, &user, &principal))
    }
}

/// Draws up the mail of a reset that was asked for within the hour: for the host alone, which sends it. Null if there
/// is nobody to send it to, or no request that waits. The link works once, for an hour, and replaces older ones.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordResetMail {
    pub email: Email,
    /// The host's page that calls `users.reset_password`. The link is this address, `#`, and the token.
    pub base_url: PageUrl,
}

impl Operation for PasswordResetMail {
    const NAME: &'static str = "users.password_reset_mail";
    const EFFECT: Effect = Effect::Command;
    type Reply = ResetMail;

    fn run(&self, tx: &mut Tx) -> Run<ResetMail> {
        let agency = tx.context().agency;
        tx.prefetch([email_claim(&self.email), Want::record::<Agency>(agency)])?;
        let grant = operator(tx)?;
        let id =
            tx.holder(email_claim(&self.email))?.and_then(|id| id.parse::<Uuid>().ok()).unwrap_or_default();
        let words = Locale::ALL.map(|locale| EmailTemplate::id_of(MailKind::PasswordReset, locale));
        let person = [
            Want::record::<User>(id),
            Want::record::<Principal>(id),
            Want::record::<Credential>(id),
            Want::record::<PasswordReset>(id),
        ];
        tx.prefetch(person.into_iter().chain(words.into_iter().map(Want::record::<EmailTemplate>)))?;
        let (user, principal): (Option<User>, Option<Principal>) = (tx.find(id)?, tx.find(id)?);
        let credential: Option<Credential> = tx.find(id)?;
        let asked: Option<PasswordReset> = tx.find(id)?;
        let asked = asked.filter(|asked| asked.is_open(tx.now()));
        let principal = principal.filter(|principal| reset::may_reset(principal, credential.as_ref()));
        let Some(((user, _), mut asked)) = user.zip(principal).zip(asked) else {
            return Ok(ResetMail { mail: None, token: OneTimeSecret::handed_out(), expires_at: None });
        };
        let agency: Agency = tx.get(agency)?;
        let locale = user.locale.unwrap_or(agency.locale);
        let own: Option<EmailTemplate> = tx.find(EmailTemplate::id_of(MailKind::PasswordReset, locale))?;
        let link_id: Uuid = tx.new_id();
        let secret = tx.secret_bytes(&format!("password reset/{link_id}"));
        let token = PersonToken::new(Purpose::Reset, agency.id, user.id, link_id, &secret);
        let expires_at = tx.now().plus_minutes(RESET_MINUTES).map_err(Refusal::from)?;
        let (email, secret) = (user.email.clone(), token.hash());
        asked.requested_at = None;
        asked.link = Some(ResetLink { secret, email, expires_at, used_at: None });
        tx.put(&grant, &asked)?;
        let address = format!("{}#{}", self.base_url, token.text());
        let mail = reset::mail(&agency, &user, own.as_ref(), locale, &address);
        let token = OneTimeSecret::new(token.text());
        Ok(ResetMail { mail: Some(mail), token, expires_at: Some(expires_at) })
    }

    fn without_secrets(mut reply: ResetMail) -> ResetMail {
        reply.token = OneTimeSecret::handed_out();
        if let Some(mail) = &mut reply.mail {
            mail.text = OneTimeSecret::handed_out();
            mail.html = OneTimeSecret::handed_out();
        }
        reply
    }
}
