//! How a value says why it refused its text, so that the reason survives the trip through serde.

use std::fmt;

/// Why a value is not acceptable. Each becomes an error code of the same name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultCode {
    TooLong,
    TooShort,
    TooMany,
    TooFew,
    OutOfRange,
    Malformed,
    UnknownZone,
    UnknownCurrency,
    ControlCharacter,
}

const CODES: [(FaultCode, &str); 9] = [
    (FaultCode::TooLong, "too_long"),
    (FaultCode::TooShort, "too_short"),
    (FaultCode::TooMany, "too_many"),
    (FaultCode::TooFew, "too_few"),
    (FaultCode::OutOfRange, "out_of_range"),
    (FaultCode::Malformed, "malformed"),
    (FaultCode::UnknownZone, "unknown_zone"),
    (FaultCode::UnknownCurrency, "unknown_currency"),
    (FaultCode::ControlCharacter, "control_character"),
];

/// A reason with the limit or the form that was expected.
///
/// Its display form `fault:code:expected` is what [`Fault::parse`] reads back out of a serde error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    pub code: FaultCode,
    pub expected: String,
}

impl Fault {
    pub fn new(code: FaultCode, expected: impl ToString) -> Self {
        Self { code, expected: expected.to_string() }
    }

    pub fn parse(message: &str) -> Option<Self> {
        let (name, expected) = message.strip_prefix("fault:")?.split_once(':')?;
        let (code, _) = CODES.iter().find(|(_, text)| *text == name)?;
        // serde_json appends the position; it means nothing to the caller, who gets a path.
        let expected = expected.rsplit_once(" at line ").map_or(expected, |(text, _)| text);
        Some(Self::new(*code, expected))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = CODES.iter().find(|(code, _)| *code == self.code).map_or("malformed", |(_, text)| *text);
        write!(f, "fault:{name}:{}", self.expected)
    }
}

impl std::error::Error for Fault {}
