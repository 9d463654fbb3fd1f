//! A mail for a new password: asked for, drawn up for the host, looked at, used once.
//!
//! Three steps, so that each party sees only what is theirs. A guest asks and always gets the same answer; a member
//! starts one and gets no secret either, because who holds the link chooses the password; the host, as operator, draws
//! the mail with the link and sends it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::access::{Access, Principal};
use crate::agency::model::{Agency, EmailTemplate, MailKind};
use crate::agency::templates::{self, MailValues};
use crate::codes::Code;
use crate::engine::{Actor, Record, Refusal};
use crate::store::Kind;
use crate::users::model::{Credential, User};
use crate::users::views::MailView;
use crate::values::{ContentHash, Email, Instant, Locale, OneTimeSecret, UserId};

/// How long a request waits for its mail, and a link works.
pub const RESET_MINUTES: i64 = 60;

/// The one reset of a user: a newer link takes the place of an older one.
///
/// One is kept for addresses that are nobody's too, under an id that is nobody's, so that both take the same work.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordReset {
    pub user: UserId,
    pub started_by: Actor,
    /// When the mail was asked for that is not drawn up yet.
    pub requested_at: Option<Instant>,
    pub link: Option<ResetLink>,
}

/// The link that was sent. Of its token only the hash is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetLink {
    pub secret: ContentHash,
    /// Whoever had the address when the mail was sent may not have it any more.
    pub email: Email,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

impl fmt::Debug for PasswordReset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordReset").field("user", &self.user).finish_non_exhaustive()
    }
}

impl fmt::Debug for ResetLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResetLink").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

pub static PASSWORD_RESET: Kind = Kind { name: "password_reset", columns: &[], indexes: &[] };

impl Record for PasswordReset {
    const KIND: &'static Kind = &PASSWORD_RESET;

    fn record_id(&self) -> String {
        self.user.to_string()
    }
}

impl PasswordReset {
    /// Whether a mail was asked for within the hour.
    pub fn is_open(&self, now: Instant) -> bool {
        self.requested_at.is_some_and(|asked| now.minutes_since(asked) < RESET_MINUTES)
    }
}

/// Whether this person may get a new password by mail: who has one now and is in.
pub fn may_reset(principal: &Principal, credential: Option<&Credential>) -> bool {
    principal.access == Access::Active && credential.is_some()
}

/// Whether a link whose whole token was shown works. Its holder may be told what became of it.
pub fn may_use(link: &ResetLink, user: &User, principal: &Principal, now: Instant) -> Result<(), Refusal> {
    let refuse = |code| Err(Refusal::new(code).at("token"));
    if link.used_at.is_some() {
        return refuse(Code::LinkUsed);
    }
    if link.email.folded() != user.email.folded() || principal.access != Access::Active {
        return refuse(Code::LinkSuperseded);
    }
    if now >= link.expires_at {
        return refuse(Code::LinkExpired);
    }
    Ok(())
}

/// The mail, in the user's language, else the agency's.
pub fn mail(
    agency: &Agency,
    user: &User,
    own: Option<&EmailTemplate>,
    locale: Locale,
    link: &str,
) -> MailView {
    let words = templates::words(own, MailKind::PasswordReset, locale);
    let values = MailValues { agency: agency.name.as_str(), client: "", name: user.name.as_str(), link };
    let mail = templates::fill(words, &values);
    MailView {
        to: Some(user.email.clone()),
        subject: mail.subject,
        text: OneTimeSecret::new(mail.text),
        html: OneTimeSecret::new(mail.html),
    }
}
