//! One position: its stretches, the minutes that each of its prices is charged for, and the lines of both.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::Few;
use super::active::{Active, View};
use super::breaks;
use super::clock::{DAY, Minute};
use super::lines::{self, Line, Much};
use super::overtime::{self, Counter, Over, Reached, Thresholds, Worked};
use super::prices::{self, Priced, too_large};
use super::ready::Ready;
use super::shift::{Part, Shift};
use super::stretch::{Stretch, Stretches};
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
    pub lines: Vec<Line<'b>>,
    /// Flat amounts per order: the list's place and the rule's.
    pub order: Vec<(usize, u32)>,
}

/// Minutes under the same rules, which have the same prices.
struct Bill {
    /// The first of its stretches.
    stretch: Stretch,
    reached: Option<Reached>,
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
    pub(super) fn view(&self, whole: Part) -> View<'b> {
        View { clocks: self.shift.clocks, whole, policies: self.policies }
    }

    /// The lines, or the first minute of the time line without a price.
    pub(super) fn lines(&self, worked: &mut Worked) -> Result<Result<Lines<'b>, Minute>, Refusal> {
        let counted = self.shift.counted;
        let mut paid = Stretches::default();
        if let Err(unpriced) = paid.cut(&self.actives, &self.view(counted)) {
            return Ok(Err(unpriced));
        }
        self.take_breaks(&mut paid)?;
        let apart = counted != self.shift.planned && self.actives.iter().any(|active| active.needs.planned);
        let emit = if apart { Emit::ButPlanned } else { Emit::All };
        let mut found = Vec::with_capacity(USUAL_LINES);
        self.time(&paid, counted, emit, worked, &mut found)?;
        if apart {
            let mut plan = Stretches::default();
            if let Err(unpriced) = plan.cut(&self.actives, &self.view(self.shift.planned)) {
                return Ok(Err(unpriced));
            }
            self.take_breaks(&mut plan)?;
            self.time(&plan, self.shift.planned, Emit::Planned, &mut Worked::default(), &mut found)?;
        }
        self.minimum(&paid, &mut found)?;
        for line in &mut found {
            line.amount = line.multiplied(self.currency)?;
        }
        let mut found = Lines { index: self.index, whole: counted, lines: found, order: Vec::new() };
        self.once(&paid, &mut found)?;
        found.whole = self.shift.clocks.utc(found.whole);
        for line in &mut found.lines {
            line.part = self.shift.clocks.utc(line.part);
        }
        found.lines.sort_by_key(|line| (line.rule.component, line.part.from, line.part.to));
        Ok(Ok(found))
    }

    /// The list that decides at the start.
    pub(super) fn first(&self, paid: &Stretches<'b>) -> Option<&Active<'b, '_>> {
        self.actives.get(paid.kind(paid.parts.first()?).0)
    }

    pub(super) fn take_breaks(&self, paid: &mut Stretches<'b>) -> Result<(), Refusal> {
        breaks::take_off(&mut paid.parts, self.position, &self.policies.breaks, self.shift.clocks)
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
        paid: &Stretches<'b>,
        whole: Part,
        emit: Emit,
        worked: &mut Worked,
        found: &mut Vec<Line<'b>>,
    ) -> Result<(), Refusal> {
        let mut priced: Few<Priced> = Few::new();
        for bill in &self.bills(paid, whole, worked) {
            let (active, moment) = paid.kind(&bill.stretch);
            let Some(active) = self.actives.get(active) else { continue };
            let rules = paid.rules(&bill.stretch);
            match bill.reached {
                None => prices::per_hour(active.list, rules, &mut priced)?,
                Some(reached) => {
                    let beyond = |rule: &&Ready| active.holds(rule, moment);
                    prices::per_hour(
                        active.list,
                        &self::beyond(active, rules, reached, beyond),
                        &mut priced,
                    )?;
                }
            }
            for one in priced.iter().filter(|one| one.rule.component == 0 || bill.minutes > 0) {
                if emit.emits(&one.rule.unit) {
                    let line = self.time_line(active, one.rule, one.per_hour, bill.part, bill.minutes)?;
                    lines::add_minutes(found, line);
                }
            }
        }
        Ok(())
    }

    /// The minutes of each kind and threshold, in the order in which they first come.
    fn bills(&self, paid: &Stretches<'b>, whole: Part, worked: &mut Worked) -> Few<Bill> {
        let mut bills = Few::new();
        let planned = self.planned_paid(paid.minutes());
        let periods_matter =
            self.position.person.is_some() || self.actives.iter().any(|active| active.needs.periods);
        let thresholds: SmallVec<[Thresholds; 1]> =
            self.actives.iter().map(|active| Thresholds::of(active, planned)).collect();
        let mut counter = Counter::new(worked, periods_matter);
        for stretch in &paid.parts {
            let limits = thresholds.get(paid.kind(stretch).0);
            let Some(limits) = limits.filter(|_| stretch.part.minutes() > 0) else {
                add(&mut bills, stretch, stretch.part, None);
                continue;
            };
            let (day, period) = if periods_matter {
                self.day_and_period(stretch, whole, limits.weeks)
            } else {
                Default::default()
            };
            counter.cut(stretch.part, limits, day, period, |part, reached| {
                add(&mut bills, stretch, part, reached);
            });
        }
        bills
    }

    fn day_and_period(&self, stretch: &Stretch, whole: Part, weeks: u32) -> (Minute, overtime::Period) {
        let cutoff = self.policies.day_starts.minutes().into();
        let day = |at| self.shift.clocks.line.day(at, cutoff);
        let day = overtime::counted_day(self.policies.weekdays, stretch.part.from, whole, day);
        let anchor = self.policies.averaging_from.map(|anchor| {
            super::local_minute(anchor.date().and_time(chrono::NaiveTime::MIN)).div_euclid(DAY)
        });
        (day, overtime::period(day, self.policies.week_starts.index(), weeks, anchor))
    }

    /// A line of the minutes of each head.
    pub(super) fn time_line(
        &self,
        active: &Active<'b, '_>,
        rule: &'b Ready,
        per_hour: Decimal,
        part: Part,
        minutes: Minute,
    ) -> Result<Line<'b>, Refusal> {
        self.line(active, rule, Much::Minutes(minutes), per_hour, part)
    }

    /// A line that is not yet multiplied.
    pub(super) fn line(
        &self,
        active: &Active<'b, '_>,
        rule: &'b Ready,
        much: Much,
        price: Decimal,
        part: Part,
    ) -> Result<Line<'b>, Refusal> {
        Ok(Line {
            position: Some(self.index),
            headcount: self.position.headcount,
            list: active.list,
            list_at: active.at,
            rule,
            component: active.list.components.get(usize::from(rule.component)).ok_or_else(too_large)?,
            much,
            price,
            part,
            amount: Amount::ZERO,
        })
    }
}

/// Adds a part to the bill of its kind and threshold.
fn add(bills: &mut Few<Bill>, stretch: &Stretch, part: Part, reached: Option<Reached>) {
    let same = bills.iter_mut().find(|bill| bill.stretch.kind == stretch.kind && bill.reached == reached);
    match same {
        Some(bill) => {
            bill.minutes += part.minutes();
            bill.part.to = part.to;
        }
        None => bills.push(Bill { stretch: *stretch, reached, minutes: part.minutes(), part }),
    }
}

/// The rules of a stretch with those beyond a threshold that has been reached.
fn beyond<'b>(
    active: &Active<'b, '_>,
    rules: &[&'b Ready],
    reached: Reached,
    holds: impl Fn(&&Ready) -> bool,
) -> Few<&'b Ready> {
    let mut rules: Few<&Ready> = rules.into();
    for rule in &active.rules {
        let over = Over::of(&rule.unit) == Some(reached.over)
            && (reached.over == Over::Plan
                || rule.threshold().is_some_and(|threshold| reached.threshold >= threshold.into()));
        if !over || !holds(rule) {
            continue;
        }
        // Rules stand in the order of precedence, so the first one of a component wins.
        match rules.iter_mut().find(|known| known.component == rule.component) {
            Some(known) if known.at < rule.at => {}
            Some(known) => *known = *rule,
            None => rules.push(*rule),
        }
    }
    rules.sort_unstable_by_key(|rule| rule.turn);
    rules
}
