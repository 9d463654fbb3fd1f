//! A list that decides about minutes of a position: where its prices can change, and which rules hold where.

use smallvec::SmallVec;

use super::Few;
use super::clock::{DAY, Face, Minute};
use super::compile::Compiled;
use super::condition::{Facts, Moment};
use super::ready::{Class, Needs, Ready};
use super::shift::{Clocks, Part};
use crate::pricing::list::{Attribution, Key, Policies, SplitBy};

/// A list that can decide about some minutes of a position.
pub(super) struct Active<'b, 'd> {
    pub list: &'b Compiled,
    /// Its place in the book.
    pub at: usize,
    /// In force from this minute of the time line on.
    pub since: Minute,
    /// The rules whose conditions on the position hold.
    pub rules: Few<&'b Ready>,
    pub needs: Needs,
    facts: Facts<'d>,
    /// What holds for rules that look at the whole shift.
    start: Moment,
    feasts: SmallVec<[Part; 2]>,
}

/// The whole shift and the policies by which it is looked at.
#[derive(Clone, Copy)]
pub(super) struct View<'b> {
    pub clocks: Clocks<'b>,
    pub whole: Part,
    pub policies: &'b Policies,
}

impl<'b, 'd> Active<'b, 'd> {
    pub(super) fn new(
        list: &'b Compiled,
        at: usize,
        since: Minute,
        facts: Facts<'d>,
        view: &View,
        place: Option<&Key>,
    ) -> Self {
        let rules: Few<&Ready> = list.candidates(&facts).collect();
        let needs = rules.iter().fold(Needs::default(), |needs, rule| needs.and(rule.needs));
        let feasts = if needs.holidays { feasts(list, view, place) } else { SmallVec::new() };
        let mut active = Self { list, at, since, rules, needs, facts, start: Moment::default(), feasts };
        active.start = active.moment(view, &view.clocks.line.face(view.whole.from));
        active
    }

    /// What holds in a minute, as far as the rules ask.
    pub(super) fn moment(&self, view: &View, face: &Face) -> Moment {
        let windows = match view.policies.windows {
            _ if self.needs.windows == 0 => 0,
            SplitBy::Minute => self.windows(face.reading),
            SplitBy::Start => self.windows(view.clocks.line.local(view.whole.from)),
        };
        let weekdays = if self.needs.weekdays { weekdays(view, face) } else { 0 };
        let holiday = self.needs.holidays && self.holiday(view, face.at);
        Moment { windows, weekdays, holiday }
    }

    fn windows(&self, reading: Minute) -> u32 {
        let (day, time) = (reading.div_euclid(DAY), reading.rem_euclid(DAY));
        let asked = (0..32).zip(&self.list.windows).filter(|(bit, _)| self.needs.windows & 1 << bit != 0);
        asked.fold(0, |mask, (bit, window)| {
            let (from, to) = (Minute::from(window.from), Minute::from(window.to));
            let began = |day| window.weekdays & weekday(day) != 0;
            let today = from <= time && time < to && began(day);
            let yesterday = time + DAY < to && began(day - 1);
            if today || yesterday { mask | 1 << bit } else { mask }
        })
    }

    fn holiday(&self, view: &View, at: Minute) -> bool {
        let on = |at: Minute| self.feasts.iter().any(|feast| feast.from <= at && at < feast.to);
        match view.policies.holidays {
            Attribution::SplitAtMidnight => on(at),
            Attribution::ShiftStart => on(view.whole.from),
            Attribution::ShiftEnd => on(view.whole.to - 1),
            // Those that do not overlap the shift were left out before.
            Attribution::AnyTouch => !self.feasts.is_empty(),
        }
    }

    /// The next minute at which something begins or ends that the rules ask for.
    pub(super) fn next_edge(&self, view: &View, face: &Face) -> Minute {
        let by_minute = self.needs.windows != 0 && view.policies.windows == SplitBy::Minute;
        let by_day = (self.needs.weekdays || self.needs.periods)
            && view.policies.weekdays == Attribution::SplitAtMidnight;
        let day = [view.policies.day_starts.minutes() % 1440];
        let edge = match (by_minute, by_day) {
            (true, true) => face.next(&self.list.edges_and_day),
            (true, false) => face.next(&self.list.edges),
            (false, true) => face.next(&day),
            (false, false) => Minute::MAX,
        };
        let edge = if self.since > face.at { edge.min(self.since) } else { edge };
        if view.policies.holidays != Attribution::SplitAtMidnight {
            return edge;
        }
        let feasts = self.feasts.iter().flat_map(|feast| [feast.from, feast.to]);
        feasts.filter(|other| *other > face.at).fold(edge, Minute::min)
    }

    /// Whether a rule's conditions hold that looks at the whole shift.
    pub(super) fn holds_at_start(&self, rule: &Ready) -> bool {
        rule.holds(self.start, &self.facts)
    }

    /// Whether a rule's conditions hold in a minute.
    pub(super) fn holds(&self, rule: &Ready, moment: Moment) -> bool {
        rule.holds(moment, &self.facts)
    }

    /// The rule of each component that prices time here or stands in for it, in the order of their turns. None
    /// without one for the first component.
    pub(super) fn select(&self, moment: Moment) -> Few<&'b Ready> {
        let mut selected: Few<&Ready> = Few::new();
        for rule in &self.rules {
            let passed = selected.last().is_some_and(|last| last.component == rule.component);
            if rule.class != Class::Main || rule.needs.thresholds || passed {
                continue;
            }
            let moment = if rule.is_flat() { self.start } else { moment };
            if rule.holds(moment, &self.facts) {
                selected.push(rule);
            }
        }
        if selected.first().is_none_or(|first| first.component != 0) {
            return Few::new();
        }
        selected.sort_unstable_by_key(|rule| rule.turn);
        selected
    }
}

/// The holidays of the place that the shift touches.
fn feasts(list: &Compiled, view: &View, place: Option<&Key>) -> SmallVec<[Part; 2]> {
    let line = view.clocks.line;
    let near = 2 * DAY;
    let (from, to) = (line.local(view.whole.from) - near, line.local(view.whole.to) + near);
    let here = |places: &[Key]| places.is_empty() || place.is_some_and(|place| places.contains(place));
    let first = list.feasts.partition_point(|feast| feast.from + list.longest_feast <= from);
    let later = list.feasts.get(first..).unwrap_or_default().iter();
    let close =
        later.take_while(|feast| feast.from < to).filter(|feast| feast.to > from && here(&feast.places));
    close
        .map(|feast| Part { from: line.first_reading(feast.from), to: line.first_reading(feast.to) })
        .filter(|feast| feast.from < view.whole.to && view.whole.from < feast.to)
        .collect()
}

/// The bit of a local day's weekday; 1970 began on a Thursday.
fn weekday(day: Minute) -> u8 {
    u8::try_from((day + 3).rem_euclid(7)).map_or(0, |index| 1 << index)
}

fn weekdays(view: &View, face: &Face) -> u8 {
    let cutoff = Minute::from(view.policies.day_starts.minutes());
    let day = |at| view.clocks.line.day(at, cutoff);
    match view.policies.weekdays {
        Attribution::SplitAtMidnight => weekday(face.day(cutoff)),
        Attribution::ShiftStart => weekday(day(view.whole.from)),
        Attribution::ShiftEnd => weekday(day(view.whole.to - 1)),
        Attribution::AnyTouch => {
            let (first, last) = (day(view.whole.from), day(view.whole.to - 1));
            (first..=last).take(7).fold(0, |days, day| days | weekday(day))
        }
    }
}
