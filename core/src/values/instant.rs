//! A moment on the time line, in whole milliseconds of UTC.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};

use super::clock::{DateTimeText, read_minutes, two_digits};
use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// A moment between the years 1970 and 9999, in milliseconds: what every language's clock can say.
///
/// Written in RFC 3339 with `Z`; finer digits are cut off when read, any offset is converted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant {
    millis: i64,
}

/// 9999-12-31T23:59:59.999Z
const LAST_MILLIS: i64 = 253_402_300_799_999;

impl Instant {
    pub fn from_millis(millis: i64) -> Result<Self, Fault> {
        if (0..=LAST_MILLIS).contains(&millis) {
            Ok(Self { millis })
        } else {
            Err(Fault::new(FaultCode::OutOfRange, "a time between 1970 and 9999"))
        }
    }

    pub fn parse(text: &str) -> Result<Self, Fault> {
        if let Some(millis) = plain_utc(text.as_bytes()) {
            return Self::from_millis(millis);
        }
        let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| {
            Fault::new(FaultCode::Malformed, "an RFC 3339 instant such as 2026-10-24T20:00:00Z")
        })?;
        Self::from_millis(parsed.timestamp_millis())
    }

    pub const fn millis(self) -> i64 {
        self.millis
    }

    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.millis).unwrap_or_default()
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

/// `2026-10-24T20:00:00Z` and `2026-10-24T20:00:00.123Z`, the forms in which nearly every instant comes: read without
/// the general parser.
fn plain_utc(text: &[u8]) -> Option<i64> {
    let (minutes, rest) = text.split_first_chunk::<16>()?;
    let (s1, s2, millis) = match rest {
        [b':', s1, s2, b'Z'] => (s1, s2, 0),
        [b':', s1, s2, b'.', m1, m2, m3, b'Z'] => {
            (s1, s2, two_digits(*m1, *m2)? * 10 + two_digits(b'0', *m3)?)
        }
        _ => return None,
    };
    let seconds = two_digits(*s1, *s2).filter(|seconds| *seconds < 60)?;
    Some(read_minutes(minutes)? * 60_000 + i64::from(seconds) * 1000 + i64::from(millis))
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = DateTimeText::of(self.utc().naive_utc());
        match self.millis % 1000 {
            0 => f.write_str(text.in_utc()),
            millis => write!(f, "{}.{millis:03}Z", text.seconds()),
        }
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.millis % 1000 == 0 {
            // Nearly every instant of a record; a plain text goes out faster than one that is put together.
            return serializer.serialize_str(DateTimeText::of(self.utc().naive_utc()).in_utc());
        }
        serializer.collect_str(self)
    }
}

parsed_text!(Instant, "format": "date-time");

#[cfg(test)]
mod tests {
    use super::Instant;

    #[test]
    fn instants_read_and_write_the_same_text() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2026-10-24T20:00:00Z",
            "9999-12-31T23:59:59.999Z",
            "2024-02-29T00:00:00.050Z",
            "2026-10-24T20:00:59.123Z",
        ] {
            assert_eq!(Instant::parse(text).unwrap().to_string(), text);
        }
        let with_offset = Instant::parse("2026-10-25T02:30:00.1239+02:00").unwrap();
        assert_eq!(with_offset.to_string(), "2026-10-25T00:30:00.123Z");
        for bad in [
            "",
            "2026-02-30T00:00:00Z",
            "2026-10-24T24:00:00Z",
            "2026-10-24",
            "1969-12-31T23:59:59Z",
            "26-10-24T20:00:00Z",
            "2026-10-24T20:00:00.12xZ",
        ] {
            assert!(Instant::parse(bad).is_err(), "{bad}");
        }
    }
}
