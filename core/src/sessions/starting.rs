//! Starting a session for somebody who was proved to be there, in whichever way.

use super::events::SessionEvent;
use super::model::{Session, SignInPolicy, UserSessions};
use super::rules;
use super::views::SessionStarted;
use crate::access::{Grant, PersonToken, Principal, Purpose};
use crate::engine::{Run, Tx};
use crate::values::{OneTimeSecret, SessionId, Source};

/// Who comes in, and what is kept of them already.
#[derive(Debug)]
pub struct Coming<'a> {
    pub principal: &'a Principal,
    pub policy: SignInPolicy,
    pub sessions: UserSessions,
    pub source: Option<Source>,
    /// A token for the device, if it was not known.
    pub device: OneTimeSecret,
}

/// Adds a session to those that still live; beyond the most that are kept, the one unused for longest ends.
pub fn start(tx: &mut Tx, grant: &Grant, coming: Coming) -> Run<SessionStarted> {
    let Coming { principal, policy, sessions: mut kept, source, device } = coming;
    let now = tx.now();
    kept.sessions.retain(|session| rules::lives(session, &policy, principal, now));
    if kept.sessions.len() >= rules::SESSIONS_MOST {
        let oldest = kept.sessions.iter().min_by_key(|one| one.last_used_at).map(|one| one.id);
        kept.sessions.retain(|one| Some(one.id) != oldest);
    }
    let user = kept.user;
    let id: SessionId = tx.new_id();
    let secret = tx.secret_bytes(&format!("session/{id}"));
    let token = PersonToken::new(Purpose::Session, tx.context().agency, user, id.uuid(), &secret);
    let rights = rules::rights_of(principal)?;
    let session = Session { id, secret: token.hash(), rights, created_at: now, last_used_at: now, source };
    let started = SessionStarted {
        user,
        session: id,
        token: OneTimeSecret::new(token.text()),
        device,
        must_change_password: principal.must_change_password,
        idle_ends_at: rules::idle_end(&session, &policy),
        ends_at: rules::last_end(&session, &policy),
    };
    kept.sessions.push(session);
    tx.put(grant, &kept)?;
    tx.emit(grant, &SessionEvent::SignedIn { user, session: id })?;
    Ok(started)
}
