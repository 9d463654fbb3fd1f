//! A shift cut wherever a price can change: at window edges, local midnights, holidays and versions.

use super::Few;
use smallvec::SmallVec;

use super::compile::{At, Class, Compiled, Ready};
use super::condition::{Facts, Moment};
use super::shift::{Clocks, Part};
use super::zones::{DAY, Minute};
use crate::pricing::list::{Attribution, Key, Policies, SplitBy, Unit};

/// A list that can decide about some minutes of a position.
pub(super) struct Active<'b> {
    pub list: &'b Compiled,
    /// Its place in the book.
    pub at: usize,
    /// In force from this minute of the time line on.
    since: Minute,
    /// The rules whose conditions on the position hold.
    pub rules: Few<u32>,
    facts: Facts<'b>,
    /// What holds for rules that look at the whole shift.
    start: Moment,
    feasts: SmallVec<[Part; 2]>,
    asks: Asks,
}

/// What the rules of a list ask of minutes, so that nothing else is looked up.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked by itself")]
struct Asks {
    windows: u32,
    weekdays: bool,
    holidays: bool,
    thresholds: bool,
    days: bool,
}

/// The rule that prices a component.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Chosen {
    pub component: At,
    pub rule: u32,
}

/// Minutes for which the same rules hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Stretch {
    pub part: Part,
    /// Index into the active lists.
    pub active: usize,
    pub moment: Moment,
    /// The rules that price it, one for each component, without those beyond a threshold.
    pub rules: Few<Chosen>,
}

/// The whole shift and the policies by which it is looked at.
#[derive(Clone, Copy)]
pub(super) struct View<'b> {
    pub clocks: Clocks<'b>,
    pub whole: Part,
    pub policies: &'b Policies,
}

impl<'b> Active<'b> {
    pub(super) fn new(
        list: &'b Compiled,
        at: usize,
        since: Minute,
        facts: Facts<'b>,
        view: View,
        place: Option<&Key>,
    ) -> Self {
        let mut rules = Few::new();
        list.candidates(&facts, &mut rules);
        let mut asks = Asks::default();
        for rule in rules.iter().filter_map(|at| list.rule(*at)) {
            for ask in rule.asks() {
                asks.windows |= ask.when.windows;
                asks.weekdays |= ask.when.weekdays != 0;
                asks.holidays |= ask.when.holiday.is_some();
            }
            asks.thresholds |= rule.threshold().is_some();
            asks.days |= matches!(rule.unit, Unit::PerDayAfter { .. } | Unit::PerWeekAfter { .. });
        }
        let feasts = if asks.holidays { feasts(list, view, place) } else { SmallVec::new() };
        let mut active = Self { list, at, since, rules, facts, start: Moment::default(), feasts, asks };
        active.start = active.moment(view, view.whole.from);
        active
    }

    /// What holds at a minute, as far as the rules ask.
    fn moment(&self, view: View, at: Minute) -> Moment {
        let windows = match view.policies.windows {
            _ if self.asks.windows == 0 => 0,
            SplitBy::Minute => self.windows(view, at),
            SplitBy::Start => self.windows(view, view.whole.from),
        };
        let weekdays = if self.asks.weekdays { weekdays(view, at) } else { 0 };
        let holiday = self.asks.holidays && self.holiday(view, at);
        Moment { windows, weekdays, holiday }
    }

    fn windows(&self, view: View, at: Minute) -> u32 {
        let reading = view.clocks.line.local(at);
        let (day, time) = (reading.div_euclid(DAY), reading.rem_euclid(DAY));
        let mut mask = 0;
        for (bit, window) in (0..32).zip(&self.list.windows) {
            let (from, to) = (Minute::from(window.from), Minute::from(window.to));
            let began = |day| window.weekdays & weekday(day) != 0;
            let today = from <= time && time < to && began(day);
            let yesterday = time + DAY < to && began(day - 1);
            if self.asks.windows & 1 << bit != 0 && (today || yesterday) {
                mask |= 1 << bit;
            }
        }
        mask
    }

    fn holiday(&self, view: View, at: Minute) -> bool {
        let on = |at: Minute| self.feasts.iter().any(|feast| feast.from <= at && at < feast.to);
        match view.policies.holidays {
            Attribution::SplitAtMidnight => on(at),
            Attribution::ShiftStart => on(view.whole.from),
            Attribution::ShiftEnd => on(view.whole.to - 1),
            // Those that do not overlap the shift were left out before.
            Attribution::AnyTouch => !self.feasts.is_empty(),
        }
    }

    fn edges(&self, view: View, found: &mut Few<Minute>) {
        let Part { from, to } = view.whole;
        let cutoff = [view.policies.day_starts.minutes() % 1440];
        let by_minute = self.asks.windows != 0 && view.policies.windows == SplitBy::Minute;
        if by_minute {
            view.clocks.line.readings(from, to, &self.list.edges, found);
        }
        let by_day = view.policies.weekdays == Attribution::SplitAtMidnight;
        if by_day && (self.asks.weekdays || self.asks.days) {
            view.clocks.line.readings(from, to, &cutoff, found);
        }
        if view.policies.holidays == Attribution::SplitAtMidnight {
            found.extend(self.feasts.iter().flat_map(|feast| [feast.from, feast.to]));
        }
        found.push(self.since);
    }

    /// Whether what is charged depends on when the order came.
    pub(super) fn asks_lead_time(&self) -> bool {
        self.list.lead_times
    }

    /// Whether a rule's conditions hold that looks at the whole shift.
    pub(super) fn holds_at_start(&self, rule: &Ready) -> bool {
        rule.holds(self.start, &self.facts)
    }

    /// Whether a rule's conditions hold in a minute.
    pub(super) fn holds(&self, rule: &Ready, moment: Moment) -> bool {
        rule.holds(moment, &self.facts)
    }

    /// The rule of each component that prices time here or stands in for it. `None` without one for the first.
    fn select(&self, moment: Moment) -> Option<Few<Chosen>> {
        let mut selected: Few<Chosen> = Few::new();
        let mut last = None;
        for at in &self.rules {
            let Some(rule) = self.list.rule(*at) else { continue };
            if rule.class != Class::Main || rule.threshold().is_some() || last == Some(rule.component) {
                continue;
            }
            let moment = if matches!(rule.unit, Unit::Flat { .. }) { self.start } else { moment };
            if rule.holds(moment, &self.facts) {
                selected.push(Chosen { component: rule.component, rule: *at });
                last = Some(rule.component);
            }
        }
        (selected.first()?.component == 0).then_some(selected)
    }
}

/// The holidays of the place that the shift touches.
fn feasts(list: &Compiled, view: View, place: Option<&Key>) -> SmallVec<[Part; 2]> {
    let line = view.clocks.line;
    let near = 2 * DAY;
    let (from, to) = (line.local(view.whole.from) - near, line.local(view.whole.to) + near);
    let here = |places: &[Key]| places.is_empty() || place.is_some_and(|place| places.contains(place));
    let close = list.feasts.iter().filter(|feast| feast.from < to && feast.to > from && here(&feast.places));
    close
        .map(|feast| Part { from: line.first_reading(feast.from), to: line.first_reading(feast.to) })
        .filter(|feast| feast.from < view.whole.to && view.whole.from < feast.to)
        .collect()
}

/// The bit of a local day's weekday; 1970 began on a Thursday.
fn weekday(day: Minute) -> u8 {
    u8::try_from((day + 3).rem_euclid(7)).map_or(0, |index| 1 << index)
}

fn weekdays(view: View, at: Minute) -> u8 {
    let cutoff = Minute::from(view.policies.day_starts.minutes());
    let day = |at| view.clocks.line.day(at, cutoff);
    match view.policies.weekdays {
        Attribution::SplitAtMidnight => weekday(day(at)),
        Attribution::ShiftStart => weekday(day(view.whole.from)),
        Attribution::ShiftEnd => weekday(day(view.whole.to - 1)),
        Attribution::AnyTouch => {
            let (first, last) = (day(view.whole.from), day(view.whole.to - 1));
            (first..=last).take(7).fold(0, |days, day| days | weekday(day))
        }
    }
}

/// The parts of the shift by the rules that price them, or the first minute that nothing prices.
///
/// `actives` stand in the order of precedence, and within a level the latest version first.
pub(super) fn stretches(actives: &[Active], view: View) -> Result<Vec<Stretch>, Minute> {
    let whole = view.whole;
    let mut edges: Few<Minute> = Few::new();
    for active in actives {
        active.edges(view, &mut edges);
    }
    edges.retain(|edge| whole.from < *edge && *edge < whole.to);
    edges.push(whole.from);
    edges.push(whole.to);
    edges.sort_unstable();
    edges.dedup();
    let mut found: Vec<Stretch> = Vec::with_capacity(edges.len());
    if whole.from == whole.to {
        // Work that was rounded to nothing still has a price, for a minimum call and for what is charged once.
        found.push(decide(actives, view, whole).ok_or(whole.from)?);
    }
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let stretch = decide(actives, view, Part { from: *from, to: *to }).ok_or(*from)?;
        match found.last_mut() {
            Some(before) if goes_on(actives, before, &stretch) => before.part.to = *to,
            _ => found.push(stretch),
        }
    }
    Ok(found)
}

fn decide(actives: &[Active], view: View, part: Part) -> Option<Stretch> {
    let at = match view.policies.versions {
        SplitBy::Minute => part.from,
        SplitBy::Start => view.whole.from,
    };
    let mut passed = None;
    for (index, active) in actives.iter().enumerate() {
        // Of a level only the version in force counts, even if an older one had a rule.
        if active.since > at || passed == Some(active.list.level) {
            continue;
        }
        passed = Some(active.list.level);
        let moment = active.moment(view, part.from);
        if let Some(rules) = active.select(moment) {
            return Some(Stretch { part, active: index, moment, rules });
        }
    }
    None
}

/// Whether two neighbours are priced alike whatever was worked before them.
fn goes_on(actives: &[Active], before: &Stretch, next: &Stretch) -> bool {
    let asks = actives.get(before.active).map(|active| active.asks).unwrap_or_default();
    before.active == next.active
        && before.rules == next.rules
        && !asks.days
        && (!asks.thresholds || before.moment == next.moment)
}
