//! Whether everything that can be ordered has a price, at every time of the week and for every length and headcount.

use std::collections::BTreeMap;

use super::cases::{BySkill, Cases};
use super::finding::{Detail, Finding, FindingCode};
use super::region::{HEADS, LENGTHS, Names, Reach, Region, role_bit};
use super::times::{WeekSpan, both};
use crate::pricing::engine::Compiled;
use crate::pricing::list::{Key, Label, PriceList};
use crate::shifts::model::Role;

/// The most rules that a finding names.
const MAX_NAMED: usize = 20;

/// A list with what it needs to say what it prices.
pub(super) struct Coverage<'l> {
    cases: &'l Cases<'l>,
    base: BySkill<'l>,
}

/// What one list leaves without a price for one skill and role.
struct Left {
    times: Vec<WeekSpan>,
    lengths: Vec<Reach>,
    heads: Vec<Reach>,
    /// The rules that price the rest.
    rules: Vec<Key>,
}

impl<'l> Coverage<'l> {
    pub(super) fn of(cases: &'l Cases<'l>) -> Self {
        let mut base = BySkill::default();
        for (at, case) in cases.all.iter().enumerate().filter(|(_, case)| case.is_base()) {
            base.put(at, case.rule);
        }
        Self { cases, base }
    }

    /// `None` if no rule prices the skill in the role at all, or if it is too much to tell.
    fn left(&self, skill: &Key, role: Role) -> Option<Left> {
        let mut regions: Vec<Region> = Vec::new();
        let mut rules = Vec::new();
        for at in self.base.of(Some(skill)) {
            let Some(case) = self.cases.all.get(at) else { continue };
            let own = Region { roles: role_bit(role), skills: Names::one(skill), ..case.within.clone() };
            let applies = self.cases.inside(case, &own)?;
            if !applies.is_empty() && rules.len() < MAX_NAMED {
                rules.push(case.rule.id.clone());
            }
            regions.extend(applies);
        }
        if regions.is_empty() {
            return None;
        }
        let grid = &self.cases.grid;
        let covered = regions.iter().fold(grid.nothing(), |cells, region| cells.or(&region.cells));
        let mut times = grid.outside(&covered);
        if !grid.holidays {
            // Nothing here looks at holidays, so what is missing is missing on them too.
            times.extend(times.clone().into_iter().map(|span| WeekSpan { on_holidays: true, ..span }));
        }
        Some(Left {
            times,
            lengths: uncovered(LENGTHS, regions.iter().map(|region| region.length).collect()),
            heads: uncovered(HEADS, regions.iter().map(|region| region.heads).collect()),
            rules,
        })
    }
}

/// The numbers that are in none of some ranges.
fn uncovered(within: Reach, mut ranges: Vec<Reach>) -> Vec<Reach> {
    ranges.sort_unstable();
    let mut next = within.from;
    let mut left = Vec::new();
    for range in ranges {
        let gap = Reach { from: next, to: range.from - 1 };
        if !gap.is_empty() {
            left.push(gap);
        }
        next = next.max(range.to.saturating_add(1));
    }
    let rest = Reach { from: next, to: within.to };
    if !rest.is_empty() {
        left.push(rest);
    }
    left
}

/// The broader lists that step in where a list has no price, on its first day.
pub(super) fn broader<'o>(list: &PriceList, others: &'o [PriceList]) -> Vec<&'o PriceList> {
    let mut latest: BTreeMap<_, &PriceList> = BTreeMap::new();
    for other in others {
        if other.level < list.level && other.valid_from <= list.valid_from {
            let known = latest.entry(other.level).or_insert(other);
            if known.valid_from < other.valid_from {
                *known = other;
            }
        }
    }
    latest.into_values().collect()
}

/// Compares what a list prices, with the broader ones behind it, to what can be ordered.
pub(super) fn check(cases: &Cases, broader: &[Compiled], skills: &[(Key, Label)], found: &mut Vec<Finding>) {
    let own = Coverage::of(cases);
    let behind: Vec<Cases> = broader.iter().map(Cases::of).collect();
    let behind: Vec<Coverage> = behind.iter().map(Coverage::of).collect();
    for (skill, name) in skills {
        for role in [Role::Staff, Role::Lead] {
            let others: Vec<Left> = behind.iter().filter_map(|other| other.left(skill, role)).collect();
            match own.left(skill, role) {
                None if others.is_empty() && !cases.stopped() => {
                    found.push(about(FindingCode::CoverageMissing, skill, name, role));
                }
                None => {}
                Some(left) => gaps(cases, left, &others, (skill, name, role), found),
            }
        }
    }
}

fn about(code: FindingCode, skill: &Key, name: &Label, role: Role) -> Finding {
    Finding::new(code)
        .at("rules")
        .text("skill", name)
        .text("skill_id", skill)
        .with("role", Detail::Role(role))
}

fn gaps(
    cases: &Cases,
    left: Left,
    others: &[Left],
    (skill, name, role): (&Key, &Label, Role),
    found: &mut Vec<Finding>,
) {
    let rules = left.rules;
    let named = |code| Finding { rules: rules.clone(), ..about(code, skill, name, role) };
    let times = others.iter().fold(left.times, |times, other| both(&times, &other.times));
    let plain: Vec<WeekSpan> = times.iter().filter(|span| !span.on_holidays).copied().collect();
    // On holidays only what is missing on them alone is worth a word.
    let feasts = times.iter().filter(|span| span.on_holidays);
    let alone = feasts.filter(|span| !plain.iter().any(|one| one.from <= span.from && span.to <= one.to));
    let said: Vec<WeekSpan> = plain.iter().chain(alone.filter(|_| cases.grid.holidays)).copied().collect();
    if !said.is_empty() {
        found.push(named(FindingCode::CoverageGap).with("times", Detail::Times(said)));
    }
    if !others.is_empty() {
        return;
    }
    let spans = |ranges: &[Reach], most: i64| {
        let range = |reach: &Reach| (reach.from, (reach.to < most).then_some(reach.to));
        ranges.iter().map(range).collect::<Vec<_>>()
    };
    if !left.lengths.is_empty() {
        let lengths = Detail::Lengths(spans(&left.lengths, LENGTHS.to));
        found.push(named(FindingCode::LengthUncovered).with("lengths", lengths));
    }
    if !left.heads.is_empty() {
        let counts = Detail::Counts(spans(&left.heads, HEADS.to));
        found.push(named(FindingCode::HeadcountUncovered).with("counts", counts));
    }
}
