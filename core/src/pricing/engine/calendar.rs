//! The calendar of a list made ready for look-ups: windows in minutes of the day, holidays in local minutes.

use std::collections::BTreeSet;

use super::clock::{DAY, Minute};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::{Key, PriceList, TimeOfDay};

/// A daily window in minutes of the day; `to` is after `from`, past 1,440 if it passes midnight.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub from: u16,
    pub to: u16,
    /// Days on which it begins, all bits set if every day.
    pub weekdays: u8,
}

/// All bits of [`weekday`].
const EVERY_DAY: u8 = 0x7f;

/// A holiday in local minutes.
#[derive(Clone, Debug)]
pub struct Feast {
    pub from: i64,
    pub to: i64,
    pub places: Vec<Key>,
}

pub(super) fn windows(list: &PriceList) -> Result<(Vec<Range>, Vec<u16>), Refusal> {
    let mut codes = BTreeSet::new();
    let mut edges = BTreeSet::new();
    let mut ranges = Vec::with_capacity(list.calendar.windows.len());
    for (index, window) in list.calendar.windows.iter().enumerate() {
        let at = |field: &str| format!("calendar.windows[{index}].{field}");
        if !codes.insert(&window.code) {
            return Err(Refusal::new(Code::WindowTwice).at(at("code")).with("window", &window.code));
        }
        let (from, to) = (window.from.minutes(), window.to.minutes());
        if from == to || from == TimeOfDay::parse("24:00")?.minutes() {
            return Err(Refusal::new(Code::WindowEmpty).at(at("to")).with("window", &window.code));
        }
        edges.extend([from, to % 1440]);
        let weekdays = window.weekdays.iter().fold(0, |days, day| days | 1 << day.index());
        ranges.push(Range {
            from,
            to: if to > from { to } else { to + 1440 },
            weekdays: if weekdays == 0 { EVERY_DAY } else { weekdays },
        });
    }
    Ok((ranges, edges.into_iter().collect()))
}

pub(super) fn feasts(list: &PriceList) -> Result<Vec<Feast>, Refusal> {
    let mut feasts = Vec::with_capacity(list.calendar.holidays.len());
    for (index, holiday) in list.calendar.holidays.iter().enumerate() {
        let (from, to) = (holiday.from.minute(), holiday.to.minute());
        if from >= to {
            return Err(Refusal::new(Code::EndBeforeStart).at(format!("calendar.holidays[{index}].to")));
        }
        feasts.push(Feast { from, to, places: holiday.places.to_vec() });
    }
    feasts.sort_by_key(|feast| (feast.from, feast.to));
    Ok(feasts)
}

/// The windows that hold on a date at a time, of those that are asked for.
pub(super) fn holding(windows: &[Range], asked: u32, date: Minute, time: Minute) -> u32 {
    let asked = (0..32).zip(windows).filter(|(bit, _)| asked & 1 << bit != 0);
    asked.fold(0, |mask, (bit, window)| {
        let (from, to) = (Minute::from(window.from), Minute::from(window.to));
        let began = |date| window.weekdays == EVERY_DAY || window.weekdays & weekday(date) != 0;
        let today = from <= time && time < to && began(date);
        let yesterday = time + DAY < to && began(date - 1);
        if today || yesterday { mask | 1 << bit } else { mask }
    })
}

/// The bit of a local day's weekday; 1970 began on a Thursday.
pub(super) fn weekday(day: Minute) -> u8 {
    u8::try_from((day + 3).rem_euclid(7)).map_or(0, |index| 1 << index)
}
