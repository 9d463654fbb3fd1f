//! Minutes beyond a threshold: beyond the plan, in the shift, on the day, in the week. No minute is counted twice.

use std::collections::BTreeMap;

use super::Few;
use super::active::Active;
use super::clock::Minute;
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
    pub(in crate::pricing) const fn of(unit: &Unit) -> Option<Self> {
        match unit {
            Unit::BeyondPlan {} => Some(Self::Plan),
            Unit::InShiftAfter { .. } => Some(Self::Shift),
            Unit::PerDayAfter { .. } => Some(Self::Day),
            Unit::PerWeekAfter { .. } => Some(Self::Week),
            _ => None,
        }
    }
}

/// Minutes that are overtime of a kind, beyond this threshold of it and below the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Reached {
    pub over: Over,
    pub threshold: Minute,
}

/// The thresholds of the rules that may hold for a position, by kind and ascending.
#[derive(Default, Debug)]
pub(super) struct Thresholds {
    all: Few<(Over, Minute)>,
    /// Weeks of an averaging period.
    pub weeks: u32,
}

impl Thresholds {
    /// `planned` are the paid minutes of the plan.
    pub(super) fn of(active: &Active, planned: Minute) -> Self {
        let mut found = Self { weeks: 1, ..Self::default() };
        if !active.needs.thresholds {
            return found;
        }
        for rule in &active.rules {
            if let Unit::PerWeekAfter { weeks, .. } = rule.unit {
                found.weeks = weeks;
            }
            let Some((over, threshold)) = Over::of(&rule.unit).zip(rule.threshold()) else { continue };
            found.all.push((over, if over == Over::Plan { planned } else { threshold.into() }));
        }
        found.all.sort_unstable();
        found.all.dedup();
        found
    }
}

/// An averaging period: how many weeks it has, and which of these it is.
pub(super) type Period = (u32, Minute);

/// Minutes that a person has worked, by local day and averaging period, at this client only.
#[derive(Clone, Default, Debug)]
pub(super) struct Worked {
    days: BTreeMap<Minute, Minute>,
    periods: BTreeMap<Period, Minute>,
}

/// Who has worked how much so far. Positions without a person begin with nothing.
pub(super) type People = BTreeMap<Key, Worked>;

/// The running counts of one shift.
pub(super) struct Counter<'w> {
    in_shift: Minute,
    worked: &'w mut Worked,
    /// Whether anything looks at days and periods; most lists do not, and then they are not counted.
    periods_matter: bool,
}

impl<'w> Counter<'w> {
    pub(super) const fn new(worked: &'w mut Worked, periods_matter: bool) -> Self {
        Self { in_shift: 0, worked, periods_matter }
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
            for (over, threshold) in &thresholds.all {
                if reached.is_some_and(|reached| reached.over < *over) {
                    // What one kind has taken, the later ones do not count.
                    break;
                }
                let counted = match over {
                    Over::Plan | Over::Shift => self.in_shift,
                    Over::Day => self.worked.days.get(&day).copied().unwrap_or(0),
                    Over::Week => self.worked.periods.get(&period).copied().unwrap_or(0),
                };
                if counted >= *threshold {
                    reached = Some(Reached { over: *over, threshold: *threshold });
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

    fn count(&mut self, taker: Option<Over>, day: Minute, period: Period, minutes: Minute) {
        self.in_shift += minutes;
        if !self.periods_matter {
            return;
        }
        if taker.is_none_or(|taker| taker >= Over::Day) {
            *self.worked.days.entry(day).or_default() += minutes;
        }
        if taker.is_none_or(|taker| taker >= Over::Week) {
            *self.worked.periods.entry(period).or_default() += minutes;
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

/// The averaging period of a day: weeks that begin on the first weekday, counted from a day in the first of them.
pub(super) fn period(day: Minute, first_weekday: u8, weeks: u32, anchor: Option<Minute>) -> Period {
    // 1970 began on a Thursday, three days after a Monday.
    let week = |day: Minute| (day + 3 - Minute::from(first_weekday)).div_euclid(7);
    let origin = anchor.map_or(0, week);
    (weeks, (week(day) - origin).div_euclid(Minute::from(weeks.max(1))))
}
