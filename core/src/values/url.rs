//! Addresses of pages on the host's own site.

use std::fmt;

use serde::Serialize;

use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// An `https` or `http` address without a fragment, of visible ASCII, at most 500 characters.
///
/// The fragment is left to the library: it carries a link's token, because browsers do not send it to servers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct PageUrl(String);

impl PageUrl {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.len() > 500 {
            return Err(Fault::new(FaultCode::TooLong, 500));
        }
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let fits = rest.is_some_and(|rest| {
            rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
                && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"#<>\"'\\`{|}^".contains(&byte))
        });
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            let expected = "an address such as https://portal.example.com/join, without #";
            Err(Fault::new(FaultCode::Malformed, expected))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

parsed_text!(PageUrl, "format": "uri");

#[cfg(test)]
mod tests {
    use super::PageUrl;

    #[test]
    fn only_plain_web_addresses_pass() {
        for good in ["https://a.example/join", "http://localhost:8000", "https://[::1]/x?y=1&z=%20"] {
            assert!(PageUrl::parse(good).is_ok(), "{good}");
        }
        for bad in
            ["", "javascript:alert(1)", "https://", "https://a b", "https://a/#x", "https://a/\"", "/join"]
        {
            assert!(PageUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
