//! A rule ready for pricing: what it asks, counts and costs, with everything that it inherits.

use rust_decimal::Decimal;

use super::Few;
use super::condition::{Ask, Facts, Moment, Whole};
use super::overtime::Over;
use crate::pricing::list::{Between, Key, Label, Unit};
use crate::pricing::totals::Vat;

/// The place of a component or window in its list.
pub(in crate::pricing) type At = u16;

/// What a rule costs, with the components that a percentage is of.
#[derive(Clone, Debug)]
pub enum Price {
    PerHour(Decimal),
    Each(Decimal),
    /// A hundredth of the percentage, and the components.
    Share(Decimal, Few<At>),
}

/// How a rule's quantity comes about. Rules of one class and component exclude each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// Time, and flat amounts in place of time.
    Main,
    Minimum,
    Kilometre,
    Piece,
}

/// When a component is priced: the step of [`super::Compiled::order`], and the place in its group.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Turn {
    pub step: At,
    pub member: At,
}

/// A rule with everything that it inherits.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its place in [`super::Compiled::rules`].
    pub at: u32,
    pub id: Key,
    pub path: String,
    pub component: At,
    /// Code and name of the component, which its lines repeat.
    pub code: Key,
    pub name: Label,
    pub class: Class,
    pub unit: Unit,
    pub price: Price,
    pub vat: Vat,
    pub priority: u32,
    pub ask: Ask,
    /// Conditions of which none may hold, from rules that this one is the else of.
    pub unless: Vec<Ask>,
    pub needs: Needs,
    pub turn: Turn,
}

impl Ready {
    /// Whether the conditions on the position hold, as far as the minutes do not decide.
    pub fn fits(&self, facts: &Facts) -> bool {
        !self.needs.position
            || self.ask.whole.holds(facts)
                && !self.unless.iter().any(|ask| ask.when.asks_nothing() && ask.whole.holds(facts))
    }

    /// The conditions that it depends on.
    pub fn asks(&self) -> impl Iterator<Item = &Ask> {
        std::iter::once(&self.ask).chain(&self.unless)
    }

    pub fn asks_lead_time(&self) -> bool {
        self.asks().any(|ask| ask.whole.lead_time != Between::default())
    }

    /// Whether the conditions on a minute hold, of a position that [`Self::fits`].
    pub fn holds(&self, moment: Moment, facts: &Facts) -> bool {
        self.ask.when.holds(moment)
            && !self.unless.iter().any(|ask| ask.when.holds(moment) && ask.whole.holds(facts))
    }

    pub const fn is_flat(&self) -> bool {
        matches!(self.unit, Unit::Flat { .. })
    }

    /// Whether time is counted beyond a threshold.
    pub const fn threshold(&self) -> Option<u32> {
        match self.unit {
            Unit::BeyondPlan {} => Some(0),
            Unit::InShiftAfter { minutes }
            | Unit::PerDayAfter { minutes }
            | Unit::PerWeekAfter { minutes, .. } => Some(minutes),
            _ => None,
        }
    }
}

/// What must be known of a position before its rules decide, so that nothing else is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is needed by itself")]
pub struct Needs {
    /// In which of these windows a minute lies.
    pub windows: u32,
    pub weekdays: bool,
    pub holidays: bool,
    /// Whatever is true of the position as a whole.
    pub position: bool,
    /// More of it than its skill and role.
    pub more_than_role: bool,
    /// What holds at the start, for the whole shift.
    pub start: bool,
    /// How many minutes were worked before.
    pub thresholds: bool,
    /// How many of them on the day or in the week.
    pub periods: bool,
    /// The minutes of the plan beside those that count.
    pub planned: bool,
    pub minimum: bool,
    /// What is charged once or by count.
    pub counts: bool,
}

impl Needs {
    /// Of a rule with its own conditions and those that may not hold.
    pub fn of(unit: &Unit, ask: &Ask, unless: &[Ask]) -> Self {
        let over = Over::of(unit);
        let mut needs = Self {
            thresholds: over.is_some(),
            periods: matches!(over, Some((Over::Day | Over::Week, _))),
            planned: matches!(unit, Unit::Planned {}),
            minimum: matches!(unit, Unit::MinimumCall { .. }),
            counts: matches!(unit, Unit::Flat { .. } | Unit::Kilometre {} | Unit::Piece { .. }),
            // The else of a rule that asks nothing never holds.
            position: unless.iter().any(|ask| ask.when.asks_nothing()),
            ..Self::default()
        };
        for ask in std::iter::once(ask).chain(unless) {
            needs.windows |= ask.when.windows;
            needs.weekdays |= ask.when.weekdays != 0;
            needs.holidays |= ask.when.holiday.is_some();
            needs.position |= ask.whole != Whole::default();
            needs.more_than_role |= ask.whole.asks_more_than_role();
            needs.start |= (needs.counts || needs.minimum) && !ask.when.asks_nothing();
        }
        needs
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            windows: self.windows | other.windows,
            weekdays: self.weekdays | other.weekdays,
            holidays: self.holidays | other.holidays,
            position: self.position | other.position,
            more_than_role: self.more_than_role | other.more_than_role,
            start: self.start | other.start,
            thresholds: self.thresholds | other.thresholds,
            periods: self.periods | other.periods,
            planned: self.planned | other.planned,
            minimum: self.minimum | other.minimum,
            counts: self.counts | other.counts,
        }
    }
}
