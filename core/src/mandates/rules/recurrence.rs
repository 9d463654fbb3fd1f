//! What recurs: weekly patterns by the clock on the wall, and copies of an order for another first day.

use chrono::{Datelike, Days, NaiveDate, Timelike};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::engine::Refusal;
use crate::mandates::model::RequestedShift;
use crate::mandates::order::{PositionRequest, ShiftRequest};
use crate::pricing::list::{DAY_MINUTES, TimeOfDay, Weekday};
use crate::values::{Bounded, Day, LocalTime, Whole, Zone};

/// Shifts of one order, however they are written.
pub const MOST_SHIFTS: usize = 100;

/// When a pattern ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum RecurrenceEnd {
    /// The last day on which it can begin.
    Until { day: Day },
    /// After so many shifts.
    Count { shifts: Whole<1, 100> },
}

/// The same shift on some weekdays, every week or every few. Its clock times stay the same over clock changes; one that
/// the clock shows twice is the first, one that it skips moves forward by the gap.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recurring {
    pub weekdays: Bounded<Weekday, 7>,
    /// 2 for every second week, counted from the week of the first day; weeks begin on Monday. Every week if not given.
    #[serde(default)]
    pub every_weeks: Option<Whole<1, 52>>,
    /// The first day on which it can begin.
    pub from: Day,
    pub end: RecurrenceEnd,
    pub starts: TimeOfDay,
    /// On the next day if it is not after the start.
    pub ends: TimeOfDay,
    /// Unpaid.
    #[serde(default)]
    pub break_minutes: u32,
    pub positions: Bounded<PositionRequest, 50>,
}

impl Recurring {
    /// Its shifts in the order of time.
    pub fn shifts(&self, zone: &Zone) -> Result<Vec<ShiftRequest>, Refusal> {
        let days = self.days()?;
        days.into_iter().map(|day| self.on(day, zone)).collect()
    }

    fn on(&self, day: NaiveDate, zone: &Zone) -> Result<ShiftRequest, Refusal> {
        let (starts, ends) = (self.starts.minutes(), self.ends.minutes());
        let last = if ends > starts { day } else { later(day, 1)? };
        Ok(ShiftRequest {
            start: zone.settled(LocalTime::on(day, starts)?)?,
            end: zone.settled(LocalTime::on(last, ends)?)?,
            break_minutes: self.break_minutes,
            positions: self.positions.clone(),
        })
    }

    fn days(&self) -> Result<Vec<NaiveDate>, Refusal> {
        let mut weekdays: Vec<u8> = self.weekdays.iter().map(|day| day.index()).collect();
        weekdays.sort_unstable();
        if weekdays.is_empty() {
            return Err(Refusal::new(Code::TooFew).at("weekdays").with("expected", 1));
        }
        if weekdays.windows(2).any(|two| two.first() == two.last()) {
            return Err(Refusal::new(Code::GivenTwice).at("weekdays"));
        }
        if self.starts.minutes() >= DAY_MINUTES {
            return Err(Refusal::new(Code::OutOfRange).at("starts").with("expected", "00:00 to 23:59"));
        }
        let from = self.from.date();
        // One more than can be shows that a pattern is too long: none is cut off in silence.
        let (until, most) = match self.end {
            RecurrenceEnd::Until { day } => (day.date(), MOST_SHIFTS + 1),
            RecurrenceEnd::Count { shifts } => (NaiveDate::MAX, shifts.get() as usize),
        };
        let step = 7 * u64::from(self.every_weeks.map_or(1, Whole::get));
        let mut days = Vec::new();
        let before = u64::from(from.weekday().num_days_from_monday());
        let mut monday = from.checked_sub_days(Days::new(before)).unwrap_or(from);
        while monday <= until && days.len() < most {
            for weekday in &weekdays {
                let day = later(monday, u64::from(*weekday))?;
                if day >= from && day <= until && days.len() < most {
                    days.push(day);
                }
            }
            monday = later(monday, step)?;
        }
        match days.len() {
            0 => Err(Refusal::new(Code::TooFew).at("end").with("expected", 1)),
            1..=MOST_SHIFTS => Ok(days),
            _ => Err(Refusal::new(Code::TooMany).at("end").with("expected", MOST_SHIFTS)),
        }
    }
}

fn later(day: NaiveDate, days: u64) -> Result<NaiveDate, Refusal> {
    day.checked_add_days(Days::new(days)).ok_or_else(|| {
        Refusal::new(Code::OutOfRange).at("from").with("expected", "a date between 1970 and 9998")
    })
}

/// A shift of an order that is kept: on which day of it, and when by the clock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelativeShift {
    /// Days after the first day.
    pub day: u32,
    pub starts: TimeOfDay,
    /// Days after the first day.
    pub last_day: u32,
    pub ends: TimeOfDay,
    pub break_minutes: u32,
    pub positions: Bounded<PositionRequest, 50>,
}

/// An order's shifts without their dates. The first day is the earliest on which one begins.
pub fn relative(shifts: &[RequestedShift]) -> Result<Vec<RelativeShift>, Refusal> {
    let Some(first) = shifts.iter().map(|shift| shift.local_start.date()).min() else {
        return Ok(Vec::new());
    };
    let day = |time: LocalTime| u32::try_from((time.date() - first).num_days()).unwrap_or(0);
    let clock = |time: LocalTime| {
        let time = time.time();
        TimeOfDay::parse(&format!("{:02}:{:02}", time.hour(), time.minute()))
    };
    let one = |shift: &RequestedShift| {
        let positions = shift.positions.iter().map(|position| PositionRequest {
            skill: position.skill,
            role: position.role,
            headcount: position.headcount,
        });
        Ok(RelativeShift {
            day: day(shift.local_start),
            starts: clock(shift.local_start)?,
            last_day: day(shift.local_end),
            ends: clock(shift.local_end)?,
            break_minutes: shift.break_minutes,
            positions: Bounded::new(positions.collect())?,
        })
    };
    shifts.iter().map(one).collect()
}

/// The same clock times from another first day on.
pub fn dated(shifts: &[RelativeShift], first: Day, zone: &Zone) -> Result<Vec<ShiftRequest>, Refusal> {
    let at = |day: u32, time: TimeOfDay| -> Result<LocalTime, Refusal> {
        let date = later(first.date(), u64::from(day))?;
        Ok(zone.settled(LocalTime::on(date, time.minutes())?)?)
    };
    let one = |shift: &RelativeShift| {
        Ok(ShiftRequest {
            start: at(shift.day, shift.starts)?,
            end: at(shift.last_day, shift.ends)?,
            break_minutes: shift.break_minutes,
            positions: shift.positions.clone(),
        })
    };
    shifts.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Recurring, RelativeShift, dated};
    use crate::codes::Code;
    use crate::shifts::rules::span;
    use crate::values::{Day, Zone};

    fn pattern(text: &str) -> Recurring {
        let skill = Uuid::from_u128(1);
        let text = format!("{{{text},\"positions\":[{{\"skill\":\"{skill}\",\"headcount\":1}}]}}");
        serde_json::from_str(&text).unwrap()
    }

    /// Local start, local end and elapsed minutes of each shift.
    fn shifts(zone: &str, text: &str) -> Vec<(String, String, i64)> {
        let zone = Zone::parse(zone).unwrap();
        let found = pattern(text).shifts(&zone).unwrap();
        let one = |shift: &crate::mandates::order::ShiftRequest| {
            let minutes = span(&zone, shift.start, shift.end, 0).unwrap().minutes();
            (shift.start.to_string(), shift.end.to_string(), minutes)
        };
        found.iter().map(one).collect()
    }

    fn refused(text: &str) -> (Code, Option<String>) {
        let refusal = pattern(text).shifts(&Zone::parse("Europe/Berlin").unwrap()).unwrap_err();
        (refusal.code, refusal.path)
    }

    #[test]
    fn c18_the_wall_time_stays_over_both_clock_changes() {
        // Berlin goes back on 25 October 2026 and forward on 28 March 2027: a night of ten to six has 9 and 7 hours.
        let autumn = shifts(
            "Europe/Berlin",
            r#""weekdays":["saturday"],"from":"2026-10-17","end":{"by":"count","shifts":3},"starts":"22:00","ends":"06:00""#,
        );
        assert_eq!(
            autumn,
            [
                ("2026-10-17T22:00".into(), "2026-10-18T06:00".into(), 480),
                ("2026-10-24T22:00".into(), "2026-10-25T06:00".into(), 540),
                ("2026-10-31T22:00".into(), "2026-11-01T06:00".into(), 480),
            ]
        );
        let spring = shifts(
            "Europe/Berlin",
            r#""weekdays":["saturday"],"from":"2027-03-20","end":{"by":"until","day":"2027-04-03"},"starts":"22:00","ends":"06:00""#,
        );
        let minutes: Vec<i64> = spring.iter().map(|shift| shift.2).collect();
        assert_eq!(minutes, [480, 420, 480]);
    }

    #[test]
    fn c18_a_time_that_is_shown_twice_is_the_first_and_one_that_is_skipped_moves_on() {
        let autumn = shifts(
            "Europe/Berlin",
            r#""weekdays":["sunday"],"from":"2026-10-25","end":{"by":"count","shifts":1},"starts":"02:30","ends":"06:00""#,
        );
        // 02:30 in summer time is 00:30Z; six in winter time is 05:00Z.
        assert_eq!(autumn, [("2026-10-25T02:30+02:00".into(), "2026-10-25T06:00".into(), 270)]);
        let spring = shifts(
            "Europe/Berlin",
            r#""weekdays":["sunday"],"from":"2027-03-28","end":{"by":"count","shifts":1},"starts":"02:30","ends":"06:00""#,
        );
        // 02:30 does not come; an hour later is 03:30 in summer time, 01:30Z; six is 04:00Z.
        assert_eq!(spring, [("2027-03-28T03:30+02:00".into(), "2027-03-28T06:00".into(), 150)]);
    }

    #[test]
    fn c18_every_second_week_counts_from_the_week_of_the_first_day() {
        // 3 September 2026 is a Thursday: its week begins on Monday, 31 August.
        let found = shifts(
            "Europe/Berlin",
            r#""weekdays":["friday","monday"],"every_weeks":2,"from":"2026-09-03","end":{"by":"until","day":"2026-09-28"},"starts":"09:00","ends":"17:00""#,
        );
        let days: Vec<&str> = found.iter().filter_map(|shift| shift.0.split('T').next()).collect();
        assert_eq!(days, ["2026-09-04", "2026-09-14", "2026-09-18", "2026-09-28"]);
    }

    #[test]
    fn c18_a_pattern_that_is_empty_or_too_long_is_refused_with_its_field() {
        let with = |weekdays: &str, end: &str, starts: &str| {
            refused(&format!(
                r#""weekdays":{weekdays},"from":"2026-09-01","end":{end},"starts":"{starts}","ends":"12:00""#
            ))
        };
        let day = r#"["monday"]"#;
        let two = r#"{"by":"count","shifts":2}"#;
        assert_eq!(with("[]", two, "09:00"), (Code::TooFew, Some("weekdays".into())));
        assert_eq!(with(r#"["monday","monday"]"#, two, "09:00"), (Code::GivenTwice, Some("weekdays".into())));
        assert_eq!(with(day, two, "24:00"), (Code::OutOfRange, Some("starts".into())));
        let until = |day: &str| format!(r#"{{"by":"until","day":"{day}"}}"#);
        assert_eq!(with(day, &until("2026-09-06"), "09:00"), (Code::TooFew, Some("end".into())));
        assert_eq!(with(day, &until("2026-08-01"), "09:00"), (Code::TooFew, Some("end".into())));
        assert_eq!(with(day, &until("9998-12-31"), "09:00"), (Code::TooMany, Some("end".into())));
        // A hundred Mondays from 7 September 2026 on end with 31 July 2028.
        let hundred = pattern(&format!(
            r#""weekdays":{day},"from":"2026-09-01","end":{},"starts":"09:00","ends":"12:00""#,
            until("2028-08-06")
        ));
        assert_eq!(hundred.shifts(&Zone::parse("Europe/Berlin").unwrap()).unwrap().len(), 100);
        assert_eq!(with(day, &until("2028-08-07"), "09:00"), (Code::TooMany, Some("end".into())));
    }

    #[test]
    fn c18_a_copy_keeps_days_and_clock_times() {
        let shift: RelativeShift = serde_json::from_str(
            r#"{"day":1,"starts":"22:00","last_day":2,"ends":"06:00","break_minutes":30,"positions":[]}"#,
        )
        .unwrap();
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let copy = dated(&[shift], Day::parse("2027-03-26").unwrap(), &zone).unwrap();
        let times: Vec<String> =
            copy.iter().flat_map(|one| [one.start, one.end]).map(|t| t.to_string()).collect();
        assert_eq!(times, ["2027-03-27T22:00", "2027-03-28T06:00"]);
    }
}
