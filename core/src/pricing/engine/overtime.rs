//! Minutes beyond a threshold: beyond the plan, in the shift, on the day, in the week. No minute is counted twice.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::shift::Part;
use super::stretch::Active;
use super::zones::Minute;
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

/// Minutes that are overtime of a kind, with how many the kind has counted before them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Reached {
    pub over: Over,
    pub counted: Minute,
}

/// The thresholds of the rules that may hold for a position, ascending.
#[derive(Clone, Default, Debug)]
pub(super) struct Thresholds {
    plan: SmallVec<[Minute; 2]>,
    shift: SmallVec<[Minute; 2]>,
    day: SmallVec<[Minute; 2]>,
    week: SmallVec<[Minute; 2]>,
    /// Weeks of an averaging period.
    pub weeks: u32,
}

impl Thresholds {
    /// `planned` are the paid minutes of the plan.
    pub(super) fn of(active: &Active, planned: Minute) -> Self {
        let mut found = Self { weeks: 1, ..Self::default() };
        for rule in active.rules.iter().filter_map(|at| active.list.rule(*at)) {
            match &rule.unit {
                Unit::BeyondPlan {} => found.plan.push(planned),
                Unit::InShiftAfter { minutes } => found.shift.push((*minutes).into()),
                Unit::PerDayAfter { minutes } => found.day.push((*minutes).into()),
                Unit::PerWeekAfter { minutes, weeks } => {
                    found.week.push((*minutes).into());
                    found.weeks = *weeks;
                }
                _ => {}
            }
        }
        for kind in [&mut found.plan, &mut found.shift, &mut found.day, &mut found.week] {
            kind.sort_unstable();
            kind.dedup();
        }
        found
    }

    pub(super) fn looks_at_periods(&self) -> bool {
        !self.day.is_empty() || !self.week.is_empty()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.plan.is_empty() && self.shift.is_empty() && self.day.is_empty() && self.week.is_empty()
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
            let on_day = self.worked.days.get(&day).copied().unwrap_or(0);
            let in_period = self.worked.periods.get(&period).copied().unwrap_or(0);
            let counts = [
                (Over::Plan, self.in_shift, &thresholds.plan),
                (Over::Shift, self.in_shift, &thresholds.shift),
                (Over::Day, on_day, &thresholds.day),
                (Over::Week, in_period, &thresholds.week),
            ];
            let is_over = |count: Minute, at: &[Minute]| at.first().is_some_and(|first| count >= *first);
            let taker = counts.iter().find(|(_, count, at)| is_over(*count, at)).map(|(over, _, _)| *over);
            // Up to the next threshold of any kind that counts these minutes.
            let counting = counts.iter().filter(|(over, _, _)| taker.is_none_or(|taker| *over <= taker));
            let next = counting
                .flat_map(|(_, count, at)| at.iter().map(move |threshold| threshold - count))
                .filter(|distance| *distance > 0)
                .min();
            let minutes = next.unwrap_or(Minute::MAX).min(part.to - from);
            let reached = taker.and_then(|taker| counts.iter().find(|(over, _, _)| *over == taker));
            let reached = reached.map(|(over, counted, _)| Reached { over: *over, counted: *counted });
            piece(Part { from, to: from + minutes }, reached);
            self.count(taker, day, period, minutes);
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
