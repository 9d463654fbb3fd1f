//! Colours as pages write them.

use serde::Serialize;

use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// Red, green and blue: `#` and six hexadecimal digits. Nothing else, so that it can stand in a style as it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Colour(String);

impl Colour {
    /// Kept in lower case, so that equal colours are equal texts.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(Fault::new(FaultCode::Malformed, "a colour such as #1a2b3c"))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

parsed_text!(Colour, "format": "colour");

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn a7_a_colour_is_six_digits_and_nothing_else() {
        assert_eq!(Colour::parse("#1A2b3C").unwrap().as_str(), "#1a2b3c");
        for bad in [
            "",
            "red",
            "#123",
            "#1234567",
            "123456",
            "#12345g",
            "#123456;x:url(a)",
            "url(x)",
            "#１２３４５６",
        ] {
            assert!(Colour::parse(bad).is_err(), "{bad}");
        }
    }
}
