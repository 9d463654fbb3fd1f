//! What a host asks on each request: whose session is this token?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::{Grant, Principal, guest};
use crate::access::{PersonToken, Purpose};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::sessions::attempt;
use crate::sessions::model::{Session, SignInPolicy, UserSessions};
use crate::sessions::rules;
use crate::sessions::views::{self, SessionCheck};
use crate::values::{Token, secret_input};

/// Whose session a token is: asked on each request, in one load. What is no good session, for whatever reason, gets
/// one answer.
///
/// It changes nothing. Once a minute it says `touch`, and the host calls `sessions.touch`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckSession {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
}

impl Operation for CheckSession {
    const NAME: &'static str = "sessions.check";
    const EFFECT: Effect = Effect::Query;
    const SECRETS: &'static [&'static str] = &["token"];
    type Reply = SessionCheck;

    fn run(&self, tx: &mut Tx) -> Run<SessionCheck> {
        let found = find(tx, &self.token)?;
        let Found { grant, kept, session, policy, principal } = &found;
        Ok(views::check(grant, kept.user, session, policy, principal, tx.now()))
    }
}

/// Writes down that a session is in use, and says what `sessions.check` says. Within a minute it writes nothing new.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TouchSession {
    #[serde(serialize_with = "secret_input")]
    pub token: Token,
}

impl Operation for TouchSession {
    const NAME: &'static str = "sessions.touch";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["token"];
    type Reply = SessionCheck;

    fn run(&self, tx: &mut Tx) -> Run<SessionCheck> {
        let Found { grant, mut kept, mut session, policy, principal } = find(tx, &self.token)?;
        if rules::needs_touch(&session, tx.now()) {
            session.last_used_at = tx.now();
            for one in kept.sessions.iter_mut().filter(|one| one.id == session.id) {
                one.last_used_at = session.last_used_at;
            }
            tx.put(&grant, &kept)?;
        }
        Ok(views::check(&grant, kept.user, &session, &policy, &principal, tx.now()))
    }
}

struct Found {
    grant: Grant,
    kept: UserSessions,
    session: Session,
    policy: SignInPolicy,
    principal: Principal,
}

/// What is no token of this agency is looked for all the same, under no id.
fn find(tx: &mut Tx, token: &Token) -> Run<Found> {
    let agency = tx.context().agency;
    let token = PersonToken::read(token, Purpose::Session, agency);
    let user = token.as_ref().map_or(Uuid::nil(), |token| token.user().uuid());
    tx.prefetch([
        Want::record::<UserSessions>(user),
        Want::record::<Principal>(user),
        Want::record::<SignInPolicy>(agency),
    ])?;
    let grant = guest(tx)?;
    let policy = attempt::policy(tx)?;
    let kept: Option<UserSessions> = tx.find(user)?;
    let principal: Option<Principal> = tx.find(user)?;
    let found = token.zip(kept).zip(principal).and_then(|((token, kept), principal)| {
        let session = kept.sessions.iter().find(|one| one.id.uuid() == token.id());
        let session = session.filter(|one| token.fits(&one.secret)).cloned()?;
        let lives = rules::lives(&session, &policy, &principal, tx.now());
        lives.then_some(Found { grant, kept, session, policy, principal })
    });
    Ok(found.ok_or_else(|| Refusal::new(Code::SessionEnded).at("token"))?)
}
