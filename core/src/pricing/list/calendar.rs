//! The calendar of a price list: daily windows and holidays, in the local time of the place of work.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::names::{Key, Label};
use crate::values::reading::parsed_text;
use crate::values::{Bounded, Fault, FaultCode, LocalTime};

/// Minutes of a local day, 24:00.
pub const DAY_MINUTES: u16 = 1440;

/// A time on the wall from `00:00` to `24:00`, in minutes after midnight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new(FaultCode::Malformed, "a time of day such as 22:00");
        let number = |digits: Option<&str>| {
            let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
            digits.parse::<u16>().ok()
        };
        if text.len() != 5 || text.get(2..3) != Some(":") {
            return Err(fault());
        }
        let (hours, minutes) = number(text.get(..2)).zip(number(text.get(3..))).ok_or_else(fault)?;
        let total = hours * 60 + minutes;
        if minutes > 59 || total > DAY_MINUTES { Err(fault()) } else { Ok(Self(total)) }
    }

    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

parsed_text!(TimeOfDay, "minLength": 5, "maxLength": 5);

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    #[default]
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Days after Monday.
    pub const fn index(self) -> u8 {
        self as u8
    }
}

/// A part of each day, such as the night from 22:00 to 06:00; it may pass midnight.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub code: Key,
    pub from: TimeOfDay,
    /// Exclusive. A window of a whole day is 00:00 to 24:00.
    pub to: TimeOfDay,
    /// The days on which it begins; none means all.
    #[serde(default)]
    pub weekdays: Bounded<Weekday, 7>,
}

/// A holiday as an interval of local time, so that half days are holidays too.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub name: Label,
    pub from: LocalTime,
    /// Exclusive.
    pub to: LocalTime,
    /// Where it is one; none means everywhere. A demand names its place.
    #[serde(default)]
    pub places: Bounded<Key, 100>,
}

/// When it is night, and when it is a holiday.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {
    pub windows: Bounded<Window, 32>,
    pub holidays: Bounded<Holiday, 1000>,
}
