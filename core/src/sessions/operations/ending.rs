//! A user's sessions as a list, and ending them: one's own, or those of a user whom the agency manages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Principal, Scope, authorize, signed_in};
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::sessions::attempt;
use crate::sessions::events::SessionEvent;
use crate::sessions::model::{SignInPolicy, UserSessions};
use crate::sessions::rules;
use crate::sessions::views::{self, SessionList, SessionsEnded};
use crate::users::model::User;
use crate::values::{SessionId, UserId};

/// A user's sessions that are good now: one's own, or, for the agency, those of `user`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSessions {
    /// Oneself, if left out.
    #[serde(default)]
    pub user: Option<UserId>,
}

impl Operation for ListSessions {
    const NAME: &'static str = "sessions.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = SessionList;

    fn run(&self, tx: &mut Tx) -> Run<SessionList> {
        let (grant, mut kept) = sessions_of(tx, self.user)?;
        let policy = attempt::policy(tx)?;
        let principal: Principal = tx.get(kept.user)?;
        kept.sessions.retain(|session| rules::lives(session, &policy, &principal, tx.now()));
        kept.sessions.sort_by_key(|session| std::cmp::Reverse((session.created_at, session.id)));
        Ok(SessionList {
            items: kept.sessions.iter().map(|session| views::session(&grant, session, &policy)).collect(),
        })
    }
}

/// Ends one session at once: signing out, or ending the one on a device that was lost.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndSession {
    /// Oneself, if left out.
    #[serde(default)]
    pub user: Option<UserId>,
    pub session: SessionId,
}

impl Operation for EndSession {
    const NAME: &'static str = "sessions.end";
    const EFFECT: Effect = Effect::Command;
    type Reply = SessionsEnded;

    fn run(&self, tx: &mut Tx) -> Run<SessionsEnded> {
        let (grant, mut kept) = sessions_of(tx, self.user)?;
        let before = kept.sessions.len();
        kept.sessions.retain(|session| session.id != self.session);
        if kept.sessions.len() == before {
            return Err(Refusal::not_found().into());
        }
        tx.put(&grant, &kept)?;
        tx.emit(&grant, &SessionEvent::Ended { user: kept.user, session: self.session })?;
        Ok(SessionsEnded { ended: 1 })
    }
}

/// Ends all of a user's sessions at once, or all but one.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndAllSessions {
    /// Oneself, if left out.
    #[serde(default)]
    pub user: Option<UserId>,
    /// The session to keep, such as the one in use.
    #[serde(default)]
    pub except: Option<SessionId>,
}

impl Operation for EndAllSessions {
    const NAME: &'static str = "sessions.end_all";
    const EFFECT: Effect = Effect::Command;
    type Reply = SessionsEnded;

    fn run(&self, tx: &mut Tx) -> Run<SessionsEnded> {
        let (grant, mut kept) = sessions_of(tx, self.user)?;
        let before = kept.sessions.len();
        kept.sessions.retain(|session| Some(session.id) == self.except);
        let count = before - kept.sessions.len();
        if count > 0 {
            tx.put(&grant, &kept)?;
            tx.emit(&grant, &SessionEvent::AllEnded { user: kept.user, count })?;
        }
        Ok(SessionsEnded { ended: u32::try_from(count).unwrap_or(u32::MAX) })
    }
}

/// A user reaches their own sessions, also before they have changed a password that they were given.
fn sessions_of(tx: &mut Tx, user: Option<UserId>) -> Run<(Grant, UserSessions)> {
    let ((_, Some(user)) | (Actor::User { id: user }, None)) = (tx.context().actor.audience(), user) else {
        return Err(Refusal::new(Code::FieldMissing).at("user").into());
    };
    tx.prefetch([
        Want::record::<User>(user),
        Want::record::<Principal>(user),
        Want::record::<UserSessions>(user),
        Want::record::<SignInPolicy>(tx.context().agency),
    ])?;
    let grant = match tx.context().actor.audience() {
        Actor::User { id } => {
            let grant = signed_in(tx)?;
            if id != user {
                return Err(Refusal::not_found().into());
            }
            grant
        }
        _ => authorize(tx, Permission::ManageUsers, Scope::Agency)?,
    };
    if tx.find::<User>(user)?.is_none() {
        return Err(Refusal::not_found().into());
    }
    let kept: Option<UserSessions> = tx.find(user)?;
    Ok((grant, kept.unwrap_or(UserSessions::none(user))))
}
