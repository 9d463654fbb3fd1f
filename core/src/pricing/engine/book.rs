//! Lists made ready once, and demands priced with them: the front door of the calculation.

use std::sync::Arc;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::compile::Compiled;
use super::condition::Facts;
use super::overtime::{People, Worked};
use super::position::{Job, Lines};
use super::result::{self, Calculation};
use super::shift::{Clocks, Shift};
use super::stretch::{Active, View};
use super::worker::Unknown;
use super::zones::{LocalClock, ZoneTable, Zones};
use super::{Few, local_minute};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::demand::{Demand, MAX_HEADCOUNT, Position};
use crate::pricing::estimate::{Estimate, UnpricedCode, UnpricedReason};
use crate::pricing::list::{Level, Policies, PriceList, WorkerAttributes};
use crate::values::{Amount, Currency, Instant, LocalTime};

/// The most lists of one book.
const MAX_LISTS: usize = 1000;

/// Price lists of one currency, compiled. Make it once and price many demands: [`Book::estimate`] only reads.
#[derive(Debug)]
pub struct Book {
    pub(super) currency: Currency,
    /// Narrower levels first, and within a level the latest version first.
    pub(super) lists: Vec<Compiled>,
    /// Whether a price may depend on who comes.
    workers: bool,
    pub(super) zones: Arc<Zones>,
    wall_clock: ZoneTable,
}

/// The lines of a position in its dearest and its cheapest case.
pub(super) struct Cases {
    pub lowest: Lines,
    /// Absent if who comes makes no difference.
    pub highest: Option<Box<Lines>>,
}

impl Book {
    /// Compiles lists of any levels and versions, in any order, with the library's time zone data.
    pub fn new(currency: Currency, lists: &[PriceList]) -> Result<Self, Refusal> {
        Self::with_zones(currency, lists, Arc::new(Zones::bundled()))
    }

    /// The same with other time zone data.
    pub fn with_zones(currency: Currency, lists: &[PriceList], zones: Arc<Zones>) -> Result<Self, Refusal> {
        if lists.len() > MAX_LISTS {
            return Err(Refusal::new(Code::TooMany).at("lists").with("expected", MAX_LISTS));
        }
        let mut compiled = Vec::with_capacity(lists.len());
        for (index, list) in lists.iter().enumerate() {
            let at = || format!("lists[{index}]");
            if list.currency != currency {
                let refusal = Refusal::new(Code::CurrencyMixed).at(format!("{}.currency", at()));
                return Err(refusal.with("expected", currency));
            }
            compiled.push(Compiled::new(list).map_err(|refusal| refusal.under(&at()))?);
        }
        compiled.sort_by(|one: &Compiled, other| {
            (other.level, other.valid_from).cmp(&(one.level, one.valid_from))
        });
        for (later, earlier) in compiled.iter().zip(compiled.iter().skip(1)) {
            if (later.level, later.valid_from) == (earlier.level, earlier.valid_from) {
                let refusal = Refusal::new(Code::PriceVersionExists).at("lists");
                return Err(refusal.with("list", &later.id));
            }
        }
        let workers = compiled.iter().any(|list| list.workers);
        Ok(Self { currency, lists: compiled, workers, zones, wall_clock: ZoneTable::wall() })
    }

    fn wall(&self) -> LocalClock<'_> {
        self.wall_clock.around(0, 0)
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// What a demand costs. A missing rate makes it unpriced; bad input is a refusal with the field's path.
    pub fn estimate(&self, demand: &Demand) -> Result<Estimate, Refusal> {
        self.calculate(demand)?.estimate(demand)
    }

    /// The same as figures that borrow their names from the book, without stamps: for who prices by the thousand.
    pub fn calculate(&self, demand: &Demand) -> Result<Calculation<'_>, Refusal> {
        let table = self.zones.table(&demand.zone).map_err(|refusal| refusal.at("zone"))?;
        if demand.positions.is_empty() {
            return Err(Refusal::new(Code::TooFew).at("positions").with("expected", 1));
        }
        let mut order: Few<(usize, &Position)> = demand.positions.iter().enumerate().collect();
        if demand.positions.iter().any(|position| position.person.is_some()) {
            // Hours of a day and a week add up in the order in which they are worked.
            order.sort_by_key(|(index, position)| (local_minute(position.start.naive()), *index));
        }
        let mut people = People::new();
        let mut reasons = Vec::new();
        let mut priced: SmallVec<[(usize, Cases); 2]> = SmallVec::new();
        for (index, position) in order {
            let result = self.position(demand, table, position, &mut people);
            match result.map_err(|refusal| refusal.under(&format!("positions[{index}]")))? {
                Ok(cases) => priced.push((index, cases)),
                Err(from) => reasons.push(reason(index, position, from)),
            }
        }
        if !reasons.is_empty() {
            reasons.sort_by_key(|reason| reason.position);
            return Ok(Calculation::Unpriced { currency: self.currency, reasons });
        }
        priced.sort_by_key(|(index, _)| *index);
        result::calculation(self, demand, &priced)
    }

    /// What one slot of a position costs at least, however short the work; zero without a minimum call or a price.
    pub fn minimum_call(&self, demand: &Demand, index: usize) -> Result<Amount, Refusal> {
        let table = self.zones.table(&demand.zone).map_err(|refusal| refusal.at("zone"))?;
        let nothing = Amount::rounded(Decimal::ZERO, self.currency);
        let Some(position) = demand.positions.get(index) else { return Ok(nothing) };
        let job = self.job(demand, clock(table, position), position, &position.worker)?;
        job.map_or(Ok(nothing), |job| job.minimum_call())
    }

    /// The cases of a position, or the first instant without a price.
    fn position<'b>(
        &'b self,
        demand: &'b Demand,
        table: &'b ZoneTable,
        position: &'b Position,
        people: &mut People,
    ) -> Result<Result<Cases, Instant>, Refusal> {
        if !(1..=MAX_HEADCOUNT).contains(&position.headcount) {
            let refusal = Refusal::new(Code::OutOfRange).at("headcount");
            return Err(refusal.with("expected", format!("1 to {MAX_HEADCOUNT}")));
        }
        if position.person.is_some() && position.headcount != 1 {
            return Err(Refusal::new(Code::OutOfRange)
                .at("headcount")
                .with("expected", "1 for a named person"));
        }
        let clock = clock(table, position);
        if !self.workers && position.person.is_none() {
            let lines = self.one_case(demand, clock, position, &position.worker, &mut Worked::default())?;
            return Ok(lines.map(|lowest| Cases { lowest, highest: None }));
        }
        let unknown = Unknown::of(&self.lists, position);
        let mut cases: Option<Cases> = None;
        let mut sums = (Decimal::ZERO, Decimal::ZERO);
        let before =
            position.person.as_ref().and_then(|person| people.get(person)).cloned().unwrap_or_default();
        for worker in unknown.alternatives(&position.worker)? {
            let mut worked = before.clone();
            let lines = match self.one_case(demand, clock, position, &worker, &mut worked)? {
                Ok(lines) => lines,
                Err(from) => return Ok(Err(from)),
            };
            if let Some(person) = &position.person {
                people.insert(person.clone(), worked);
            }
            let sum = lines.net()?;
            match &mut cases {
                None => {
                    sums = (sum, sum);
                    cases = Some(Cases { lowest: lines, highest: None });
                }
                Some(known) if sum < sums.0 => {
                    sums.0 = sum;
                    let dearer = std::mem::replace(&mut known.lowest, lines);
                    known.highest.get_or_insert_with(|| Box::new(dearer));
                }
                Some(known) if sum > sums.1 => {
                    sums.1 = sum;
                    known.highest = Some(Box::new(lines));
                }
                Some(_) => {}
            }
        }
        cases.map(Ok).ok_or_else(|| Refusal::new(Code::Internal))
    }

    fn one_case<'b>(
        &'b self,
        demand: &'b Demand,
        clock: LocalClock<'b>,
        position: &'b Position,
        worker: &'b WorkerAttributes,
        hours: &mut Worked,
    ) -> Result<Result<Lines, Instant>, Refusal> {
        let job = match self.job(demand, clock, position, worker)? {
            Ok(job) => job,
            Err(from) => return Ok(Err(from)),
        };
        match job.lines(hours)? {
            Ok(lines) => Ok(Ok(lines)),
            Err(at) => Ok(Err(job.shift.clocks.instant(at)?)),
        }
    }

    /// Everything about a position that does not depend on hours before it, or its start if no list is in force.
    fn job<'b>(
        &'b self,
        demand: &'b Demand,
        clock: LocalClock<'b>,
        position: &'b Position,
        worker: &'b WorkerAttributes,
    ) -> Result<Result<Job<'b>, Instant>, Refusal> {
        let usual = Policies::default();
        let Some((lead, shift)) = self.lead(demand, clock, position, worker)? else {
            // The times are checked even where nothing is priced.
            let clocks = Clocks::new(&usual, clock, self.wall());
            let shift = Shift::new(position, &usual, clocks)?;
            return Ok(Err(clocks.instant(shift.counted.from)?));
        };
        let facts = facts(demand, position, worker, &shift)?;
        let view = View { clocks: shift.clocks, whole: shift.counted, policies: &lead.policies };
        let mut actives: SmallVec<[Active; 1]> = SmallVec::new();
        let mut passed = None;
        for (at, list) in self.lists.iter().enumerate() {
            let since = shift.clocks.line.first_reading(list.valid_from);
            if passed == Some(list.level) || since >= shift.counted.to.max(shift.planned.to) {
                continue;
            }
            let active = Active::new(list, at, since, facts, view, demand.place.as_ref());
            if demand.ordered_at.is_none() && active.asks_lead_time() {
                return Err(Refusal::new(Code::OrderTimeMissing).with("list", &list.id));
            }
            actives.push(active);
            if since <= shift.counted.from.min(shift.planned.from) {
                passed = Some(list.level);
            }
        }
        Ok(Ok(Job { position, currency: self.currency, policies: &lead.policies, shift, actives }))
    }

    /// The list whose policies hold for the whole position: the narrowest in force on the day of the start that has a
    /// rule for the first component.
    fn lead<'b>(
        &'b self,
        demand: &Demand,
        clock: LocalClock<'b>,
        position: &Position,
        worker: &WorkerAttributes,
    ) -> Result<Option<(&'b Compiled, Shift<'b>)>, Refusal> {
        let start = local_minute(position.start.naive());
        let mut passed = None;
        for list in &self.lists {
            if passed == Some(list.level) || list.valid_from > start {
                continue;
            }
            passed = Some(list.level);
            let shift =
                Shift::new(position, &list.policies, Clocks::new(&list.policies, clock, self.wall()))?;
            let facts = facts(demand, position, worker, &shift)?;
            if list.level == Level::Basic || list.prices_first(&facts) {
                return Ok(Some((list, shift)));
            }
        }
        Ok(None)
    }
}

/// The clock around all the times that a position names.
fn clock<'z>(table: &'z ZoneTable, position: &Position) -> LocalClock<'z> {
    let of = |local: LocalTime| local_minute(local.naive());
    let (mut from, mut to) = (of(position.start), of(position.end));
    let worked = position.worked.iter().flat_map(|worked| [worked.start, worked.end]);
    for time in worked.chain(position.breaks.iter().filter_map(|one| one.from)) {
        from = from.min(of(time));
        to = to.max(of(time));
    }
    table.around(from, to)
}

fn facts<'b>(
    demand: &Demand,
    position: &'b Position,
    worker: &'b WorkerAttributes,
    shift: &Shift,
) -> Result<Facts<'b>, Refusal> {
    let start = shift.clocks.instant(shift.planned.from)?;
    Ok(Facts {
        skill: position.skill.as_ref(),
        role: position.role,
        length: shift.counted.minutes(),
        headcount: position.headcount,
        lead_time: demand.ordered_at.map(|ordered| start.minutes_since(ordered)),
        worker,
    })
}

fn reason(index: usize, position: &Position, from: Instant) -> UnpricedReason {
    UnpricedReason {
        code: UnpricedCode::NoRate,
        position: u32::try_from(index).unwrap_or(u32::MAX),
        label: position.label.clone(),
        skill: position.skill.clone(),
        role: position.role,
        from,
    }
}
