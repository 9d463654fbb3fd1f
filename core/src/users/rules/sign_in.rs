//! Who may sign in.

use crate::access::{Access, Principal};
use crate::users::model::Credential;
use crate::values::Instant;

/// How long a password that the agency gave is good.
pub const TEMPORARY_HOURS: i64 = 72;

/// Whether this person may sign in with a password that fits. The caller gives one answer to every no.
pub fn may_sign_in(principal: &Principal, credential: &Credential, now: Instant) -> bool {
    principal.access == Access::Active && credential.expires_at.is_none_or(|end| now < end)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::may_sign_in;
    use crate::access::{Access, Principal, PrincipalSide};
    use crate::users::model::Credential;
    use crate::values::{Instant, UserId};

    #[test]
    fn b5_a_temporary_password_ends_at_its_instant() {
        let at = |text: &str| Instant::parse(text).unwrap();
        let mut principal = Principal {
            id: Uuid::nil(),
            side: PrincipalSide::User { clients: Vec::new() },
            access: Access::Active,
            must_change_password: true,
            locale: None,
        };
        let credential = Credential {
            user: UserId::new(Uuid::nil()),
            password: String::new(),
            set_at: at("2026-09-01T08:00:00Z"),
            expires_at: Some(at("2026-09-04T08:00:00Z")),
        };
        assert!(may_sign_in(&principal, &credential, at("2026-09-04T07:59:59.999Z")));
        assert!(!may_sign_in(&principal, &credential, at("2026-09-04T08:00:00Z")));
        for access in [Access::Invited, Access::Deactivated] {
            principal.access = access;
            assert!(!may_sign_in(&principal, &credential, at("2026-09-01T08:00:00Z")));
        }
    }
}
