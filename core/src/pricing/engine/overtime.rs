//! Minutes beyond a threshold: beyond the plan, in the shift, on the day, in the week. No minute is counted twice.

use std::collections::BTreeMap;

use super::Few;
use super::clock::Minute;
use super::ready::Ready;
use super::shift::Part;
use crate::pricing::list::{Attribution, Key, Unit};

/// The four meanings of overtime, in the order in which they take their minutes. What one has taken, the later ones
/// do not count: daily first, then weekly on what is left.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::pricing) enum Over {
    Plan,
    Shift,
    Day,
    Week,
}

impl Over {
    /// The meaning of a unit with the minutes from which it counts; the plan has its own.
    pub(in crate::pricing) fn of(unit: &Unit) -> Option<(Self, Minute)> {
        match unit {
            Unit::BeyondPlan {} => Some((Self::Plan, 0)),
            Unit::InShiftAfter { minutes } => Some((Self::Shift, (*minutes).into())),
            Unit::PerDayAfter { minutes } => Some((Self::Day, (*minutes).into())),
            Unit::PerWeekAfter { minutes, .. } => Some((Self::Week, (*minutes).into())),
            _ => None,
        }
    }
}

/// Minutes that are overtime of a kind, beyond a threshold of it and below the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Reached {
    over: Over,
    /// Its place among the thresholds.
    pub at: usize,
}

/// The thresholds of the rules that may hold for a position.
#[derive(Clone, Default, Debug)]
pub(super) struct Thresholds {
    /// By kind and ascending.
    pub all: Few<(Over, Minute)>,
    /// Weeks of an averaging period.
    pub weeks: u32,
}

impl Thresholds {
    pub(super) fn of<'b>(rules: impl Iterator<Item = &'b Ready>) -> Self {
        let mut found = Self { weeks: 1, ..Self::default() };
        for rule in rules {
            if let Unit::PerWeekAfter { weeks, .. } = rule.unit {
                found.weeks = weeks;
            }
            found.all.extend(Over::of(&rule.unit));
        }
        found.all.sort_unstable();
        found.all.dedup();
        found
    }
}

/// A week, and the weeks of the averaging period that it lies in.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Period {
    week: Minute,
    first: Minute,
    weeks: Minute,
}

/// Minutes that a person has worked, by local day and by week, at this client only. Weeks are kept, not periods: what
/// was worked under a version that averages over other periods counts under the next one too.
#[derive(Clone, Default, Debug)]
pub(super) struct Worked {
    days: BTreeMap<Minute, Minute>,
    weeks: BTreeMap<Minute, Minute>,
}

impl Worked {
    fn in_period(&self, period: Period) -> Minute {
        self.weeks.range(period.first..period.first + period.weeks).map(|(_, minutes)| minutes).sum()
    }
}

/// Who has worked how much so far. Positions without a person begin with nothing.
pub(super) type People = BTreeMap<Key, Worked>;

/// The running counts of one shift.
pub(super) struct Counter<'w> {
    /// The paid minutes of the plan.
    planned: Minute,
    in_shift: Minute,
    worked: &'w mut Worked,
    /// Whether anything looks at days and periods; most lists do not, and then they are not counted.
    periods_matter: bool,
}

impl<'w> Counter<'w> {
    pub(super) const fn new(planned: Minute, worked: &'w mut Worked, periods_matter: bool) -> Self {
        Self { planned, in_shift: 0, worked, periods_matter }
    }

    /// Cuts a part of one local day at the thresholds and counts it. `day` and `period` say where it belongs.
    pub(super) fn cut(
        &mut self,
        part: Part,
        thresholds: &Thresholds,
        day: Minute,
        period: Period,
        mut piece: impl FnMut(Part, Option<Reached>),
    ) {
        let mut from = part.from;
        while from < part.to {
            let mut reached: Option<Reached> = None;
            let mut next = Minute::MAX;
            for (at, (over, threshold)) in thresholds.all.iter().enumerate() {
                if reached.is_some_and(|reached| reached.over < *over) {
                    // What one kind has taken, the later ones do not count.
                    break;
                }
                let threshold = if *over == Over::Plan { &self.planned } else { threshold };
                let counted = match over {
                    Over::Plan | Over::Shift => self.in_shift,
                    Over::Day => self.worked.days.get(&day).copied().unwrap_or(0),
                    Over::Week => self.worked.in_period(period),
                };
                if counted >= *threshold {
                    reached = Some(Reached { over: *over, at });
                } else {
                    next = next.min(threshold - counted);
                }
            }
            let minutes = next.min(part.to - from);
            piece(Part { from, to: from + minutes }, reached);
            self.count(reached.map(|reached| reached.over), day, period, minutes);
            from += minutes;
        }
    }

    /// Counts minutes that nothing is charged beyond: those under another version of the list may be beyond them.
    pub(super) const fn pass(&mut self, minutes: Minute) {
        self.in_shift += minutes;
    }

    fn count(&mut self, taker: Option<Over>, day: Minute, period: Period, minutes: Minute) {
        self.in_shift += minutes;
        if !self.periods_matter {
            return;
        }
        if taker.is_none_or(|taker| taker >= Over::Day) {
            *self.worked.days.entry(day).or_default() += minutes;
        }
        if taker.is_none_or(|taker| taker >= Over::Week) {
            *self.worked.weeks.entry(period.week).or_default() += minutes;
        }
    }
}

/// The day to which minutes at `at` are counted.
pub(super) fn counted_day(
    attribution: Attribution,
    at: Minute,
    whole: Part,
    day: impl Fn(Minute) -> Minute,
) -> Minute {
    match attribution {
        Attribution::SplitAtMidnight => day(at),
        Attribution::ShiftStart | Attribution::AnyTouch => day(whole.from),
        Attribution::ShiftEnd => day(whole.to - 1),
    }
}

/// The week of a day and its averaging period: weeks begin on the first weekday, and are counted from the week of a day
/// in the first period.
pub(super) fn period(day: Minute, first_weekday: u8, weeks: u32, anchor: Option<Minute>) -> Period {
    // 1970 began on a Thursday, three days after a Monday.
    let week_of = |day: Minute| (day + 3 - Minute::from(first_weekday)).div_euclid(7);
    let (week, origin, weeks) = (week_of(day), anchor.map_or(0, week_of), Minute::from(weeks.max(1)));
    Period { week, first: week - (week - origin).rem_euclid(weeks), weeks }
}
