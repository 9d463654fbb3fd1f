//! The local week cut into the moments that a list tells apart: which windows, weekdays and holidays can come together.

use std::collections::BTreeMap;

use super::times::{WEEK, WeekSpan};
use crate::pricing::engine::{Compiled, Moment, When};
use crate::pricing::list::{Attribution, SplitBy};

/// A set of moments of a grid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Cells(Vec<u64>);

impl Cells {
    fn none(moments: usize) -> Self {
        Self(vec![0; moments.div_ceil(64)])
    }

    fn put(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & 1 << (at % 64) != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one & other).collect())
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one & !other).collect())
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one | other).collect())
    }
}

/// The moments of a list, each with the times at which it comes about.
#[derive(Debug)]
pub(super) struct Grid {
    moments: Vec<(Moment, Vec<WeekSpan>)>,
    /// Whether a rule asks for holidays.
    pub holidays: bool,
}

impl Grid {
    pub(super) fn of(list: &Compiled) -> Self {
        let asks: Vec<When> = list.rules.iter().flat_map(|rule| rule.asks().map(|ask| ask.when)).collect();
        let windows = asks.iter().fold(0, |windows, when| windows | when.windows);
        let days = asks.iter().any(|when| when.weekdays != 0);
        let holidays = asks.iter().any(|when| when.holiday.is_some());
        let feasts = if holidays { feasts(list) } else { Vec::new() };
        let mut moments: BTreeMap<(u32, u8, bool), Vec<WeekSpan>> = BTreeMap::new();
        for span in cut(list, windows, days, &feasts) {
            let mask = window_mask(list, windows, span.from);
            let own = if days { own_day(list, span.from) } else { 0 };
            for day in day_masks(list, days, own) {
                // A span lies on its own day; a mask of other days comes about as well where the shift decides.
                let fits = day & own != 0 || !days;
                moments.entry((mask, day, false)).or_default().extend(fits.then_some(span));
                if holidays {
                    let real = anywhere(list) && !list.feasts.is_empty() || touches(&feasts, span);
                    let spans = moments.entry((mask, day, true)).or_default();
                    spans.extend((real && fits).then_some(WeekSpan { on_holidays: true, ..span }));
                }
            }
        }
        let moments = moments
            .into_iter()
            .map(|((windows, weekdays, holiday), spans)| (Moment { windows, weekdays, holiday }, spans))
            .collect();
        Self { moments, holidays }
    }

    /// The moments at which a condition holds.
    pub(super) fn cells(&self, when: When) -> Cells {
        let mut cells = Cells::none(self.moments.len());
        for (at, (moment, _)) in self.moments.iter().enumerate() {
            if when.holds(*moment) {
                cells.put(at);
            }
        }
        cells
    }

    pub(super) fn nothing(&self) -> Cells {
        Cells::none(self.moments.len())
    }

    /// The times of moments that are not among the cells.
    pub(super) fn outside(&self, cells: &Cells) -> Vec<WeekSpan> {
        self.spans(|at| !cells.has(at))
    }

    pub(super) fn inside(&self, cells: &Cells) -> Vec<WeekSpan> {
        self.spans(|at| cells.has(at))
    }

    fn spans(&self, wanted: impl Fn(usize) -> bool) -> Vec<WeekSpan> {
        let of_wanted = self.moments.iter().enumerate().filter(|(at, _)| wanted(*at));
        let mut spans: Vec<WeekSpan> = of_wanted.flat_map(|(_, (_, spans))| spans.iter().copied()).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

/// Whether a holiday counts for minutes outside of it.
fn anywhere(list: &Compiled) -> bool {
    list.policies.holidays != Attribution::SplitAtMidnight
}

/// The parts of the week in which some holiday lies.
fn feasts(list: &Compiled) -> Vec<(i64, i64)> {
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for feast in &list.feasts {
        if feast.to - feast.from >= WEEK {
            return vec![(0, WEEK)];
        }
        // 1970 began on a Thursday, three days after a Monday.
        let from = (feast.from + 3 * 1440).rem_euclid(WEEK);
        let to = from + feast.to - feast.from;
        spans.push((from, to.min(WEEK)));
        if to > WEEK {
            spans.push((0, to - WEEK));
        }
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn touches(feasts: &[(i64, i64)], span: WeekSpan) -> bool {
    feasts.iter().any(|(from, to)| *from < span.to && span.from < *to)
}

/// The week in parts in which no window, day or holiday begins or ends.
fn cut(list: &Compiled, windows: u32, days: bool, feasts: &[(i64, i64)]) -> Vec<WeekSpan> {
    let mut edges: Vec<i64> = vec![0, WEEK];
    for (bit, window) in (0..32).zip(&list.windows) {
        if windows & 1 << bit == 0 {
            continue;
        }
        for day in 0..7 {
            for edge in [window.from, window.to] {
                edges.push((day * 1440 + i64::from(edge)).rem_euclid(WEEK));
            }
        }
    }
    if days {
        let starts = i64::from(list.policies.day_starts.minutes());
        edges.extend((0..7).map(|day| (day * 1440 + starts).rem_euclid(WEEK)));
    }
    edges.extend(feasts.iter().flat_map(|(from, to)| [*from, *to]));
    edges.sort_unstable();
    edges.dedup();
    let pairs = edges.iter().zip(edges.iter().skip(1));
    pairs.map(|(from, to)| WeekSpan { from: *from, to: *to, on_holidays: false }).collect()
}

fn window_mask(list: &Compiled, asked: u32, at: i64) -> u32 {
    let (day, time) = (at.div_euclid(1440), at.rem_euclid(1440));
    let mut mask = 0;
    for (bit, window) in (0..32).zip(&list.windows) {
        let (from, to) = (i64::from(window.from), i64::from(window.to));
        let began = |day: i64| window.weekdays & bit_of(day) != 0;
        let holds = (from <= time && time < to && began(day)) || (time + 1440 < to && began(day - 1));
        if asked & 1 << bit != 0 && holds {
            mask |= 1 << bit;
        }
    }
    mask
}

fn bit_of(day: i64) -> u8 {
    u8::try_from(day.rem_euclid(7)).map_or(0, |index| 1 << index)
}

fn own_day(list: &Compiled, at: i64) -> u8 {
    bit_of((at - i64::from(list.policies.day_starts.minutes())).div_euclid(1440))
}

/// The weekdays that can hold at a time of the given day.
fn day_masks(list: &Compiled, asked: bool, own: u8) -> Vec<u8> {
    if !asked {
        return vec![0];
    }
    match (list.policies.weekdays, list.policies.windows) {
        (Attribution::SplitAtMidnight, SplitBy::Minute) => vec![own],
        (Attribution::AnyTouch, _) => {
            let runs = (0..7).flat_map(|first| (1..=7).map(move |length| (first, length)));
            let mut masks: Vec<u8> = runs
                .map(|(first, length)| (first..first + length).fold(0, |mask, day: i64| mask | bit_of(day)))
                .collect();
            masks.sort_unstable();
            masks.dedup();
            masks
        }
        _ => (0..7).map(bit_of).collect(),
    }
}
