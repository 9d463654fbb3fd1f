//! What the host says about a call: whose it is, when it is, and the randomness for it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::store::Tenant;
use crate::values::{AgencyId, Fault, FaultCode, Instant, Locale, MemberId, UserId, hex};

/// Who speaks. A claim by the host, checked against the records in the same load that the operation uses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case", deny_unknown_fields)]
pub enum Actor {
    /// The embedding platform's own code.
    Operator,
    /// A person at the agency.
    Member { id: MemberId },
    /// A person at a client.
    User { id: UserId },
    /// Somebody who has shown nothing yet: opens a link, signs in.
    Guest,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator => f.write_str("operator"),
            Self::Member { id } => write!(f, "member/{id}"),
            Self::User { id } => write!(f, "user/{id}"),
            Self::Guest => f.write_str("guest"),
        }
    }
}

/// 1 to 100 bytes that name one command for good: a retry with the same id gets the first answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct CommandId(String);

impl CommandId {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        match text.len() {
            0 => Err(Fault::new(FaultCode::TooShort, 1)),
            1..=100 => Ok(Self(text.to_owned())),
            _ => Err(Fault::new(FaultCode::TooLong, 100)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for CommandId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&Cow::<str>::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// 32 random bytes from the host, as 64 hexadecimal digits. Tokens and salts derive from them.
#[derive(Clone, PartialEq, Eq)]
pub struct Entropy(Vec<u8>);

impl Entropy {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        hex::decode(text)
            .filter(|bytes| bytes.len() == 32)
            .map(Self)
            .ok_or_else(|| Fault::new(FaultCode::Malformed, "32 random bytes as 64 hexadecimal digits"))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entropy(hidden)")
    }
}

impl<'de> Deserialize<'de> for Entropy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&Cow::<str>::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Everything an operation may know beside its input and the stored records.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    pub agency: AgencyId,
    pub actor: Actor,
    pub now: Instant,
    /// Commands need one; queries leave it out.
    #[serde(default)]
    pub command_id: Option<CommandId>,
    /// Commands need it; queries leave it out.
    #[serde(default)]
    pub entropy: Option<Entropy>,
    /// The language of messages; without it, the actor's own.
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl Context {
    /// The command id as text; empty for a query, which makes no ids.
    pub fn command(&self) -> &str {
        self.command_id.as_ref().map_or("", CommandId::as_str)
    }

    pub fn tenant(&self) -> Tenant {
        Tenant::new(&self.agency.to_string())
    }
}
