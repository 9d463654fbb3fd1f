//! Lists made ready once, and demands priced with them: the front door of the calculation.

use std::sync::Arc;

use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::clock::{LocalClock, Minute, ZoneTable};
use super::compile::Compiled;
use super::lead;
use super::lines;
use super::overtime::{People, Worked};
use super::position::{Job, Lines};
use super::result::{self, Calculation};
use super::worker::Unknown;
use super::zones::Zones;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::demand::{Demand, MAX_HEADCOUNT, Position};
use crate::pricing::estimate::{Estimate, UnpricedCode, UnpricedReason};
use crate::pricing::list::{PriceList, WorkerAttributes};
use crate::values::{Amount, Currency, Instant};

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
    pub(super) wall_clock: ZoneTable,
}

/// A position of a demand at its place.
#[derive(Clone, Copy)]
pub(super) struct Asked<'d> {
    pub demand: &'d Demand,
    pub index: usize,
    pub position: &'d Position,
    /// What is known, or supposed, of the worker.
    pub worker: &'d WorkerAttributes,
}

/// The lines of all positions.
pub(super) type Positions<'b> = SmallVec<[Lines<'b>; 1]>;

/// The dearest and the cheapest case of one position.
struct Cases<'b> {
    lowest: Lines<'b>,
    /// Absent if who comes makes no difference.
    highest: Option<Box<Lines<'b>>>,
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
        for (at, list) in compiled.iter_mut().enumerate() {
            list.at = at;
        }
        let workers = compiled.iter().any(|list| list.workers);
        Ok(Self { currency, lists: compiled, workers, zones, wall_clock: ZoneTable::wall() })
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
        let mut people = People::new();
        let mut reasons = Vec::new();
        let mut lowest: Positions = SmallVec::new();
        let mut highest: SmallVec<[Option<Box<Lines>>; 1]> = SmallVec::new();
        let order = order_of_work(demand);
        for at in 0..demand.positions.len() {
            let index = order.as_ref().and_then(|order| order.get(at)).copied().unwrap_or(at);
            let Some(position) = demand.positions.get(index) else { continue };
            let asked = Asked { demand, index, position, worker: &position.worker };
            match self.position(asked, table, &mut people) {
                Ok(Ok(cases)) => {
                    lowest.push(cases.lowest);
                    highest.push(cases.highest);
                }
                Ok(Err(from)) => reasons.push(reason(index, position, from)),
                Err(refusal) => return Err(refusal.under(&format!("positions[{index}]"))),
            }
        }
        if !reasons.is_empty() {
            reasons.sort_by_key(|reason| reason.position);
            return Ok(Calculation::Unpriced { currency: self.currency, reasons });
        }
        let highest = highest.iter().any(Option::is_some).then(|| {
            let pairs = highest.into_iter().zip(&lowest);
            pairs.map(|(highest, lowest)| highest.map_or_else(|| lowest.clone(), |lines| *lines)).collect()
        });
        result::calculation(self, lowest, highest)
    }

    /// What one slot of a position costs at least, however short the work; zero without a minimum call or a price.
    pub fn minimum_call(&self, demand: &Demand, index: usize) -> Result<Amount, Refusal> {
        let table = self.zones.table(&demand.zone).map_err(|refusal| refusal.at("zone"))?;
        let nothing = Amount::rounded(Decimal::ZERO, self.currency);
        let Some(position) = demand.positions.get(index) else { return Ok(nothing) };
        let asked = Asked { demand, index, position, worker: &position.worker };
        let least = self.with_job(asked, lead::clock(table, position), Job::minimum_call)?;
        Ok(least.unwrap_or(nothing))
    }

    /// The cases of a position, or the first instant without a price.
    fn position<'b>(
        &'b self,
        asked: Asked<'_>,
        table: &'b ZoneTable,
        people: &mut People,
    ) -> Result<Result<Cases<'b>, Instant>, Refusal> {
        let position = asked.position;
        if !(1..=MAX_HEADCOUNT).contains(&position.headcount) {
            let refusal = Refusal::new(Code::OutOfRange).at("headcount");
            return Err(refusal.with("expected", format!("1 to {MAX_HEADCOUNT}")));
        }
        if position.person.is_some() && position.headcount != 1 {
            return Err(Refusal::new(Code::OutOfRange)
                .at("headcount")
                .with("expected", "1 for a named person"));
        }
        let clock = lead::clock(table, position);
        if !self.workers && position.person.is_none() {
            let lines = self.one_case(asked, clock, &mut Worked::default())?;
            return Ok(lines.map(|lowest| Cases { lowest, highest: None }));
        }
        let unknown = Unknown::of(&self.lists, position);
        let mut cases: Option<Cases> = None;
        let mut sums = (Decimal::ZERO, Decimal::ZERO);
        let before =
            position.person.as_ref().and_then(|person| people.get(person)).cloned().unwrap_or_default();
        for worker in unknown.alternatives(&position.worker)? {
            let mut worked = before.clone();
            let lines = match self.one_case(Asked { worker: &worker, ..asked }, clock, &mut worked)? {
                Ok(lines) => lines,
                Err(from) => return Ok(Err(from)),
            };
            if let Some(person) = &position.person {
                people.insert(person.clone(), worked);
            }
            let sum = lines::sum(&lines.all)?;
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
        asked: Asked<'_>,
        clock: LocalClock<'b>,
        hours: &mut Worked,
    ) -> Result<Result<Lines<'b>, Instant>, Refusal> {
        let lines = self.with_job(asked, clock, |job| match job.lines(hours)? {
            Ok(lines) => Ok(Ok(lines)),
            Err(at) => Ok(Err(job.shift.clocks.instant(at)?)),
        })?;
        Ok(lines.and_then(|lines| lines))
    }
}

/// The places of positions in the order in which hours of a day and a week add up; `None` if no hours do.
fn order_of_work(demand: &Demand) -> Option<Vec<usize>> {
    if demand.positions.iter().all(|position| position.person.is_none()) {
        return None;
    }
    let starts = demand.positions.iter().map(|position| position.start.minute());
    let mut order: Vec<(Minute, usize)> = starts.zip(0..).collect();
    order.sort_unstable();
    Some(order.into_iter().map(|(_, index)| index).collect())
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
