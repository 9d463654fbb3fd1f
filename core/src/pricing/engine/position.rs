//! One position: its stretches, the minutes that each of its prices is charged for, and the lines of both.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::Few;
use super::active::{Active, View};
use super::breaks;
use super::clock::{DAY, Minute};
use super::compile::Compiled;
use super::lines::{Line, Much};
use super::overtime::{self, Counter, Worked};
use super::ready::Ready;
use super::shift::{Part, Shift};
use super::stretch::{self, Stretch, Stretches};
use crate::engine::Refusal;
use crate::pricing::demand::Position;
use crate::pricing::list::{Policies, Unit};
use crate::values::{Amount, Currency};

/// What everything about a position is computed from.
pub(super) struct Job<'b, 'd> {
    /// The place of the position in the demand.
    pub index: usize,
    pub position: &'d Position,
    pub currency: Currency,
    pub policies: &'b Policies,
    pub shift: Shift<'b>,
    pub actives: SmallVec<[Active<'b, 'd>; 1]>,
}

/// The lines of a position, and the rules of the whole order that it brings in. Their times are UTC.
#[derive(Clone)]
pub(super) struct Lines<'b> {
    /// The place of the position in the demand.
    pub index: usize,
    /// The time that is priced.
    pub whole: Part,
    pub all: Vec<Line<'b>>,
    /// Flat amounts per order: the list's place and the rule's.
    pub order: Vec<(usize, u32)>,
}

/// Minutes to which one tariff, or one charge of it, applies.
struct Counted {
    /// Index into the active lists.
    active: usize,
    /// The tariff or the charge by its place in the list.
    at: usize,
    minutes: Minute,
    part: Part,
}

/// Which rules a walk over a time line makes lines of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Emit {
    All,
    ButPlanned,
    Planned,
}

impl Emit {
    fn emits(self, unit: &Unit) -> bool {
        match self {
            Self::All => true,
            Self::ButPlanned => *unit != Unit::Planned {},
            Self::Planned => *unit == Unit::Planned {},
        }
    }
}

/// A position of ordinary lists has no more lines than this.
const USUAL_LINES: usize = 6;

impl<'b> Job<'b, '_> {
    /// The lines, or the first minute of the time line without a price.
    pub(super) fn lines(&mut self, worked: &mut Worked) -> Result<Result<Lines<'b>, Minute>, Refusal> {
        let counted = self.shift.counted;
        let mut paid = Stretches::new();
        if let Err(unpriced) = self.cut(counted, &mut paid) {
            return Ok(Err(unpriced));
        }
        self.take_breaks(&mut paid)?;
        let apart = counted != self.shift.planned && self.actives.iter().any(|active| active.needs().planned);
        let emit = if apart { Emit::ButPlanned } else { Emit::All };
        let mut found = Vec::with_capacity(USUAL_LINES);
        self.time(&paid, counted, emit, worked, &mut found)?;
        if apart {
            let mut plan = Stretches::new();
            if let Err(unpriced) = self.cut(self.shift.planned, &mut plan) {
                return Ok(Err(unpriced));
            }
            self.take_breaks(&mut plan)?;
            self.time(&plan, self.shift.planned, Emit::Planned, &mut Worked::default(), &mut found)?;
        }
        self.minimum(&paid, &mut found)?;
        for line in &mut found {
            line.amount = line.multiplied(self.currency)?;
        }
        let mut found = Lines { index: self.index, whole: counted, all: found, order: Vec::new() };
        self.once(&paid, &mut found)?;
        if self.shift.clocks.is_wall() {
            found.whole = self.shift.clocks.utc(found.whole);
            for line in &mut found.all {
                line.part = self.shift.clocks.utc(line.part);
            }
        }
        found.all.sort_by_key(|line| (line.rule.component, line.part.from, line.part.to));
        Ok(Ok(found))
    }

    pub(super) fn cut(&mut self, whole: Part, found: &mut Stretches) -> Result<(), Minute> {
        let view = View { clocks: self.shift.clocks, whole, policies: self.policies };
        stretch::cut(&mut self.actives, &view, found)
    }

    /// The list that decides at the start.
    pub(super) fn first(&self, paid: &[Stretch]) -> Option<&Active<'b, '_>> {
        self.actives.get(paid.first()?.active)
    }

    pub(super) fn take_breaks(&self, paid: &mut Stretches) -> Result<(), Refusal> {
        breaks::take_off(paid, self.position, &self.policies.breaks, self.shift.clocks)
    }

    /// Paid minutes of the plan, where they are not those that are priced.
    pub(super) fn planned_paid(&self, paid: Minute) -> Minute {
        let (planned, counted) = (self.shift.planned, self.shift.counted);
        if planned == counted {
            return paid;
        }
        let named: Minute =
            self.position.breaks.iter().filter(|one| !one.paid).map(|one| Minute::from(one.minutes)).sum();
        let policy = &self.policies.breaks;
        let unpaid = if !self.position.breaks.is_empty() {
            named
        } else if policy.paid {
            0
        } else {
            breaks::automatic(policy, planned.minutes())
        };
        (planned.minutes() - unpaid).max(0)
    }

    fn time(
        &self,
        paid: &[Stretch],
        whole: Part,
        emit: Emit,
        worked: &mut Worked,
        found: &mut Vec<Line<'b>>,
    ) -> Result<(), Refusal> {
        let mut tariffs: Few<Counted> = Few::new();
        self.count(paid, whole, worked, &mut tariffs);
        let mut charges: Few<Counted> = Few::new();
        for tariff in &tariffs {
            let Some(active) = self.actives.get(tariff.active) else { continue };
            for at in active.kinds().charges(tariff.at)? {
                if !more(&mut charges, tariff.active, *at, tariff.part, tariff.minutes) {
                    charges.push(Counted { at: *at, ..*tariff });
                }
            }
        }
        for counted in &charges {
            let Some(active) = self.actives.get(counted.active) else { continue };
            let Some((rule, per_hour)) = active.charge(counted.at) else { continue };
            if emit.emits(&rule.unit) && (counted.minutes > 0 || rule.component == 0) {
                let much = Much::Minutes(counted.minutes);
                found.push(self.line(active.list(), rule, much, per_hour, counted.part));
            }
        }
        Ok(())
    }

    /// The minutes of each tariff, in the order in which they first come.
    fn count(&self, paid: &[Stretch], whole: Part, worked: &mut Worked, tariffs: &mut Few<Counted>) {
        let planned = self.planned_paid(stretch::minutes(paid));
        let periods_matter =
            self.position.person.is_some() || self.actives.iter().any(|active| active.needs().periods);
        let mut counter = Counter::new(planned, worked, periods_matter);
        for stretch in paid {
            let Some(kinds) = self.actives.get(stretch.active).map(Active::kinds) else { continue };
            let mut count = |part: Part, reached| {
                let (active, at) = (stretch.active, kinds.tariff_of(stretch.kind, reached));
                if !more(tariffs, active, at, part, part.minutes()) {
                    tariffs.push(Counted { active, at, minutes: part.minutes(), part });
                }
            };
            if stretch.part.minutes() == 0 || kinds.thresholds.all.is_empty() && !periods_matter {
                count(stretch.part, None);
                counter.pass(stretch.part.minutes());
                continue;
            }
            let (day, period) = if periods_matter {
                self.day_and_period(stretch, whole, kinds.thresholds.weeks)
            } else {
                Default::default()
            };
            counter.cut(stretch.part, &kinds.thresholds, day, period, count);
        }
    }

    fn day_and_period(&self, stretch: &Stretch, whole: Part, weeks: u32) -> (Minute, overtime::Period) {
        let cutoff = self.policies.day_starts.minutes().into();
        let day = |at| self.shift.clocks.line.day(at, cutoff);
        let day = overtime::counted_day(self.policies.weekdays, stretch.part.from, whole, day);
        let anchor = self.policies.averaging_from.map(|anchor| anchor.minute().div_euclid(DAY));
        (day, overtime::period(day, self.policies.week_starts.index(), weeks, anchor))
    }

    /// A line that is not yet multiplied.
    pub(super) fn line(
        &self,
        list: &'b Compiled,
        rule: &'b Ready,
        much: Much,
        price: Decimal,
        part: Part,
    ) -> Line<'b> {
        let (position, headcount) = (Some(self.index), self.position.headcount);
        Line { position, headcount, list, rule, much, price, part, amount: Amount::ZERO }
    }
}

/// Adds minutes to what was counted for the same place, if anything was.
fn more(counted: &mut [Counted], active: usize, at: usize, part: Part, minutes: Minute) -> bool {
    let same = counted.iter_mut().find(|known| known.at == at && known.active == active);
    same.map(|known| {
        known.minutes += minutes;
        known.part.from = known.part.from.min(part.from);
        known.part.to = known.part.to.max(part.to);
    })
    .is_some()
}
