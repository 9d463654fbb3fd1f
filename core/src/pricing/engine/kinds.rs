//! Kinds of minutes under one list: the rules that price them and their prices per hour, below and beyond thresholds.
//!
//! The lists of a demand know few kinds, and meet each of them in many stretches of many demands. So a kind is decided
//! once: where nothing but skill and role decides which rules a position meets, the list keeps all its kinds; where
//! rules ask more of a position, it finds those that it needs anew.

use rust_decimal::Decimal;

use super::Few;
use super::calendar;
use super::clock::Minute;
use super::compile::Compiled;
use super::condition::{Facts, Moment};
use super::overtime::{Over, Reached, Thresholds};
use super::prices::{self, Priced, too_large};
use super::ready::{Class, Needs, Ready};
use crate::engine::Refusal;

/// The most kinds that a list keeps for a skill and role, each counted once for each threshold.
const MOST_KEPT: usize = 512;

/// What the rules come to that a position meets.
#[derive(Clone, Debug)]
pub(super) struct Kinds {
    /// Places of the rules whose conditions on the position hold, ascending.
    rules: Few<u32>,
    /// Those of them that are minimum calls.
    pub minimum: Few<u32>,
    /// Those that are charged once or by count.
    pub counts: Few<u32>,
    pub needs: Needs,
    pub thresholds: Thresholds,
    known: Few<Kind>,
    /// The tariffs of each kind in turn: below all thresholds, then beyond each.
    levels: Vec<usize>,
    /// Rules that price minutes together, by their places and in the order of their turns.
    sets: Vec<Few<u32>>,
    tariffs: Vec<Option<Tariff>>,
    charges: Vec<Charge>,
    /// The windows that hold together at some time; empty if kinds are found one by one.
    windows: Few<u32>,
}

/// Minutes of which the list knows the same.
#[derive(Clone, Copy, Debug)]
struct Kind {
    moment: Moment,
    /// Absent if no rule prices the first component.
    set: Option<u32>,
}

/// Places in [`Kinds::charges`].
type Tariff = Few<usize>;

/// A price per hour with the place of its rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charge {
    pub rule: u32,
    pub per_hour: Decimal,
}

impl PartialEq for Charge {
    /// By the digits that documents show: a rule writes its price in one way.
    fn eq(&self, other: &Self) -> bool {
        self.rule == other.rule && self.per_hour.serialize() == other.per_hour.serialize()
    }
}

/// What rules are asked with.
#[derive(Clone, Copy)]
pub(super) struct Asking<'b, 'd> {
    pub list: &'b Compiled,
    pub facts: Facts<'d>,
    /// What holds for rules that look at the whole shift.
    pub start: Moment,
}

impl Kinds {
    /// Of the rules that a position meets, without any kind.
    pub(super) fn of(list: &Compiled, facts: &Facts) -> Self {
        let met = || list.candidates(facts);
        let places = |of: fn(&Needs) -> bool| met().filter(move |rule| of(&rule.needs)).map(|rule| rule.at);
        Self {
            rules: places(|_| true).collect(),
            minimum: places(|needs| needs.minimum).collect(),
            counts: places(|needs| needs.counts).collect(),
            needs: met().fold(Needs::default(), |needs, rule| needs.and(rule.needs)),
            thresholds: Thresholds::of(met()),
            known: Few::new(),
            levels: Vec::new(),
            sets: Vec::new(),
            tariffs: Vec::new(),
            charges: Vec::new(),
            windows: Few::new(),
        }
    }

    /// All kinds of minutes of one weekday that there are for a skill and role. `None` if other facts or the start
    /// decide too.
    pub(super) fn kept(list: &Compiled, facts: &Facts) -> Option<Self> {
        if list.asked(facts.skill).any(|rule| rule.needs.more_than_role || rule.needs.start && rule.is_flat())
        {
            return None;
        }
        let mut found = Self::of(list, facts);
        found.windows = windows(list, found.needs.windows);
        let (days, holidays) = (found.days(), found.holidays());
        let count = found.windows.len() * days.len() * holidays.len();
        if count * (found.thresholds.all.len() + 1) > MOST_KEPT {
            return None;
        }
        let asking = Asking { list, facts: *facts, start: Moment::default() };
        for windows in found.windows.clone() {
            for weekdays in days {
                for holiday in holidays {
                    found.add(&asking, Moment { windows, weekdays: *weekdays, holiday: *holiday });
                }
            }
        }
        Some(found)
    }

    /// The weekdays that kinds tell apart.
    fn days(&self) -> &'static [u8] {
        if self.needs.weekdays { &[1, 2, 4, 8, 16, 32, 64] } else { &[0] }
    }

    fn holidays(&self) -> &'static [bool] {
        if self.needs.holidays { &[false, true] } else { &[false] }
    }

    /// The place of a kind that is known.
    pub(super) fn find(&self, moment: Moment) -> Option<usize> {
        if self.windows.is_empty() {
            return self.known.iter().position(|kind| kind.moment == moment);
        }
        // They stand in the order in which they were kept.
        let windows = self.windows.iter().position(|windows| *windows == moment.windows)?;
        let day =
            if self.needs.weekdays { usize::try_from(moment.weekdays.trailing_zeros()).ok()? } else { 0 };
        let kind = (windows * self.days().len() + day) * self.holidays().len() + usize::from(moment.holiday);
        Some(kind)
    }

    /// Decides what is charged in minutes of a new kind.
    pub(super) fn add(&mut self, asking: &Asking, moment: Moment) -> usize {
        let selected = self.select(asking, moment);
        let below = self.tariff(asking, &selected);
        self.levels.push(below);
        for reached in self.thresholds.all.clone() {
            let beyond = self.beyond(asking, moment, &selected, reached);
            let beyond = self.tariff(asking, &beyond);
            self.levels.push(beyond);
        }
        let set = if selected.is_empty() { None } else { u32::try_from(self.set(&selected)).ok() };
        self.known.push(Kind { moment, set });
        self.known.len() - 1
    }

    /// Which rules price a kind, without those beyond a threshold: kinds with the same number have the same.
    pub(super) fn set_of(&self, kind: usize) -> Option<u32> {
        self.known.get(kind)?.set
    }

    pub(super) fn is_in_set(&self, set: u32, rule: u32) -> bool {
        let set = usize::try_from(set).ok().and_then(|set| self.sets.get(set));
        set.is_some_and(|set| set.contains(&rule))
    }

    /// The tariff of a kind, below all thresholds or beyond one.
    pub(super) fn tariff_of(&self, kind: usize, beyond: Option<Reached>) -> usize {
        let level = beyond.map_or(0, |reached| reached.at + 1);
        let at = kind * (self.thresholds.all.len() + 1) + level;
        self.levels.get(at).copied().unwrap_or(usize::MAX)
    }

    /// The charges of a tariff.
    pub(super) fn charges(&self, tariff: usize) -> Result<&[usize], Refusal> {
        self.tariffs.get(tariff).and_then(Option::as_deref).ok_or_else(too_large)
    }

    pub(super) fn charge(&self, at: usize) -> Option<Charge> {
        self.charges.get(at).copied()
    }

    fn met<'b>(&self, list: &'b Compiled) -> impl Iterator<Item = &'b Ready> {
        self.rules.iter().filter_map(|at| list.rule(*at))
    }

    /// The rule of each component that prices time here or stands in for it, in the order of their turns. None
    /// without one for the first component.
    fn select<'b>(&self, asking: &Asking<'b, '_>, moment: Moment) -> Few<&'b Ready> {
        let mut selected: Few<&Ready> = Few::new();
        for rule in self.met(asking.list) {
            let passed = selected.last().is_some_and(|last| last.component == rule.component);
            if rule.class != Class::Main || rule.needs.thresholds || passed {
                continue;
            }
            let moment = if rule.is_flat() { asking.start } else { moment };
            if rule.holds(moment, &asking.facts) {
                selected.push(rule);
            }
        }
        if selected.first().is_none_or(|first| first.component != 0) {
            return Few::new();
        }
        selected.sort_unstable_by_key(|rule| rule.turn);
        selected
    }

    /// The rules of a kind with those beyond a threshold that has been reached.
    fn beyond<'b>(
        &self,
        asking: &Asking<'b, '_>,
        moment: Moment,
        selected: &[&'b Ready],
        (over, threshold): (Over, Minute),
    ) -> Few<&'b Ready> {
        let mut rules: Few<&Ready> = selected.into();
        for rule in self.met(asking.list) {
            let is_over = Over::of(&rule.unit).is_some_and(|(of, from)| of == over && from <= threshold);
            if !is_over || !rule.holds(moment, &asking.facts) {
                continue;
            }
            // Rules stand in the order of precedence, so the first one of a component wins.
            match rules.iter_mut().find(|known| known.component == rule.component) {
                Some(known) if known.at < rule.at => {}
                Some(known) => *known = rule,
                None => rules.push(rule),
            }
        }
        rules.sort_unstable_by_key(|rule| rule.turn);
        rules
    }

    fn set(&mut self, selected: &[&Ready]) -> usize {
        place_of(&mut self.sets, selected.iter().map(|rule| rule.at).collect())
    }

    fn tariff(&mut self, asking: &Asking, rules: &[&Ready]) -> usize {
        let mut found: Few<Priced> = Few::new();
        let priced = prices::per_hour(asking.list, rules, &mut found).map(|()| {
            let charges = found.iter().map(|one| Charge { rule: one.rule.at, per_hour: one.per_hour });
            charges.map(|charge| place_of(&mut self.charges, charge)).collect()
        });
        place_of(&mut self.tariffs, priced.ok())
    }
}

/// The place of an item among others that differ from it, and behind them if it is new.
fn place_of<T: PartialEq>(known: &mut Vec<T>, item: T) -> usize {
    known.iter().position(|other| *other == item).unwrap_or_else(|| {
        known.push(item);
        known.len() - 1
    })
}

/// The windows that hold together at some time of the week, of those that are asked for.
fn windows(list: &Compiled, asked: u32) -> Few<u32> {
    let mut found = Few::new();
    for day in 0..7 {
        for time in list.edges.iter().copied().chain([0]) {
            let holding = calendar::holding(&list.windows, asked, day, time.into());
            if !found.contains(&holding) {
                found.push(holding);
            }
        }
    }
    found
}
