//! Texts and lists with limits.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// A text of one to `MAX` characters without control characters; line feed and tab are allowed.
///
/// Characters that change the direction of writing are refused too: they make a name look like another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.trim().is_empty() {
            return Err(Fault::new(FaultCode::TooShort, 1));
        }
        // Most texts are ASCII, and their bytes are their characters.
        let is_ascii = text.is_ascii();
        let is_long = if is_ascii { text.len() > MAX } else { text.chars().nth(MAX).is_some() };
        if is_long {
            return Err(Fault::new(FaultCode::TooLong, MAX));
        }
        let has_forbidden = if is_ascii {
            // All of them are counted: without a way out in the middle, many bytes are looked at together.
            let forbidden = |byte: &u8| byte.is_ascii_control() && *byte != b'\n' && *byte != b'\t';
            text.as_bytes().iter().filter(|byte| forbidden(byte)).count() != 0
        } else {
            text.chars().any(forbidden)
        };
        if has_forbidden {
            return Err(Fault::new(FaultCode::ControlCharacter, "text without control characters"));
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn forbidden(c: char) -> bool {
    let turns_direction =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && c != '\n' && c != '\t') || turns_direction
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::values::reading::parsed(deserializer, Self::parse)
    }
}

impl<const MAX: usize> JsonSchema for Text<MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Text{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": MAX })
    }
}

/// A list of at most `MAX` items.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Bounded<T, const MAX: usize>(Vec<T>);

impl<T, const MAX: usize> Bounded<T, MAX> {
    pub fn new(items: Vec<T>) -> Result<Self, Fault> {
        if items.len() > MAX { Err(Fault::new(FaultCode::TooMany, MAX)) } else { Ok(Self(items)) }
    }

    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T, const MAX: usize> Default for Bounded<T, MAX> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const MAX: usize> Deref for Bounded<T, MAX> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T, const MAX: usize> IntoIterator for &'a Bounded<T, MAX> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'de, T: Deserialize<'de>, const MAX: usize> Deserialize<'de> for Bounded<T, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl<T: JsonSchema, const MAX: usize> JsonSchema for Bounded<T, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}UpTo{MAX}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>(), "maxItems": MAX })
    }
}

/// The host's own id for a record: 1 to 200 bytes, kept and compared exactly as given.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct HostId(String);

impl HostId {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        match text.len() {
            0 => Err(Fault::new(FaultCode::TooShort, 1)),
            1..=200 => Ok(Self(text.to_owned())),
            _ => Err(Fault::new(FaultCode::TooLong, 200)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A DNS label in lower case: letters, digits and inner hyphens, at most 63.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct Subdomain(String);

impl Subdomain {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fits = (1..=63).contains(&text.len())
            && !text.starts_with('-')
            && !text.ends_with('-')
            // The third and fourth hyphen mark encoded names, which could look like somebody else's.
            && text.get(2..4) != Some("--")
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Fault::new(
                FaultCode::Malformed,
                "a DNS label: lower-case letters, digits, inner hyphens, at most 63",
            ))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A page's name in addresses: lower-case letters, digits and inner hyphens, at most 63.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fits = (1..=63).contains(&text.len())
            && !text.starts_with('-')
            && !text.ends_with('-')
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            let expected = "lower-case letters, digits, inner hyphens, at most 63";
            Err(Fault::new(FaultCode::Malformed, expected))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

parsed_text!(HostId, "format": "host-id");
parsed_text!(Slug, "format": "slug");
parsed_text!(Subdomain, "format": "subdomain");
