//! Names and types of files that a host keeps.

use std::fmt;

use serde::Serialize;

use super::reading::parsed_text;
use super::{Fault, FaultCode, Text};

/// A file's name without a path: 1 to 200 characters, no slash, backslash, colon or control character, no dots alone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let plain = Text::<200>::parse(text)?;
        let is_path = text.contains(['/', '\\', ':', '\n', '\t', '\0']);
        let has_edges = text.trim() != text || text.ends_with('.');
        if is_path || has_edges || text.chars().all(|c| c == '.') {
            return Err(Fault::new(FaultCode::Malformed, "a file name without a path, such as plan.pdf"));
        }
        Ok(Self(plain.as_str().to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A media type such as `application/pdf`, in lower case and without parameters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct MediaType(String);

impl MediaType {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new(FaultCode::Malformed, "a media type such as application/pdf");
        let is_part = |part: &str| {
            (1..=64).contains(&part.len())
                && part.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
                && part.bytes().all(|byte| {
                    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$&-^_.+".contains(&byte)
                })
        };
        let (kind, subtype) = text.split_once('/').ok_or_else(fault)?;
        if is_part(kind) && is_part(subtype) { Ok(Self(text.to_owned())) } else { Err(fault()) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

parsed_text!(FileName, "minLength": 1, "maxLength": 200);
parsed_text!(MediaType, "minLength": 1, "maxLength": 129);

#[cfg(test)]
mod tests {
    use super::{FileName, MediaType};

    #[test]
    fn c15_a_file_name_is_no_path() {
        for good in ["plan.pdf", "Häuser am See.jpeg", ".profile", "a"] {
            assert_eq!(FileName::parse(good).unwrap().as_str(), good);
        }
        let long = "a".repeat(201);
        for bad in [
            "",
            " ",
            "..",
            ".",
            "../etc/passwd",
            "C:\\plan.pdf",
            "a/b",
            "a\nb",
            "plan.pdf ",
            "plan.",
            "a:b",
            &long,
        ] {
            assert!(FileName::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn c15_a_media_type_has_two_parts_and_no_parameters() {
        for good in ["application/pdf", "image/svg+xml", "application/vnd.ms-excel"] {
            assert_eq!(MediaType::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "pdf", "/", "text/", "Text/Plain", "text/html; charset=utf-8", "a/b/c", "text/\u{e9}"]
        {
            assert!(MediaType::parse(bad).is_err(), "{bad}");
        }
    }
}
