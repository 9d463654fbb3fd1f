//! Rules that get in each other's way: equal ones that apply together, ones that never apply.

use std::collections::{BTreeMap, BTreeSet};

use super::cases::{BySkill, Case, Cases, Slot};
use super::finding::{Detail, Finding, FindingCode};
use super::region::{Names, Region};
use crate::pricing::engine::When;
use crate::pricing::list::{Key, PriceList};

/// Findings of one kind beyond these say nothing new.
const MAX_PAIRS: usize = 1000;

pub(super) fn check(list: &PriceList, cases: &Cases, found: &mut Vec<Finding>) {
    let never = never(cases, found);
    let mut slots: BTreeMap<Slot, Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.all.iter().enumerate().filter(|(at, _)| !never.contains(at)) {
        slots.entry(case.slot()).or_default().push(at);
    }
    let mut pairs = BTreeSet::new();
    for slot in slots.values() {
        for equal in slot.chunk_by(|one, other| rank(cases, *one) == rank(cases, *other)) {
            equal_rules(cases, equal, &mut pairs);
        }
    }
    for (one, other) in pairs.iter().take(MAX_PAIRS) {
        if let (Some(one), Some(other)) = (cases.all.get(*one), cases.all.get(*other)) {
            found.push(ambiguous(list, cases, one, other));
        }
    }
    if let Some(unnamed) = unnamed(cases) {
        for slot in slots.values() {
            shadowed(cases, slot, &unnamed, found);
        }
    }
}

fn rank(cases: &Cases, at: usize) -> Option<(u32, u32)> {
    cases.all.get(at).map(Case::rank)
}

/// A skill that stands for all that no rule names: they are alike.
fn unnamed(cases: &Cases) -> Option<Key> {
    let asks = cases.all.iter().flat_map(|case| case.rule.asks());
    let named: BTreeSet<&Key> = asks.filter_map(|ask| ask.whole.skills.as_ref()).flatten().collect();
    (0..=named.len())
        .filter_map(|number| Key::parse(&format!("other-{number}")).ok())
        .find(|key| !named.contains(key))
}

/// Rules whose conditions exclude each other.
fn never(cases: &Cases, found: &mut Vec<Finding>) -> BTreeSet<usize> {
    let mut never = BTreeSet::new();
    for (at, case) in cases.all.iter().enumerate() {
        let empty = case.within.is_empty()
            || cases.inside(case, &case.within).is_some_and(|regions| regions.is_empty());
        if empty {
            never.insert(at);
            let path = format!("{}.when", case.rule.path);
            found.push(Finding::new(FindingCode::RuleNever).rule(&case.rule.id, &path));
        }
    }
    never
}

/// Pairs of equally ranked rules that can apply together: those with a skill in common or with any.
fn equal_rules(cases: &Cases, equal: &[usize], pairs: &mut BTreeSet<(usize, usize)>) {
    if equal.len() < 2 {
        return;
    }
    let mut by_skill = BySkill::default();
    for at in equal {
        let Some(case) = cases.all.get(*at) else { continue };
        let skills: Vec<Option<&Key>> = match &case.rule.ask.whole.skills {
            None => vec![None],
            Some(skills) => skills.iter().map(Some).collect(),
        };
        for skill in skills {
            for before in by_skill.of(skill) {
                compare(cases, before, *at, pairs);
            }
        }
        // A rule for any skill meets those before it for all of them.
        if case.rule.ask.whole.skills.is_none() {
            for before in by_skill.named.values().flatten() {
                compare(cases, *before, *at, pairs);
            }
        }
        by_skill.put(*at, case.rule);
    }
}

fn compare(cases: &Cases, one: usize, other: usize, pairs: &mut BTreeSet<(usize, usize)>) {
    if pairs.len() > MAX_PAIRS || pairs.contains(&(one, other)) || !cases.may_go_on() {
        return;
    }
    if let (Some(a), Some(b)) = (cases.all.get(one), cases.all.get(other))
        && together(cases, a, b).is_some()
    {
        pairs.insert((one, other));
    }
}

/// A region in which both apply.
fn together(cases: &Cases, one: &Case, other: &Case) -> Option<Region> {
    // A flat amount looks at the start and time at each minute, so that different moments can meet in one shift.
    let apart = one.is_flat() != other.is_flat();
    let whole = cases.grid.cells(When::default());
    let wide = |region: &Region| Region { cells: whole.clone(), ..region.clone() };
    let both =
        if apart { wide(&one.within).and(&wide(&other.within)) } else { one.within.and(&other.within) };
    let mut left: Vec<Region> = both.into_iter().collect();
    for not in one.unless.iter().chain(&other.unless).filter(|not| !apart || not.cells == whole) {
        left = cases.subtract(left, not)?;
    }
    left.into_iter().next()
}

fn ambiguous(list: &PriceList, cases: &Cases, one: &Case, other: &Case) -> Finding {
    let windows = |case: &Case| case.rule.ask.when.windows;
    let (mine, theirs) = (windows(one) & !windows(other), windows(other) & !windows(one));
    let code = |mask: u32| {
        let at = usize::try_from(mask.trailing_zeros()).unwrap_or(usize::MAX);
        list.calendar.windows.get(at).map(|window| &window.code)
    };
    let named = if one.is_base() && mine != 0 && theirs != 0 { code(mine).zip(code(theirs)) } else { None };
    let finding = |code| Finding::new(code).rule(&one.rule.id, &one.rule.path).other(&other.rule.id);
    let Some((window, other_window)) = named else { return finding(FindingCode::Ambiguous) };
    let times = cases.grid.inside(&one.within.cells.and(&other.within.cells));
    let plain: Vec<_> = times.iter().filter(|span| !span.on_holidays).copied().collect();
    finding(FindingCode::WindowOverlap)
        .text("window", window)
        .text("other_window", other_window)
        .with("times", Detail::Times(if plain.is_empty() { times } else { plain }))
}

/// Rules of a slot that others always go before. The slot is in the order of ranks.
fn shadowed(cases: &Cases, slot: &[usize], unnamed: &Key, found: &mut Vec<Finding>) {
    let mut better = BySkill::default();
    for equal in slot.chunk_by(|one, other| rank(cases, *one) == rank(cases, *other)) {
        for at in equal {
            let Some(case) = cases.all.get(*at) else { continue };
            if never_first(cases, case, &better, unnamed) == Some(true) {
                found.push(Finding::new(FindingCode::Shadowed).rule(&case.rule.id, &case.rule.path));
            }
        }
        for at in equal {
            if let Some(case) = cases.all.get(*at) {
                better.put(*at, case.rule);
            }
        }
    }
}

/// Whether the better rules together cover all cases of a rule, skill by skill.
fn never_first(cases: &Cases, case: &Case, better: &BySkill, unnamed: &Key) -> Option<bool> {
    let skills: Vec<&Key> = match &case.rule.ask.whole.skills {
        None => vec![unnamed],
        Some(skills) => skills.iter().collect(),
    };
    for skill in skills {
        let own = Region { skills: Names::one(skill), ..case.within.clone() };
        let mut left = cases.inside(case, &own)?;
        for at in better.of(Some(skill)) {
            let Some(before) = cases.all.get(at) else { continue };
            if left.is_empty() {
                break;
            }
            left = beaten(cases, left, before, case)?;
        }
        if !left.is_empty() {
            return Some(false);
        }
    }
    Some(true)
}

/// What a better rule leaves over of the cases of another one.
pub(super) fn beaten(cases: &Cases, left: Vec<Region>, before: &Case, case: &Case) -> Option<Vec<Region>> {
    if before.is_flat() == case.is_flat() {
        return cases.without_case(left, before, &before.unless);
    }
    // One looks at the start and the other at each minute: only what does not ask for moments covers for sure.
    let whole = cases.grid.cells(When::default());
    if before.within.cells != whole {
        return Some(left);
    }
    let wide = |not: &Region| Region { cells: whole.clone(), ..not.clone() };
    let unless: Vec<Region> = before.unless.iter().map(wide).collect();
    cases.without_case(left, before, &unless)
}
