//! A moment on the time line, in whole milliseconds of UTC.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Fault, FaultCode};

/// A moment between the years 1970 and 9999, in milliseconds: what every language's clock can say.
///
/// Written in RFC 3339 with `Z`; finer digits are cut off when read, any offset is converted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(DateTime<Utc>);

/// 9999-12-31T23:59:59.999Z
const LAST_MILLIS: i64 = 253_402_300_799_999;

impl Instant {
    pub fn from_millis(millis: i64) -> Result<Self, Fault> {
        if !(0..=LAST_MILLIS).contains(&millis) {
            return Err(Fault::new(FaultCode::OutOfRange, "a time between 1970 and 9999"));
        }
        DateTime::from_timestamp_millis(millis)
            .map(Self)
            .ok_or_else(|| Fault::new(FaultCode::OutOfRange, "a time between 1970 and 9999"))
    }

    pub fn parse(text: &str) -> Result<Self, Fault> {
        let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| {
            Fault::new(FaultCode::Malformed, "an RFC 3339 instant such as 2026-10-24T20:00:00Z")
        })?;
        Self::from_millis(parsed.timestamp_millis())
    }

    pub fn millis(self) -> i64 {
        self.0.timestamp_millis()
    }

    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// Whole minutes from `earlier` to here; negative if `earlier` is later.
    pub fn minutes_since(self, earlier: Self) -> i64 {
        (self.millis() - earlier.millis()) / 60_000
    }

    pub fn plus_minutes(self, minutes: i64) -> Result<Self, Fault> {
        let millis = minutes.checked_mul(60_000).and_then(|span| self.millis().checked_add(span));
        Self::from_millis(millis.unwrap_or(i64::MAX))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = if self.millis() % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
        f.write_str(&self.0.to_rfc3339_opts(format, true))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

impl JsonSchema for Instant {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}
