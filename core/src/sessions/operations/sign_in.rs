//! Signing in to a session of the library's own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::{Effect, Operation, Run, Tx};
use crate::sessions::attempt::{Shown, prove};
use crate::sessions::starting::{Coming, start};
use crate::sessions::views::{self, SessionStarted};
use crate::values::{Email, OneTimeCode, Password, Source, Token, secret_input};

/// Starts a session with a login. An unknown address, a wrong password, a temporary one that has expired and a
/// deactivated user get the same answer after the same work.
///
/// `code_needed` says that the password fits and the second factor is missing: call again with `code`. After several
/// failures for the account or from the source, attempts are answered `too_many_attempts` for a while, whether the
/// account exists or not, and the password is not looked at. Use a new command id for each attempt.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: Email,
    #[serde(serialize_with = "secret_input")]
    pub password: Password,
    /// A code of the app, or a recovery code.
    #[serde(default, serialize_with = "crate::values::optional_secret_input")]
    pub code: Option<OneTimeCode>,
    /// Where the attempt comes from, such as the IP address. Without it, nothing is counted by source.
    #[serde(default)]
    pub source: Option<Source>,
    /// What an earlier sign-in gave this device.
    #[serde(default, serialize_with = "crate::values::optional_secret_input")]
    pub device: Option<Token>,
}

impl Operation for SignIn {
    const NAME: &'static str = "sessions.sign_in";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["password", "code", "device"];
    const COSTLY: bool = true;
    type Reply = SessionStarted;

    fn run(&self, tx: &mut Tx) -> Run<SessionStarted> {
        let shown = Shown {
            email: &self.email,
            password: &self.password,
            code: self.code.as_ref(),
            source: self.source.as_ref(),
            device: self.device.as_ref(),
        };
        let (grant, proved) = prove(tx, &shown)?;
        let coming = Coming {
            principal: &proved.principal,
            policy: proved.policy,
            sessions: proved.sessions,
            source: self.source.clone(),
            device: proved.device,
        };
        start(tx, &grant, coming)
    }

    fn without_secrets(reply: SessionStarted) -> SessionStarted {
        views::without_secrets(reply)
    }
}
