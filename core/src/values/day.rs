//! A calendar date, without a place.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// A date between the years 1970 and 9998, as `2026-10-24`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day(NaiveDate);

impl Day {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new(FaultCode::Malformed, "a date such as 2026-10-24");
        if text.len() != 10 {
            return Err(fault());
        }
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| fault())?;
        if (1970..=9998).contains(&date.year()) {
            Ok(Self(date))
        } else {
            Err(Fault::new(FaultCode::OutOfRange, "a date between 1970 and 9998"))
        }
    }

    /// The date, if it lies in these years.
    pub fn of(date: NaiveDate) -> Option<Self> {
        (1970..=9998).contains(&date.year()).then_some(Self(date))
    }

    /// Minutes from 1970 to its midnight, on the wall.
    pub const fn minute(self) -> i64 {
        self.date().and_time(chrono::NaiveTime::MIN).and_utc().timestamp().div_euclid(60)
    }

    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

parsed_text!(Day, "format": "date");
