//! Sets of cases in which a rule applies: a product of skills, role, ranges, worker and moments, and its arithmetic.

use std::collections::BTreeSet;

use super::grid::{Cells, Grid};
use crate::pricing::demand::{MAX_HEADCOUNT, MAX_LENGTH};
use crate::pricing::engine::Ask;
use crate::pricing::list::{Between, Key};
use crate::shifts::model::Role;

/// Names out of an open set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Names {
    Only(BTreeSet<Key>),
    Except(BTreeSet<Key>),
}

impl Names {
    pub(super) fn one(name: &Key) -> Self {
        Self::Only(BTreeSet::from([name.clone()]))
    }

    const fn all() -> Self {
        Self::Except(BTreeSet::new())
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Only(names) if names.is_empty())
    }

    fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Only(one), Self::Only(other)) => Self::Only(one.intersection(other).cloned().collect()),
            (Self::Only(only), Self::Except(except)) | (Self::Except(except), Self::Only(only)) => {
                Self::Only(only.difference(except).cloned().collect())
            }
            (Self::Except(one), Self::Except(other)) => Self::Except(one.union(other).cloned().collect()),
        }
    }

    fn without(&self, other: &Self) -> Self {
        match other {
            Self::Only(names) => self.and(&Self::Except(names.clone())),
            Self::Except(names) => self.and(&Self::Only(names.clone())),
        }
    }
}

/// Whole numbers from one to another, both inclusive; empty if `to` is less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Reach {
    pub from: i64,
    pub to: i64,
}

impl Reach {
    pub(super) const fn is_empty(self) -> bool {
        self.to < self.from
    }

    fn of(between: Between, within: Self) -> Self {
        within.and(Self {
            from: between.over.map_or(i64::MIN, |over| i64::from(over) + 1),
            to: between.up_to.map_or(i64::MAX, i64::from),
        })
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    /// What of it lies below and above another one.
    fn without(self, other: Self) -> [Self; 2] {
        [
            Self { from: self.from, to: self.to.min(other.from.saturating_sub(1)) },
            Self { from: self.from.max(other.to.saturating_add(1)), to: self.to },
        ]
    }
}

/// Lengths of shifts in minutes.
pub(super) const LENGTHS: Reach = Reach { from: 1, to: MAX_LENGTH };
/// Heads of a position.
pub(super) const HEADS: Reach = Reach { from: 1, to: 10_000 };
const _: () = assert!(MAX_HEADCOUNT == 10_000, "the range of heads is that of demands");
/// Minutes from the order to the start: wider than any that can be asked for, and far from the end of numbers, where
/// nothing would lie outside.
const LEAD_TIMES: Reach = Reach { from: -(1 << 40), to: 1 << 40 };

/// Cases that share nothing but being a product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Region {
    pub skills: Names,
    /// Bits of the roles.
    pub roles: u8,
    pub length: Reach,
    pub heads: Reach,
    pub lead_time: Reach,
    /// Bit 0 not qualified, bit 1 qualified.
    pub qualified: u8,
    pub grades: Names,
    pub cells: Cells,
}

pub(super) const fn role_bit(role: Role) -> u8 {
    match role {
        Role::Staff => 1,
        Role::Lead => 2,
    }
}

impl Region {
    /// The cases in which a condition holds.
    pub(super) fn of(ask: &Ask, grid: &Grid) -> Self {
        let whole = &ask.whole;
        Self {
            skills: whole.skills.clone().map_or_else(Names::all, Names::Only),
            roles: whole.role.map_or(3, role_bit),
            length: Reach::of(whole.length, LENGTHS),
            heads: Reach::of(whole.headcount, HEADS),
            lead_time: Reach::of(whole.lead_time, LEAD_TIMES),
            qualified: whole.worker.qualified.map_or(3, |qualified| if qualified { 2 } else { 1 }),
            grades: whole.worker.grade.as_ref().map_or_else(Names::all, Names::one),
            cells: grid.cells(ask.when),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.roles == 0
            || self.qualified == 0
            || self.length.is_empty()
            || self.heads.is_empty()
            || self.lead_time.is_empty()
            || self.skills.is_empty()
            || self.grades.is_empty()
            || self.cells.is_empty()
    }

    /// The cases in both; `None` without any.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        // Numbers first: most pairs part here.
        if self.roles & other.roles == 0
            || self.qualified & other.qualified == 0
            || self.length.and(other.length).is_empty()
            || self.heads.and(other.heads).is_empty()
            || self.lead_time.and(other.lead_time).is_empty()
        {
            return None;
        }
        let both = Self {
            skills: self.skills.and(&other.skills),
            roles: self.roles & other.roles,
            length: self.length.and(other.length),
            heads: self.heads.and(other.heads),
            lead_time: self.lead_time.and(other.lead_time),
            qualified: self.qualified & other.qualified,
            grades: self.grades.and(&other.grades),
            cells: self.cells.and(&other.cells),
        };
        (!both.is_empty()).then_some(both)
    }

    /// The cases that are not in the other one, as regions that share none.
    pub(super) fn without(&self, other: &Self) -> Vec<Self> {
        if self.and(other).is_none() {
            return vec![self.clone()];
        }
        let mut left = Vec::new();
        let mut rest = self.clone();
        let mut keep = |region: Self| {
            if !region.is_empty() {
                left.push(region);
            }
        };
        keep(Self { skills: rest.skills.without(&other.skills), ..rest.clone() });
        rest.skills = rest.skills.and(&other.skills);
        keep(Self { roles: rest.roles & !other.roles, ..rest.clone() });
        rest.roles &= other.roles;
        for length in rest.length.without(other.length) {
            keep(Self { length, ..rest.clone() });
        }
        rest.length = rest.length.and(other.length);
        for heads in rest.heads.without(other.heads) {
            keep(Self { heads, ..rest.clone() });
        }
        rest.heads = rest.heads.and(other.heads);
        for lead_time in rest.lead_time.without(other.lead_time) {
            keep(Self { lead_time, ..rest.clone() });
        }
        rest.lead_time = rest.lead_time.and(other.lead_time);
        keep(Self { qualified: rest.qualified & !other.qualified, ..rest.clone() });
        rest.qualified &= other.qualified;
        keep(Self { grades: rest.grades.without(&other.grades), ..rest.clone() });
        rest.grades = rest.grades.and(&other.grades);
        keep(Self { cells: rest.cells.without(&other.cells), ..rest });
        left
    }
}
