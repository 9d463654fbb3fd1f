//! Whole numbers with limits: minutes, days, steps, decimal places.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Fault, FaultCode};

/// A whole number from `LEAST` to `MOST`: the type names the limits, so that nobody who reads it checks again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct Whole<const LEAST: u32, const MOST: u32>(u32);

impl<const LEAST: u32, const MOST: u32> Whole<LEAST, MOST> {
    pub fn new(value: u32) -> Result<Self, Fault> {
        Self::from_any(value.into())
    }

    fn from_any(value: i64) -> Result<Self, Fault> {
        u32::try_from(value).ok().filter(|value| (LEAST..=MOST).contains(value)).map(Self).ok_or_else(|| {
            Fault::new(FaultCode::OutOfRange, format!("a whole number from {LEAST} to {MOST}"))
        })
    }

    pub const fn get(self) -> u32 {
        self.0
    }
}

impl<const MOST: u32> Default for Whole<0, MOST> {
    fn default() -> Self {
        Self(0)
    }
}

impl<'de, const LEAST: u32, const MOST: u32> Deserialize<'de> for Whole<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A negative number is out of range, not of a wrong type.
        Self::from_any(i64::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl<const LEAST: u32, const MOST: u32> JsonSchema for Whole<LEAST, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Whole{LEAST}To{MOST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": LEAST, "maximum": MOST })
    }
}

#[cfg(test)]
mod tests {
    use super::Whole;

    #[test]
    fn numbers_outside_are_refused_and_say_the_limits() {
        let read = |text: &str| serde_json::from_str::<Whole<1, 1440>>(text);
        assert_eq!(read("1").unwrap().get(), 1);
        assert_eq!(read("1440").unwrap().get(), 1440);
        for bad in ["0", "1441", "-1", "4294967297"] {
            let message = read(bad).unwrap_err().to_string();
            assert!(
                message.starts_with("fault:out_of_range:a whole number from 1 to 1440"),
                "{bad}: {message}"
            );
        }
        assert!(read("1.5").is_err() && read("\"5\"").is_err());
    }
}
