//! Addresses: e-mail and telephone.

use std::fmt;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// An e-mail address: `local@domain`, at most 254 bytes, ASCII in the domain, shown as typed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new(FaultCode::Malformed, "an e-mail address such as anna@example.com");
        if text.len() > 254 {
            return Err(Fault::new(FaultCode::TooLong, 254));
        }
        let (local, domain) = text.rsplit_once('@').ok_or_else(fault)?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
        let label_fits = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !local_fits || !domain.contains('.') || !domain.split('.').all(label_fits) {
            return Err(fault());
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared: NFKC, lower case.
    pub fn folded(&self) -> String {
        self.0.nfkc().flat_map(char::to_lowercase).collect()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A telephone number: 3 to 32 digits, blanks and `+ - ( ) . /`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fits = (3..=32).contains(&text.len())
            && text.bytes().filter(u8::is_ascii_digit).count() >= 3
            && text.bytes().all(|byte| byte.is_ascii_digit() || b" +-()./".contains(&byte));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Fault::new(FaultCode::Malformed, "a telephone number such as +49 30 1234567"))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

parsed_text!(Email, "format": "email");
parsed_text!(Phone, "format": "phone");

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn addresses_that_are_none() {
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "anna",
            "@example.com",
            "anna@",
            "anna@example",
            "a b@example.com",
            "anna@example.com.",
            "anna@-x.com",
            ".a@example.com",
            "a..b@example.com",
            "anna@exa\u{0440}ple.com",
            "a\u{0}@example.com",
            &long,
        ] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Email::parse("Anna.Berg@Example.com").unwrap().folded(), "anna.berg@example.com");
    }
}
