//! Secrets on their way in and out: passwords, link tokens. Their debug forms show nothing.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};

use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// A password as typed: at most 1,024 bytes, so that hashing cannot be made to cost more.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.len() > 1024 {
            return Err(Fault::new(FaultCode::TooLong, 1024));
        }
        Ok(Self(text.to_owned()))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// A link's secret as it stands in a URL: at most 200 characters of `a-z 0-9 _ . -`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fits = (1..=200).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_.-".contains(&b));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Fault::new(FaultCode::Malformed, "the token of a link"))
        }
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// A code of a second factor as typed, at most 64 bytes of ASCII: case, blanks and hyphens say nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode(String);

impl OneTimeCode {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'-';
        if !(1..=64).contains(&text.len()) || !text.bytes().all(plain) {
            return Err(Fault::new(FaultCode::Malformed, "a code of letters and digits"));
        }
        Ok(Self(text.to_owned()))
    }

    /// Letters and digits alone, in lower case.
    pub fn normal(&self) -> String {
        self.0
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect()
    }
}

impl AsRef<str> for OneTimeCode {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Writes a secret into an operation's input, for hosts that call in Rust: `#[serde(serialize_with = ...)]`.
///
/// The types themselves do not serialise, so that no record or reply can hold one.
pub fn secret_input<T: AsRef<str>, S: Serializer>(secret: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.as_ref())
}

/// The same for a secret that may be left out.
pub fn optional_secret_input<T: AsRef<str>, S: Serializer>(
    secret: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => serializer.serialize_some(secret.as_ref()),
        None => serializer.serialize_none(),
    }
}

impl AsRef<str> for Password {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Token {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

macro_rules! hidden {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    };
}

hidden!(Password);
hidden!(Token);
hidden!(OneTimeSecret);
hidden!(OneTimeCode);
parsed_text!(Password, "format": "password");
parsed_text!(Token, "format": "token");
parsed_text!(OneTimeCode, "format": "password");

/// A secret that a reply hands out once.
///
/// Commands keep their replies for retries, and a secret must not lie in the store: the kept reply has `None`
/// here, so a retry learns that the secret was handed out and asks for a new one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OneTimeSecret(Option<String>);

impl OneTimeSecret {
    pub fn new(secret: String) -> Self {
        Self(Some(secret))
    }

    pub const fn handed_out() -> Self {
        Self(None)
    }

    /// The secret, or `None` if it was handed out before. It goes to its receiver and nowhere else.
    pub fn expose(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl JsonSchema for OneTimeSecret {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OneTimeSecret".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "null"],
            "format": "one-time-secret",
            "description": "Handed out once; null when a retried command is answered again."
        })
    }
}
