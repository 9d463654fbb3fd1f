//! What the host says about a call: whose it is, when it is, and the randomness for it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};
use uuid::Uuid;

use crate::store::Tenant;
use crate::values::{
    AgencyId, Fault, FaultCode, ImpersonationId, Instant, LinkId, Locale, MemberId, UserId, hex,
};

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
    /// A person at the agency in the place of a person at a client. Both stand in every event.
    Impersonated { user: UserId, by: MemberId, session: ImpersonationId },
    /// A person at the agency who sees what a person at a client would see. Reads only, and leaves no trace.
    Preview { user: UserId, by: MemberId },
    /// Somebody who holds a link that shows a project, after opening it.
    Holder { link: LinkId },
    /// Somebody who has shown nothing yet: opens a link, signs in.
    Guest,
}

impl Actor {
    /// The person at a client who acts, or in whose place somebody does.
    pub const fn user(&self) -> Option<UserId> {
        match self {
            Self::User { id } => Some(*id),
            Self::Impersonated { user, .. } | Self::Preview { user, .. } => Some(*user),
            Self::Operator | Self::Member { .. } | Self::Holder { .. } | Self::Guest => None,
        }
    }

    /// The person at the agency who acts, in their own place or in another's.
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member { id } => Some(*id),
            Self::Impersonated { by, .. } | Self::Preview { by, .. } => Some(*by),
            Self::Operator | Self::User { .. } | Self::Holder { .. } | Self::Guest => None,
        }
    }

    /// Whoever is acted for, on either side: the user, or else the member.
    pub const fn person(&self) -> Option<Uuid> {
        match self {
            Self::Member { id } => Some(id.uuid()),
            Self::User { id } | Self::Impersonated { user: id, .. } | Self::Preview { user: id, .. } => {
                Some(id.uuid())
            }
            Self::Operator | Self::Holder { .. } | Self::Guest => None,
        }
    }

    /// Whose answers these are: a preview gets the bytes of the person who is previewed, cursors too.
    #[must_use]
    pub const fn audience(&self) -> Self {
        match self {
            Self::Preview { user, .. } => Self::User { id: *user },
            other => *other,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator => f.write_str("operator"),
            Self::Member { id } => write!(f, "member/{id}"),
            Self::User { id } => write!(f, "user/{id}"),
            Self::Impersonated { user, by, session } => write!(f, "user/{user}/by/{by}/{session}"),
            Self::Preview { user, by } => write!(f, "user/{user}/preview/{by}"),
            Self::Holder { link } => write!(f, "holder/{link}"),
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
