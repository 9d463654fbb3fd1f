//! Starting and ending.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Access, Impersonation, Permission, Principal, PrincipalSide, Scope, authorize};
use crate::agency::model::Member;
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::impersonations::events::ImpersonationEvent;
use crate::impersonations::views::{self, ImpersonationView};
use crate::values::{ImpersonationId, Text, UserId, Whole};

const USUAL_MINUTES: u32 = 15;

const fn yes() -> bool {
    true
}

/// Starts a member's time in a user's place. The host names the session with each call that is made in it.
///
/// Whatever was asked for: credentials, consent and the agency's approvals stay out of reach, and the user's client
/// sees that it happened.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartImpersonation {
    pub user: UserId,
    /// Why; the client's people read it too.
    pub reason: Text<500>,
    /// 1 to 60; 15 if not given.
    #[serde(default)]
    pub minutes: Option<Whole<1, 60>>,
    /// Looking only, unless false is given.
    #[serde(default = "yes")]
    pub read_only: bool,
}

impl Operation for StartImpersonation {
    const NAME: &'static str = "impersonations.start";
    const EFFECT: Effect = Effect::Command;
    type Reply = ImpersonationView;

    fn run(&self, tx: &mut Tx) -> Run<ImpersonationView> {
        let member = match tx.context().actor {
            Actor::Member { id } => Some(id),
            _ => None,
        };
        let by = member.map(Want::record::<Member>);
        tx.prefetch([Want::record::<Principal>(self.user)].into_iter().chain(by))?;
        let grant = authorize(tx, Permission::Impersonate, Scope::Agency)?;
        // Somebody stands in the place, so the platform itself cannot.
        let id = member.ok_or_else(|| Refusal::new(Code::WrongSide))?;
        let principal: Option<Principal> = tx.find(self.user)?;
        let is_user = |one: &Principal| matches!(one.side, PrincipalSide::User { .. });
        let principal = principal.filter(is_user).ok_or_else(Refusal::not_found)?;
        match principal.access {
            Access::Active if principal.must_change_password => {
                return Err(Refusal::new(Code::PasswordMustChange).at("user").into());
            }
            Access::Active => {}
            Access::Invited => return Err(Refusal::new(Code::NotJoined).at("user").into()),
            Access::Deactivated => return Err(Refusal::new(Code::AccessEnded).at("user").into()),
        }
        let member: Member = tx.get(id)?;
        let now = tx.now();
        let minutes = self.minutes.map_or(USUAL_MINUTES, Whole::get);
        let session = Impersonation {
            id: tx.new_id(),
            member: id,
            user: self.user,
            reason: self.reason.clone(),
            read_only: self.read_only,
            started_at: now,
            ends_at: now.plus_minutes(minutes.into()).map_err(Refusal::from)?,
            ended_at: None,
        };
        tx.put(&grant, &session)?;
        tx.emit(
            &grant,
            &ImpersonationEvent::Started {
                impersonation: session.id,
                user: session.user,
                member: session.member,
                read_only: session.read_only,
                ends_at: session.ends_at,
            },
        )?;
        Ok(views::impersonation(&grant, &session, &member))
    }
}

/// Ends a time in a user's place at once. One that is over stays as it was.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndImpersonation {
    pub impersonation: ImpersonationId,
}

impl Operation for EndImpersonation {
    const NAME: &'static str = "impersonations.end";
    const EFFECT: Effect = Effect::Command;
    type Reply = ImpersonationView;

    fn run(&self, tx: &mut Tx) -> Run<ImpersonationView> {
        tx.prefetch([Want::record::<Impersonation>(self.impersonation)])?;
        let grant = authorize(tx, Permission::Impersonate, Scope::Agency)?;
        let mut session: Impersonation = tx.get(self.impersonation)?;
        if session.is_running(tx.now()) {
            session.ended_at = Some(tx.now());
            tx.put(&grant, &session)?;
            let (impersonation, user, member) = (session.id, session.user, session.member);
            tx.emit(&grant, &ImpersonationEvent::Ended { impersonation, user, member })?;
        }
        let member: Member = tx.get(session.member)?;
        Ok(views::impersonation(&grant, &session, &member))
    }
}
