//! The lines of one position: time, the minimum call, flat amounts, kilometres and pieces.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::Few;
use super::breaks;
use super::compile::{Class, Compiled, Price, Ready};
use super::lines::{self, Much, Raw};
use super::overtime::{self, Counter, Over, Reached, Thresholds, Worked};
use super::prices::{self, Priced, too_large};
use super::shift::{Part, Shift};
use super::stretch::{self, Active, Chosen, Stretch, View};
use super::zones::Minute;
use crate::engine::Refusal;
use crate::pricing::demand::Position;
use crate::pricing::list::{MinimumCounts, Per, Policies, Unit};
use crate::pricing::totals;
use crate::values::{Amount, Currency};

/// What everything about a position is computed from.
pub(super) struct Job<'b> {
    pub position: &'b Position,
    pub currency: Currency,
    pub policies: &'b Policies,
    pub shift: Shift<'b>,
    pub actives: SmallVec<[Active<'b>; 1]>,
}

/// The lines of a position, and the rules of the whole order that it brings in. Their times are UTC.
pub(super) struct Lines {
    /// The time that is priced.
    pub whole: Part,
    pub raws: Vec<Raw>,
    /// Flat amounts per order: the list's place and the rule's.
    pub order: Vec<(usize, u32)>,
}

impl Lines {
    /// The sum of the lines before VAT.
    pub(super) fn net(&self) -> Result<Decimal, Refusal> {
        let mut sum = Decimal::ZERO;
        for line in &self.raws {
            sum = sum.checked_add(line.amount.decimal()).ok_or_else(too_large)?;
        }
        Ok(sum)
    }
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

impl Job<'_> {
    fn view(&self, whole: Part) -> View<'_> {
        View { clocks: self.shift.clocks, whole, policies: self.policies }
    }

    fn has(&self, unit: fn(&Unit) -> bool) -> bool {
        let mut rules =
            self.actives.iter().flat_map(|active| active.rules.iter().filter_map(|at| active.list.rule(*at)));
        rules.any(|rule| unit(&rule.unit))
    }

    /// The lines, or the first minute of the time line without a price.
    pub(super) fn lines(&self, worked: &mut Worked) -> Result<Result<Lines, Minute>, Refusal> {
        let mut found = Lines { whole: self.shift.counted, raws: Vec::with_capacity(6), order: Vec::new() };
        let counted = self.shift.counted;
        let apart = counted != self.shift.planned && self.has(|unit| matches!(unit, Unit::Planned {}));
        let emit = if apart { Emit::ButPlanned } else { Emit::All };
        let stretches = match stretch::stretches(&self.actives, self.view(counted)) {
            Ok(stretches) => stretches,
            Err(unpriced) => return Ok(Err(unpriced)),
        };
        let paid = self.paid(stretches)?;
        self.time(&paid, counted, emit, worked, &mut found.raws)?;
        if apart {
            let planned = match stretch::stretches(&self.actives, self.view(self.shift.planned)) {
                Ok(stretches) => self.paid(stretches)?,
                Err(unpriced) => return Ok(Err(unpriced)),
            };
            self.time(&planned, self.shift.planned, Emit::Planned, &mut Worked::default(), &mut found.raws)?;
        }
        self.minimum(&paid, &mut found.raws)?;
        for line in &mut found.raws {
            line.amount = self.amount(line)?;
        }
        self.once(&paid, &mut found)?;
        let utc = |part: Part| self.shift.clocks.utc(part);
        found.whole = utc(found.whole);
        for line in &mut found.raws {
            line.part = utc(line.part);
        }
        Ok(Ok(found))
    }

    fn amount(&self, line: &Raw) -> Result<Amount, Refusal> {
        let list = self.actives.iter().find(|active| active.at == line.list).ok_or_else(too_large)?.list;
        lines::amount(line, list, self.position.headcount, self.currency)
    }

    fn paid(&self, mut stretches: Vec<Stretch>) -> Result<Vec<Stretch>, Refusal> {
        breaks::take_off(&mut stretches, self.position, &self.policies.breaks, self.shift.clocks)?;
        Ok(stretches)
    }

    /// Paid minutes of the plan, where they are not those that are priced.
    fn planned_paid(&self, paid: Minute) -> Minute {
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
        found: &mut Vec<Raw>,
    ) -> Result<(), Refusal> {
        let total: Minute = paid.iter().map(|stretch| stretch.part.minutes()).sum();
        let planned = self.planned_paid(total);
        let thresholds: SmallVec<[Thresholds; 2]> =
            self.actives.iter().map(|active| Thresholds::of(active, planned)).collect();
        let periods_matter =
            self.position.person.is_some() || thresholds.iter().any(Thresholds::looks_at_periods);
        let mut counter = Counter::new(worked, periods_matter);
        let mut prices: Few<Priced> = Few::new();
        for stretch in paid {
            let Some(limits) = thresholds.get(stretch.active) else { continue };
            if stretch.part.minutes() == 0 || limits.is_empty() && !periods_matter {
                self.piece(stretch, stretch.part, None, emit, &mut prices, found)?;
                continue;
            }
            let (day, period) = self.day_and_period(stretch, whole, limits.weeks);
            let mut pieces: Few<(Part, Option<Reached>)> = Few::new();
            counter.cut(stretch.part, limits, day, period, |part, reached| pieces.push((part, reached)));
            for (part, reached) in pieces {
                self.piece(stretch, part, reached, emit, &mut prices, found)?;
            }
        }
        Ok(())
    }

    fn day_and_period(&self, stretch: &Stretch, whole: Part, weeks: u32) -> (Minute, overtime::Period) {
        let cutoff = self.policies.day_starts.minutes().into();
        let day = |at| self.shift.clocks.line.day(at, cutoff);
        let day = overtime::counted_day(self.policies.weekdays, stretch.part.from, whole, day);
        let anchor = self.policies.averaging_from.map(|anchor| {
            super::local_minute(anchor.date().and_time(chrono::NaiveTime::MIN)).div_euclid(super::zones::DAY)
        });
        (day, overtime::period(day, self.policies.week_starts.index(), weeks, anchor))
    }

    /// Adds the minutes of a part in which neither rules nor thresholds change.
    fn piece(
        &self,
        stretch: &Stretch,
        part: Part,
        reached: Option<Reached>,
        emit: Emit,
        priced: &mut Few<Priced>,
        found: &mut Vec<Raw>,
    ) -> Result<(), Refusal> {
        let Some(active) = self.actives.get(stretch.active) else { return Ok(()) };
        match reached {
            None => prices::per_hour(active.list, &stretch.rules, priced)?,
            Some(reached) => prices::per_hour(active.list, &beyond(active, stretch, reached), priced)?,
        }
        for one in priced.iter().filter(|one| one.component == 0 || part.minutes() > 0) {
            if active.list.rule(one.rule).is_some_and(|rule| emit.emits(&rule.unit)) {
                lines::add_minutes(found, active.at, one.rule, one.per_hour, part);
            }
        }
        Ok(())
    }

    /// The top-up to a minimum call: at the price of the last minute, without premiums unless the rule names them.
    fn minimum(&self, paid: &[Stretch], found: &mut Vec<Raw>) -> Result<(), Refusal> {
        let (Some(first), Some(last)) = (paid.first(), paid.last()) else { return Ok(()) };
        let total: Minute = paid.iter().map(|stretch| stretch.part.minutes()).sum();
        let Some(lead) = self.actives.get(first.active) else { return Ok(()) };
        for (at, rule) in minimum_rules(lead) {
            let counted = match self.policies.minimum_call {
                MinimumCounts::AfterBreaks => total,
                MinimumCounts::BeforeBreaks => self.shift.counted.minutes(),
            };
            let minutes = lines::missing(rule, counted, self.planned_paid(total));
            let Some(price) = self.minimum_price(rule, last)? else { continue };
            if minutes > 0 {
                let end = self.shift.counted.to;
                lines::add_minutes(found, lead.at, at, price, Part { from: end, to: end + minutes });
            }
        }
        Ok(())
    }

    /// What a slot costs whose worker is sent away at once: the whole minimum, at the price of the first minute.
    pub(super) fn minimum_call(&self) -> Result<Amount, Refusal> {
        let mut sum = Amount::rounded(Decimal::ZERO, self.currency);
        let Ok(stretches) = stretch::stretches(&self.actives, self.view(self.shift.counted)) else {
            return Ok(sum);
        };
        let paid = self.paid(stretches)?;
        let total: Minute = paid.iter().map(|stretch| stretch.part.minutes()).sum();
        let lead = paid.first().and_then(|first| Some((first, self.actives.get(first.active)?)));
        let Some((first, lead)) = lead else { return Ok(sum) };
        for (_, rule) in minimum_rules(lead) {
            let minutes = lines::missing(rule, 0, self.planned_paid(total));
            let Some(price) = self.minimum_price(rule, first)? else { continue };
            let amount = totals::amount_of_minutes(minutes, price, self.currency)?;
            sum = sum.checked_add(amount).ok_or_else(too_large)?;
        }
        Ok(sum)
    }

    fn minimum_price(&self, rule: &Ready, last: &Stretch) -> Result<Option<Decimal>, Refusal> {
        match &rule.price {
            Price::PerHour(amount) => Ok(Some(*amount)),
            Price::Each(_) => Ok(None),
            Price::Share(share, of) => {
                let Some(active) = self.actives.get(last.active) else { return Ok(None) };
                let mut priced = Few::new();
                prices::per_hour(active.list, &last.rules, &mut priced)?;
                let mut named = priced.iter().filter(|one| of.contains(&one.component)).peekable();
                if named.peek().is_none() {
                    return Ok(None);
                }
                let sum = named.try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.per_hour));
                Ok(Some(sum.and_then(|sum| sum.checked_mul(*share)).ok_or_else(too_large)?))
            }
        }
    }

    /// Everything that is charged once or by count, by the list that decides at the start.
    fn once(&self, paid: &[Stretch], found: &mut Lines) -> Result<(), Refusal> {
        let Some(first) = paid.first() else { return Ok(()) };
        let Some(lead) = self.actives.get(first.active) else { return Ok(()) };
        // A position may hold pieces of several codes, each by the first rule that holds.
        let mut seen: Few<(u16, &Unit)> = Few::new();
        for at in &lead.rules {
            let Some(rule) = lead.list.rule(*at) else { continue };
            let in_time = || first.rules.iter().any(|chosen| chosen.rule == *at);
            let counts = match rule.class {
                Class::Main => matches!(rule.unit, Unit::Flat { .. }) && in_time(),
                Class::Kilometre | Class::Piece => {
                    lead.holds_at_start(rule) && !seen.contains(&(rule.component, &rule.unit))
                }
                Class::Minimum => false,
            };
            if !counts {
                continue;
            }
            seen.push((rule.component, &rule.unit));
            if rule.unit == (Unit::Flat { per: Per::Order }) {
                found.order.push((lead.at, *at));
                continue;
            }
            if let Some(line) = self.counted_line(lead, *at, rule, &found.raws)? {
                found.raws.push(line);
            }
        }
        Ok(())
    }

    fn counted_line(
        &self,
        lead: &Active,
        at: u32,
        rule: &Ready,
        before: &[Raw],
    ) -> Result<Option<Raw>, Refusal> {
        let count = match &rule.unit {
            Unit::Flat { per: Per::Position } => Some(Decimal::ONE),
            Unit::Flat { per: Per::Day } => {
                Decimal::from(self.days()).checked_mul(self.position.headcount.into())
            }
            Unit::Flat { .. } => Some(Decimal::from(self.position.headcount)),
            Unit::Kilometre {} => self.position.kilometres.map(crate::values::Quantity::decimal),
            Unit::Piece { code } => self
                .position
                .pieces
                .iter()
                .find(|piece| piece.code == *code)
                .map(|piece| piece.count.decimal()),
            _ => None,
        };
        let Some(count) = count.filter(|count| !count.is_zero()) else { return Ok(None) };
        let part = self.shift.counted;
        let line = |much, price| Raw { list: lead.at, rule: at, much, price, part, amount: Amount::ZERO };
        match &rule.price {
            Price::PerHour(_) => Ok(None),
            Price::Each(price) => {
                let mut line = line(Much::Count(count), *price);
                line.amount = self.amount(&line)?;
                Ok(Some(line))
            }
            Price::Share(share, of) => {
                // Of this position's own amounts, which are of all heads already.
                let amounts = sum_of(before, lead.list, of, |list| list == lead.at)?;
                let amount = lines::product(amounts, *share, self.policies.halves, self.currency)?;
                let mut line = line(Much::Count(Decimal::ONE), amount.decimal());
                line.amount = amount;
                Ok(Some(line))
            }
        }
    }

    fn days(&self) -> Minute {
        let cutoff = self.policies.day_starts.minutes().into();
        let day = |at| self.shift.clocks.line.day(at, cutoff);
        day(self.shift.counted.to - 1) - day(self.shift.counted.from) + 1
    }
}

/// The minimum calls that hold, one for each component.
fn minimum_rules<'a>(lead: &'a Active) -> Few<(u32, &'a Ready)> {
    let mut found: Few<(u32, &Ready)> = Few::new();
    for at in &lead.rules {
        let Some(rule) = lead.list.rule(*at) else { continue };
        let passed = found.last().is_some_and(|(_, known)| known.component == rule.component);
        if rule.class == Class::Minimum && !passed && lead.holds_at_start(rule) {
            found.push((*at, rule));
        }
    }
    found
}

/// The rules of a stretch with those beyond a threshold that has been reached.
fn beyond(active: &Active, stretch: &Stretch, reached: Reached) -> Few<Chosen> {
    let mut rules = stretch.rules.clone();
    for at in &active.rules {
        let Some(rule) = active.list.rule(*at) else { continue };
        let over = Over::of(&rule.unit) == Some(reached.over)
            && (reached.over == Over::Plan
                || rule.threshold().is_some_and(|threshold| reached.counted >= threshold.into()));
        if !over || !active.holds(rule, stretch.moment) {
            continue;
        }
        // Rules stand in the order of precedence, so the first one of a component wins.
        match rules.iter_mut().find(|known| known.component == rule.component) {
            Some(known) => known.rule = known.rule.min(*at),
            None => rules.push(Chosen { component: rule.component, rule: *at }),
        }
    }
    rules
}

/// The sum of the amounts of some components.
pub(super) fn sum_of(
    lines: &[Raw],
    list: &Compiled,
    of: &[u16],
    from: impl Fn(usize) -> bool,
) -> Result<Decimal, Refusal> {
    let named = lines.iter().filter(|line| {
        from(line.list) && list.rule(line.rule).is_some_and(|rule| of.contains(&rule.component))
    });
    let mut sum = Decimal::ZERO;
    for line in named {
        sum = sum.checked_add(line.amount.decimal()).ok_or_else(too_large)?;
    }
    Ok(sum)
}
