//! The hash by which a content is known.

use std::fmt;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::reading::parsed_text;
use super::{Fault, FaultCode, hex};

/// A SHA-256 as 64 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct ContentHash(String);

impl ContentHash {
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex::encode(&Sha256::digest(bytes)))
    }

    /// The form of a SHA-256 that was computed piece by piece.
    pub(crate) fn of_digest(digest: &[u8]) -> Self {
        Self(hex::encode(digest))
    }

    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.len() == 64 && hex::decode(text).is_some() {
            Ok(Self(text.to_owned()))
        } else {
            Err(Fault::new(FaultCode::Malformed, "a SHA-256 as 64 lower-case hexadecimal digits"))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

parsed_text!(ContentHash, "format": "sha-256");

#[cfg(test)]
mod tests {
    use super::ContentHash;

    #[test]
    fn the_published_example_of_the_empty_text() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(ContentHash::of(b"").as_str(), empty);
        assert!(ContentHash::parse(empty).is_ok());
        for bad in ["", "e3", &empty.to_uppercase(), &format!("{empty}0")] {
            assert!(ContentHash::parse(bad).is_err(), "{bad}");
        }
    }
}
