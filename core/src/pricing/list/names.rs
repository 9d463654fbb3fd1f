//! Names inside a price list: keys that rules refer to and labels that documents print.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::values::reading::parsed_text;
use crate::values::{Fault, FaultCode, Text};

/// The name of a rule, component, window, skill, place or list: 1 to 64 of `A-Z a-z 0-9 _ . : -`.
///
/// Shared, because every line of every estimate repeats the names of its list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Key(Arc<str>);

impl Key {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.len() > 64 {
            return Err(Fault::new(FaultCode::TooLong, 64));
        }
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'-');
        if text.is_empty() || !text.bytes().all(fits) {
            return Err(Fault::new(FaultCode::Malformed, "a name of letters, digits and _ . : -"));
        }
        Ok(Self(text.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What documents print for a component or a position: 1 to 120 characters without control characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Label(Arc<str>);

impl Label {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        Text::<120>::parse(text).map(|text| Self(text.as_str().into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! shared_text {
    ($name:ident, $most:literal) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        parsed_text!($name, "minLength": 1, "maxLength": $most);
    };
}

shared_text!(Key, 64);
shared_text!(Label, 120);
