//! The rules of a list with the cases in which each applies, found by skill, and how much may be compared.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::grid::Grid;
use super::region::Region;
use crate::pricing::engine::{At, Class, Compiled, Over, Ready};
use crate::pricing::list::{Key, Unit};

/// The most regions that are made for one list: a few seconds at worst.
const MAX_WORK: u32 = 3_000_000;
/// The most pieces that one region is cut into.
const MAX_PIECES: usize = 2000;

/// A rule and where it applies: in `within`, but in none of `unless`.
#[derive(Debug)]
pub(super) struct Case<'l> {
    pub rule: &'l Ready,
    pub within: Region,
    pub unless: Vec<Region>,
}

/// Rules of which only one can set a price: those of a slot.
pub(super) type Slot<'l> = (At, Class, Option<Over>, Option<u32>, Option<&'l Key>);

impl<'l> Case<'l> {
    pub(super) fn slot(&self) -> Slot<'l> {
        let rule = self.rule;
        let piece = match &rule.unit {
            Unit::Piece { code } => Some(code),
            _ => None,
        };
        (rule.component, rule.class, Over::of(&rule.unit).map(|(over, _)| over), rule.threshold(), piece)
    }

    /// Whether the start decides for the whole shift.
    pub(super) const fn is_flat(&self) -> bool {
        matches!(self.rule.unit, Unit::Flat { .. })
    }

    /// Whether it prices time, or stands in for it, in the first component.
    pub(super) fn is_base(&self) -> bool {
        self.rule.component == 0 && self.rule.class == Class::Main && self.rule.threshold().is_none()
    }

    /// How it ranks among the rules of its slot.
    pub(super) const fn rank(&self) -> (u32, u32) {
        (self.rule.priority, self.rule.ask.specificity)
    }
}

/// Everything that checks look at.
pub(super) struct Cases<'l> {
    pub grid: Grid,
    /// In the order in which rules are tried.
    pub all: Vec<Case<'l>>,
    work: Cell<u32>,
}

/// Places of rules by the skills that they name.
#[derive(Default)]
pub(super) struct BySkill<'l> {
    pub any: Vec<usize>,
    pub named: BTreeMap<&'l Key, Vec<usize>>,
}

impl<'l> BySkill<'l> {
    pub(super) fn put(&mut self, at: usize, rule: &'l Ready) {
        match &rule.ask.whole.skills {
            None => self.any.push(at),
            Some(skills) => {
                for skill in skills {
                    self.named.entry(skill).or_default().push(at);
                }
            }
        }
    }

    pub(super) fn of(&self, skill: Option<&Key>) -> impl Iterator<Item = usize> {
        let named = skill.and_then(|skill| self.named.get(skill)).map_or(&[] as &[usize], Vec::as_slice);
        self.any.iter().chain(named).copied()
    }
}

impl<'l> Cases<'l> {
    pub(super) fn of(list: &'l Compiled) -> Self {
        let grid = Grid::of(list);
        let all = list
            .rules
            .iter()
            .map(|rule| Case {
                rule,
                within: Region::of(&rule.ask, &grid),
                unless: rule.unless.iter().map(|ask| Region::of(ask, &grid)).collect(),
            })
            .collect();
        Self { grid, all, work: Cell::new(0) }
    }

    /// Whether something had to be left uncompared.
    pub(super) fn stopped(&self) -> bool {
        self.work.get() >= MAX_WORK
    }

    /// Counts work; false when there was too much.
    pub(super) fn may_go_on(&self) -> bool {
        let work = self.work.get().saturating_add(1).min(MAX_WORK);
        self.work.set(work);
        work < MAX_WORK
    }

    /// What is left of regions outside another one; `None` when it is too much to tell.
    pub(super) fn subtract(&self, from: Vec<Region>, other: &Region) -> Option<Vec<Region>> {
        let mut left = Vec::with_capacity(from.len());
        for region in from {
            if !self.may_go_on() {
                return None;
            }
            left.extend(region.without(other));
        }
        if left.len() > MAX_PIECES {
            self.work.set(MAX_WORK);
            return None;
        }
        Some(left)
    }

    /// The cases of some regions in which a rule does not apply.
    pub(super) fn without_case(
        &self,
        from: Vec<Region>,
        case: &Case,
        unless: &[Region],
    ) -> Option<Vec<Region>> {
        let mut kept = Vec::new();
        for region in &from {
            if let Some(inside) = region.and(&case.within) {
                kept.extend(unless.iter().filter_map(|not| inside.and(not)));
            }
        }
        let mut left = self.subtract(from, &case.within)?;
        left.append(&mut kept);
        Some(left)
    }

    /// The cases in which a rule applies, as far as they lie in a region.
    pub(super) fn inside(&self, case: &Case, region: &Region) -> Option<Vec<Region>> {
        let mut left: Vec<Region> = case.within.and(region).into_iter().collect();
        for not in &case.unless {
            left = self.subtract(left, not)?;
        }
        Some(left)
    }
}
