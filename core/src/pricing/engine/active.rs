//! A list that decides about minutes of a position: where its prices can change, and which rules hold where.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::calendar::{self, weekday};
use super::clock::{DAY, Face, Minute};
use super::compile::Compiled;
use super::condition::{Facts, Moment};
use super::kinds::{Asking, Kinds};
use super::ready::{Needs, Ready};
use super::shift::{Clocks, Part};
use crate::pricing::list::{Attribution, Key, Policies, SplitBy};

/// A list that can decide about some minutes of a position.
pub(super) struct Active<'b, 'd> {
    /// In force from this minute of the time line on.
    pub since: Minute,
    asking: Asking<'b, 'd>,
    kinds: Held<'b>,
    feasts: SmallVec<[Part; 2]>,
}

/// Kinds of minutes that the list keeps, or that are found for this position alone.
enum Held<'b> {
    Kept(&'b Kinds),
    Own(Box<Kinds>),
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
        since: Minute,
        facts: Facts<'d>,
        view: &View,
        place: Option<&Key>,
    ) -> Self {
        // The policies are those of the list that leads: under them a minute may be of several weekdays.
        let several_days = view.policies.weekdays == Attribution::AnyTouch;
        let kept = list.kept(&facts).filter(|kinds| !(several_days && kinds.needs.weekdays));
        let kinds = kept.map_or_else(|| Held::Own(Box::new(Kinds::of(list, &facts))), Held::Kept);
        let asking = Asking { list, facts, start: Moment::default() };
        let mut active = Self { since, asking, kinds, feasts: SmallVec::new() };
        if active.needs().holidays {
            active.feasts = feasts(list, view, place);
        }
        if active.needs().start {
            active.asking.start = active.moment(view, &view.clocks.line.face(view.whole.from));
        }
        active
    }

    pub(super) fn list(&self) -> &'b Compiled {
        self.asking.list
    }

    pub(super) fn kinds(&self) -> &Kinds {
        match &self.kinds {
            Held::Kept(kinds) => kinds,
            Held::Own(kinds) => kinds,
        }
    }

    pub(super) fn needs(&self) -> &Needs {
        &self.kinds().needs
    }

    /// The rule of a charge, and what it charges for an hour.
    pub(super) fn charge(&self, at: usize) -> Option<(&'b Ready, Decimal)> {
        let charge = self.kinds().charge(at)?;
        Some((self.asking.list.rule(charge.rule)?, charge.per_hour))
    }

    /// The rules of some places.
    pub(super) fn rules(&self, places: &[u32]) -> impl Iterator<Item = &'b Ready> {
        places.iter().filter_map(|at| self.asking.list.rule(*at))
    }

    /// The kind of some minutes.
    pub(super) fn kind(&mut self, moment: Moment) -> Option<usize> {
        match &mut self.kinds {
            Held::Kept(kinds) => kinds.find(moment),
            Held::Own(kinds) => Some(kinds.find(moment).unwrap_or_else(|| kinds.add(&self.asking, moment))),
        }
    }

    /// What holds in a minute, as far as the rules ask.
    pub(super) fn moment(&self, view: &View, face: &Face) -> Moment {
        let needs = self.needs();
        let windows = match view.policies.windows {
            _ if needs.windows == 0 => 0,
            SplitBy::Minute => calendar::holding(&self.list().windows, needs.windows, face.date, face.time),
            SplitBy::Start => {
                let start = view.clocks.line.face(view.whole.from);
                calendar::holding(&self.list().windows, needs.windows, start.date, start.time)
            }
        };
        let weekdays = if needs.weekdays { weekdays(view, face) } else { 0 };
        let holiday = needs.holidays && self.holiday(view, face.at);
        Moment { windows, weekdays, holiday }
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
        let by_minute = self.needs().windows != 0 && view.policies.windows == SplitBy::Minute;
        let by_day = (self.needs().weekdays || self.needs().periods)
            && view.policies.weekdays == Attribution::SplitAtMidnight;
        let day = [view.policies.day_starts.minutes() % 1440];
        let edge = match (by_minute, by_day) {
            (true, true) => face.next(&self.list().edges).min(face.next(&day)),
            (true, false) => face.next(&self.list().edges),
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
        rule.holds(self.asking.start, &self.asking.facts)
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
