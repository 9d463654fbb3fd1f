//! How long a session lives.

use crate::access::{Access, Principal};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::sessions::model::{HashCost, Session, SignInPolicy};
use crate::values::{AgencyId, ContentHash, Instant};

/// Half an hour without use, and half a day in all: what NIST SP 800-63B asks for at its second level.
pub const IDLE_MINUTES: u32 = 30;
pub const LONGEST_MINUTES: u32 = 12 * 60;
/// A user has so many sessions at most; the one that was not used for the longest time ends for the next.
pub const SESSIONS_MOST: usize = 20;
pub const DEVICES_MOST: usize = 20;
/// A device that was not used for so long is a stranger again.
pub const DEVICE_DAYS: i64 = 180;
/// Within so many seconds, use is not written down again.
pub const TOUCH_SECONDS: i64 = 60;

/// The least that a hash may cost: 19 MiB, two passes, one lane.
const FLOOR: HashCost = HashCost { memory_kib: 19_456, passes: 2, lanes: 1 };

/// What holds until the agency or the operator says otherwise.
pub const fn default_policy(agency: AgencyId) -> SignInPolicy {
    SignInPolicy { agency, idle_minutes: IDLE_MINUTES, longest_minutes: LONGEST_MINUTES, hash: FLOOR }
}

/// Whether a policy is within what any agency may have.
pub fn policy_limits(policy: &SignInPolicy) -> Result<(), Refusal> {
    let within = |path: &str, value: u32, least: u32, most: u32| {
        if (least..=most).contains(&value) {
            Ok(())
        } else {
            Err(Refusal::new(Code::OutOfRange).at(path).with("expected", format!("{least} to {most}")))
        }
    };
    within("idle_minutes", policy.idle_minutes, 5, 24 * 60)?;
    within("longest_minutes", policy.longest_minutes, policy.idle_minutes, 30 * 24 * 60)?;
    within("memory_kib", policy.hash.memory_kib, FLOOR.memory_kib, 1 << 18)?;
    within("passes", policy.hash.passes, FLOOR.passes, 10)?;
    within("lanes", policy.hash.lanes, FLOOR.lanes, 4)
}

/// What a session is bound to: whether the user may come in, and what for.
pub fn rights_of(principal: &Principal) -> Result<ContentHash, Refusal> {
    let rights = serde_json::to_vec(&(&principal.side, principal.access));
    let rights = rights.map_err(|error| Refusal::new(Code::Internal).with("reason", error))?;
    Ok(ContentHash::of(&rights))
}

/// When the session ends if it is not used.
pub fn idle_end(session: &Session, policy: &SignInPolicy) -> Instant {
    let end =
        session.last_used_at.plus_minutes(i64::from(policy.idle_minutes)).unwrap_or(session.last_used_at);
    end.min(last_end(session, policy))
}

/// When it ends in any case.
pub fn last_end(session: &Session, policy: &SignInPolicy) -> Instant {
    session.created_at.plus_minutes(i64::from(policy.longest_minutes)).unwrap_or(session.created_at)
}

/// Whether a session whose token was shown is good.
pub fn lives(session: &Session, policy: &SignInPolicy, principal: &Principal, now: Instant) -> bool {
    principal.access == Access::Active
        && rights_of(principal).is_ok_and(|rights| rights == session.rights)
        && now < idle_end(session, policy)
        && now < last_end(session, policy)
}

/// Whether its use is to be written down.
pub fn needs_touch(session: &Session, now: Instant) -> bool {
    now.millis() - session.last_used_at.millis() >= TOUCH_SECONDS * 1000
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{default_policy, lives, needs_touch, policy_limits, rights_of};
    use crate::access::{Access, Principal, PrincipalSide};
    use crate::sessions::model::{Session, SignInPolicy};
    use crate::values::{AgencyId, ContentHash, Instant, SessionId};

    fn at(minutes: i64) -> Instant {
        Instant::parse("2026-09-01T08:00:00Z").unwrap().plus_minutes(minutes).unwrap()
    }

    fn principal() -> Principal {
        Principal {
            id: Uuid::nil(),
            side: PrincipalSide::User { clients: Vec::new() },
            access: Access::Active,
            must_change_password: false,
            locale: None,
        }
    }

    fn session(created: i64, used: i64) -> Session {
        Session {
            id: SessionId::new(Uuid::nil()),
            secret: ContentHash::of(b""),
            rights: rights_of(&principal()).unwrap(),
            created_at: at(created),
            last_used_at: at(used),
            source: None,
        }
    }

    fn policy() -> SignInPolicy {
        default_policy(AgencyId::new(Uuid::nil()))
    }

    #[test]
    fn b17_a_session_ends_idle_and_in_any_case() {
        let lives = |created, used, now| lives(&session(created, used), &policy(), &principal(), at(now));
        assert!(lives(0, 0, 29) && !lives(0, 0, 30));
        assert!(lives(0, 700, 719) && !lives(0, 719, 720), "however much it is used");
        assert!(lives(0, 60, 30), "a clock that went back ends nothing");
    }

    #[test]
    fn a3_other_rights_end_a_session() {
        let mut other = principal();
        other.access = Access::Deactivated;
        assert!(!lives(&session(0, 0), &policy(), &other, at(1)));
        let mut changed = session(0, 0);
        changed.rights = ContentHash::of(b"other rights");
        assert!(!lives(&changed, &policy(), &principal(), at(1)));
    }

    #[test]
    fn use_is_written_down_once_a_minute() {
        assert!(!needs_touch(&session(0, 5), at(5)));
        assert!(needs_touch(&session(0, 5), at(6)));
        assert!(!needs_touch(&session(0, 5), at(0)), "a clock that went back");
    }

    #[test]
    fn a_policy_has_limits() {
        let fault = |change: fn(&mut SignInPolicy)| {
            let mut policy = policy();
            change(&mut policy);
            policy_limits(&policy).err().and_then(|refusal| refusal.path)
        };
        assert_eq!(fault(|_| {}), None);
        assert_eq!(fault(|policy| policy.idle_minutes = 4).as_deref(), Some("idle_minutes"));
        assert_eq!(fault(|policy| policy.longest_minutes = 29).as_deref(), Some("longest_minutes"));
        assert_eq!(fault(|policy| policy.longest_minutes = 43_201).as_deref(), Some("longest_minutes"));
        assert_eq!(fault(|policy| policy.hash.memory_kib = 19_455).as_deref(), Some("memory_kib"));
        assert_eq!(fault(|policy| policy.hash.memory_kib = 262_145).as_deref(), Some("memory_kib"));
        assert_eq!(fault(|policy| policy.hash.passes = 1).as_deref(), Some("passes"));
        assert_eq!(fault(|policy| policy.hash.lanes = 5).as_deref(), Some("lanes"));
    }
}
