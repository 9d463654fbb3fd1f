//! How long sessions last, set by the agency, and what a hash costs, set by the operator, whose machines pay for it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize, operator};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::sessions::attempt;
use crate::sessions::events::SessionEvent;
use crate::sessions::model::{HashCost, SignInPolicy};
use crate::sessions::rules;
use crate::sessions::views::{self, SignInPolicyView};

/// Sets how long sessions of portal users last. It holds at once, also for sessions that are open.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSignInPolicy {
    /// A session that is not used for so long has ended: 5 to 1,440 minutes, 30 if never set.
    #[serde(default)]
    pub idle_minutes: Option<u32>,
    /// A session has ended so long after its sign-in in any case: at most 43,200 minutes, 720 if never set.
    #[serde(default)]
    pub longest_minutes: Option<u32>,
}

impl Operation for SetSignInPolicy {
    const NAME: &'static str = "sessions.set_policy";
    const EFFECT: Effect = Effect::Command;
    type Reply = SignInPolicyView;

    fn run(&self, tx: &mut Tx) -> Run<SignInPolicyView> {
        let agency = tx.context().agency;
        tx.prefetch([Want::record::<SignInPolicy>(agency)])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let old = attempt::policy(tx)?;
        let policy = SignInPolicy {
            idle_minutes: self.idle_minutes.unwrap_or(old.idle_minutes),
            longest_minutes: self.longest_minutes.unwrap_or(old.longest_minutes),
            ..old.clone()
        };
        if policy != old {
            rules::policy_limits(&policy)?;
            tx.put(&grant, &policy)?;
            let (idle_minutes, longest_minutes) = (policy.idle_minutes, policy.longest_minutes);
            tx.emit(&grant, &SessionEvent::PolicyChanged { agency, idle_minutes, longest_minutes })?;
        }
        Ok(views::policy(&grant, &policy))
    }
}

/// Sets what hashing a password with argon2id costs. Only the operator can. A kept hash that costs less is made anew
/// at the next sign-in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetHashCost {
    /// 19,456 to 262,144.
    pub memory_kib: u32,
    /// 2 to 10.
    pub passes: u32,
    /// 1 to 4.
    pub lanes: u32,
}

impl Operation for SetHashCost {
    const NAME: &'static str = "sessions.set_hash_cost";
    const EFFECT: Effect = Effect::Command;
    type Reply = SignInPolicyView;

    fn run(&self, tx: &mut Tx) -> Run<SignInPolicyView> {
        let agency = tx.context().agency;
        tx.prefetch([Want::record::<SignInPolicy>(agency)])?;
        let grant = operator(tx)?;
        let Self { memory_kib, passes, lanes } = *self;
        let old = attempt::policy(tx)?;
        let policy = SignInPolicy { hash: HashCost { memory_kib, passes, lanes }, ..old.clone() };
        if policy != old {
            rules::policy_limits(&policy)?;
            tx.put(&grant, &policy)?;
            tx.emit(&grant, &SessionEvent::HashCostChanged { agency, memory_kib, passes, lanes })?;
        }
        Ok(views::policy(&grant, &policy))
    }
}

/// How long sessions last and what a hash costs.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetSignInPolicy {}

impl Operation for GetSignInPolicy {
    const NAME: &'static str = "sessions.get_policy";
    const EFFECT: Effect = Effect::Query;
    type Reply = SignInPolicyView;

    fn run(&self, tx: &mut Tx) -> Run<SignInPolicyView> {
        tx.prefetch([Want::record::<SignInPolicy>(tx.context().agency)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        Ok(views::policy(&grant, &attempt::policy(tx)?))
    }
}
