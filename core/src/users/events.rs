//! What happened to a portal user.

use serde::Serialize;

use crate::access::{ClientRole, Reach};
use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, Instant, UserId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum UserEvent {
    Created { user: UserId, client: ClientId, role: ClientRole },
    Invited { user: UserId, client: ClientId, expires_at: Instant, send_now: bool },
    Joined { user: UserId, client: ClientId },
    Changed { user: UserId },
    AccessChanged { user: UserId, client: ClientId, role: ClientRole, reach: Reach },
    TemporaryPasswordSet { user: UserId, expires_at: Instant },
    PasswordChanged { user: UserId },
    PasswordResetStarted { user: UserId },
    PasswordReset { user: UserId },
    SecondFactorOn { user: UserId },
    SecondFactorOff { user: UserId },
    AddedToClient { user: UserId, client: ClientId, role: ClientRole },
    RemovedFromClient { user: UserId, client: ClientId },
    Deactivated { user: UserId },
    Reactivated { user: UserId },
}

impl EventBody for UserEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "user_created",
            Self::Invited { .. } => "user_invited",
            Self::Joined { .. } => "user_joined",
            Self::Changed { .. } => "user_changed",
            Self::AccessChanged { .. } => "user_access_changed",
            Self::TemporaryPasswordSet { .. } => "user_temporary_password_set",
            Self::PasswordChanged { .. } => "user_password_changed",
            Self::PasswordResetStarted { .. } => "user_password_reset_started",
            Self::PasswordReset { .. } => "user_password_reset",
            Self::SecondFactorOn { .. } => "user_second_factor_on",
            Self::SecondFactorOff { .. } => "user_second_factor_off",
            Self::AddedToClient { .. } => "user_added_to_client",
            Self::RemovedFromClient { .. } => "user_removed_from_client",
            Self::Deactivated { .. } => "user_deactivated",
            Self::Reactivated { .. } => "user_reactivated",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { user, .. }
            | Self::Invited { user, .. }
            | Self::Joined { user, .. }
            | Self::Changed { user }
            | Self::AccessChanged { user, .. }
            | Self::TemporaryPasswordSet { user, .. }
            | Self::PasswordChanged { user }
            | Self::PasswordResetStarted { user }
            | Self::PasswordReset { user }
            | Self::SecondFactorOn { user }
            | Self::SecondFactorOff { user }
            | Self::AddedToClient { user, .. }
            | Self::RemovedFromClient { user, .. }
            | Self::Deactivated { user }
            | Self::Reactivated { user } => Subject::new("user", user),
        }
    }
}
