//! From gathered lines to the answer: order lines, totals, stamps and the hash.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::CALCULATION;
use super::book::{Book, Cases};
use super::compile::{Compiled, Price, Ready};
use super::discount::{self, Counted};
use super::lines::{self, Much, Raw};
use super::position::{Lines, sum_of};
use super::prices::too_large;
use super::shift::Part;
use super::zones::Minute;
use crate::engine::Refusal;
use crate::pricing::demand::Demand;
use crate::pricing::estimate::{Estimate, EstimateLine, LineUnit, ListStamp, PricedEstimate, UnpricedReason};
use crate::pricing::list::{Component, Key, Label, Unit};
use crate::pricing::totals::{self, Settlement, Totals};
use crate::values::{Amount, ContentHash, Currency, Instant, Quantity};

/// A line whose names are the book's.
#[derive(Clone, Debug)]
pub struct Line<'b> {
    /// Index of the position in the demand; absent on lines of the whole order.
    pub position: Option<usize>,
    pub headcount: u32,
    list: &'b Compiled,
    rule: &'b Ready,
    component: &'b Component,
    raw: Raw,
}

impl Line<'_> {
    /// Code of the component.
    pub fn code(&self) -> &str {
        self.component.code.as_str()
    }

    /// The id of the rule.
    pub fn rule(&self) -> &str {
        self.rule.id.as_str()
    }

    /// Minutes of all heads, where time is counted.
    pub fn minutes(&self) -> Option<i64> {
        match self.raw.much {
            Much::Minutes(minutes) => Some(minutes * i64::from(self.headcount)),
            Much::Count(_) => None,
        }
    }

    /// Charge for an hour, or for one of what is counted.
    pub fn unit_price(&self) -> Decimal {
        self.raw.price
    }

    pub fn amount(&self) -> Amount {
        self.raw.amount
    }
}

/// Lines and totals, ready to read.
#[derive(Debug)]
pub struct Sums<'b> {
    book: &'b Book,
    pub lines: Vec<Line<'b>>,
    /// What comes off for the order as a whole, as lines below zero.
    pub discounts: Vec<EstimateLine>,
    pub totals: Totals,
}

/// What a calculation came to.
#[derive(Debug)]
pub enum Calculation<'b> {
    Priced(Sums<'b>),
    /// The price depends on who comes.
    Range {
        lowest: Box<Sums<'b>>,
        highest: Box<Sums<'b>>,
    },
    Unpriced {
        currency: Currency,
        reasons: Vec<UnpricedReason>,
    },
}

impl Calculation<'_> {
    /// The answer as data, stamped.
    pub fn estimate(self, demand: &Demand) -> Result<Estimate, Refusal> {
        match self {
            Self::Priced(sums) => Ok(Estimate::Priced(sums.stamped(demand)?)),
            Self::Range { lowest, highest } => {
                let mut why: Vec<Key> = Vec::new();
                for line in lowest.lines.iter().chain(&highest.lines) {
                    let asks = line.rule.asks().any(|ask| ask.whole.asks_of_worker());
                    if asks && !why.contains(&line.rule.id) {
                        why.push(line.rule.id.clone());
                    }
                }
                let currency = lowest.book.currency;
                let (lowest, highest) = (lowest.stamped(demand)?, highest.stamped(demand)?);
                Ok(Estimate::Range { currency, lowest: Box::new(lowest), highest: Box::new(highest), why })
            }
            Self::Unpriced { currency, reasons } => Ok(Estimate::Unpriced { currency, reasons }),
        }
    }
}

pub(super) fn calculation<'b>(
    book: &'b Book,
    demand: &Demand,
    cases: &[(usize, Cases)],
) -> Result<Calculation<'b>, Refusal> {
    let lowest = sums(book, demand, cases, |case| &case.lowest)?;
    if cases.iter().all(|(_, case)| case.highest.is_none()) {
        return Ok(Calculation::Priced(lowest));
    }
    let highest = sums(book, demand, cases, |case| case.highest.as_deref().unwrap_or(&case.lowest))?;
    Ok(Calculation::Range { lowest: Box::new(lowest), highest: Box::new(highest) })
}

fn sums<'b, 'c>(
    book: &'b Book,
    demand: &Demand,
    cases: &'c [(usize, Cases)],
    case: impl Fn(&'c Cases) -> &'c Lines,
) -> Result<Sums<'b>, Refusal> {
    let count = cases.iter().map(|(_, one)| case(one).raws.len() + case(one).order.len()).sum();
    let mut found: Vec<Line> = Vec::with_capacity(count);
    for (index, one) in cases {
        let headcount = demand.positions.get(*index).map_or(1, |position| position.headcount);
        let first = found.len();
        for raw in &case(one).raws {
            found.push(line(book, raw, Some(*index), headcount)?);
        }
        let own = found.get_mut(first..).unwrap_or_default();
        own.sort_by_key(|line| (line.rule.component, line.raw.part.from, line.raw.part.to));
    }
    for raw in order_lines(book, cases, &case)? {
        found.push(line(book, &raw, None, 1)?);
    }
    let discounts = discounts(book, &found)?;
    let pairs = found.iter().map(|line| (line.raw.amount, line.rule.vat));
    let off = discounts.iter().map(|line| (line.amount, line.vat));
    let totals = totals::totals(book.currency, pairs.chain(off), &[], Settlement::default())?;
    Ok(Sums { book, lines: found, discounts, totals })
}

/// Lines below zero, for lists that have discounts.
fn discounts(book: &Book, found: &[Line<'_>]) -> Result<Vec<EstimateLine>, Refusal> {
    let mut all = Vec::new();
    for list in book.lists.iter().filter(|list| !list.discounts.is_empty()) {
        let own = || found.iter().filter(|line| line.list.id == list.id);
        let mut counted: Vec<Counted> = Vec::with_capacity(found.len());
        for line in own() {
            counted.push(Counted {
                component: &line.component.code,
                minutes: line.minutes().map(u32::try_from).transpose().map_err(|_| too_large())?,
                amount: line.raw.amount,
                vat: line.rule.vat,
            });
        }
        let from = own().map(|line| line.raw.part.from).min();
        let to = own().map(|line| line.raw.part.to).max();
        let (Some(from), Some(to)) = (from, to) else { continue };
        for allowance in discount::allowances(&list.discounts, &counted, book.currency)? {
            all.push(allowance.line(&list.id, instant(from)?, instant(to)?));
        }
    }
    Ok(all)
}

fn line<'b>(book: &'b Book, raw: &Raw, position: Option<usize>, headcount: u32) -> Result<Line<'b>, Refusal> {
    let (list, rule) = of(book, raw.list, raw.rule)?;
    let component = list.components.get(usize::from(rule.component)).ok_or_else(too_large)?;
    Ok(Line { position, headcount, list, rule, component, raw: raw.clone() })
}

impl Sums<'_> {
    fn stamped(self, demand: &Demand) -> Result<PricedEstimate, Refusal> {
        let mut stamps: Vec<ListStamp> = Vec::with_capacity(1);
        for list in &self.book.lists {
            if self.lines.iter().any(|line| line.list.id == list.id) {
                stamps.push(ListStamp { list: list.id.clone(), hash: list.hash.clone() });
            }
        }
        let lines: Result<Vec<EstimateLine>, Refusal> =
            self.lines.iter().map(|line| written(line, demand, self.book.currency)).collect();
        let mut lines = lines?;
        lines.extend(self.discounts);
        let zone_data = self.book.zones.version().to_owned();
        let totals = self.totals;
        Ok(PricedEstimate {
            currency: self.book.currency,
            hash: stamp(self.book.currency, &lines, &totals, &stamps, &zone_data),
            lines,
            net: totals.net,
            vat: totals.vat,
            vat_total: totals.vat_total,
            total: totals.total,
            lists: stamps,
            calculation: CALCULATION.to_owned(),
            zone_data,
        })
    }
}

fn written(line: &Line<'_>, demand: &Demand, currency: Currency) -> Result<EstimateLine, Refusal> {
    let position = line.position.and_then(|index| demand.positions.get(index));
    let (unit, minutes, quantity) = match line.raw.much {
        Much::Minutes(minutes) => {
            let all = minutes.checked_mul(line.headcount.into()).and_then(|all| u32::try_from(all).ok());
            (LineUnit::Hour, Some(all.ok_or_else(too_large)?), None)
        }
        Much::Count(count) => {
            let unit = match line.rule.unit {
                Unit::Kilometre {} => LineUnit::Kilometre,
                Unit::Piece { .. } => LineUnit::Piece,
                _ => LineUnit::Once,
            };
            (unit, None, Some(Quantity::counted(count)))
        }
    };
    Ok(EstimateLine {
        position: line.position.and_then(|index| u32::try_from(index).ok()),
        label: position.and_then(|position| position.label.clone()),
        role: position.map(|position| position.role),
        code: line.component.code.clone(),
        name: line.component.name.clone(),
        rule: line.rule.id.clone(),
        list: line.list.id.clone(),
        unit,
        headcount: line.headcount,
        minutes,
        quantity,
        unit_price: Amount::price(line.raw.price, currency),
        amount: line.raw.amount,
        vat: line.rule.vat,
        from: instant(line.raw.part.from)?,
        to: instant(line.raw.part.to)?,
    })
}

fn of(book: &Book, list: usize, rule: u32) -> Result<(&Compiled, &Ready), Refusal> {
    let list = book.lists.get(list).ok_or_else(too_large)?;
    Ok((list, list.rule(rule).ok_or_else(too_large)?))
}

fn instant(minute: Minute) -> Result<Instant, Refusal> {
    Ok(Instant::from_millis(minute.checked_mul(60_000).ok_or_else(too_large)?)?)
}

/// The lines of the whole order, each once, over the positions that meet its condition.
fn order_lines<'c>(
    book: &Book,
    cases: &'c [(usize, Cases)],
    case: &impl Fn(&'c Cases) -> &'c Lines,
) -> Result<Vec<Raw>, Refusal> {
    let mut wanted: BTreeSet<(usize, usize, u32)> = BTreeSet::new();
    for (list, rule) in cases.iter().flat_map(|(_, one)| &case(one).order) {
        // Behind what its percentages are of.
        let (compiled, ready) = of(book, *list, *rule)?;
        let step = compiled.order.iter().position(|step| step.members.contains(&ready.component));
        wanted.insert((*list, step.unwrap_or(0), *rule));
    }
    let mut found: Vec<Raw> = Vec::with_capacity(wanted.len());
    for (at, _, number) in wanted {
        let (list, rule) = of(book, at, number)?;
        let meeting: Vec<&Lines> = cases
            .iter()
            .map(|(_, one)| case(one))
            .filter(|lines| lines.order.contains(&(at, number)))
            .collect();
        let part = meeting
            .iter()
            .map(|lines| lines.whole)
            .reduce(|one, other| Part { from: one.from.min(other.from), to: one.to.max(other.to) });
        let part = part.ok_or_else(too_large)?;
        let (price, amount) = match &rule.price {
            Price::PerHour(_) => continue,
            Price::Each(price) => {
                (*price, lines::product(Decimal::ONE, *price, list.policies.halves, book.currency)?)
            }
            Price::Share(share, named) => {
                let mut sum = sum_of(&found, list, named, |list| list == at)?;
                for lines in meeting {
                    let of_position = sum_of(&lines.raws, list, named, |list| list == at)?;
                    sum = sum.checked_add(of_position).ok_or_else(too_large)?;
                }
                let amount = lines::product(sum, *share, list.policies.halves, book.currency)?;
                (amount.decimal(), amount)
            }
        };
        found.push(Raw { list: at, rule: number, much: Much::Count(Decimal::ONE), price, part, amount });
    }
    found.sort_by_key(|raw| (raw.list, raw.rule));
    Ok(found)
}

/// The hash of an answer: every line, total and stamp, each field behind a mark that none of them holds.
fn stamp(
    currency: Currency,
    lines: &[EstimateLine],
    totals: &Totals,
    lists: &[ListStamp],
    zone_data: &str,
) -> ContentHash {
    let mut text = Text(Sha256::new());
    let all = &mut text;
    all.field(CALCULATION.as_bytes()).field(zone_data.as_bytes());
    all.field(currency.code().as_bytes());
    for stamp in lists {
        all.field(stamp.list.as_str().as_bytes()).field(stamp.hash.as_str().as_bytes());
    }
    for line in lines {
        all.number(line.position.map_or(-1, i128::from)).number(line.headcount.into());
        all.field(line.label.as_ref().map_or("", Label::as_str).as_bytes());
        all.field(line.rule.as_str().as_bytes()).field(line.list.as_str().as_bytes());
        all.number(line.minutes.map_or(-1, i128::from));
        all.decimal(line.quantity.map_or(Decimal::NEGATIVE_ONE, Quantity::decimal));
        all.decimal(line.unit_price.decimal());
        all.decimal(line.amount.decimal());
        all.decimal(line.vat.percent.decimal());
        all.field(line.vat.category.code().as_bytes());
        all.number(line.from.millis().into()).number(line.to.millis().into());
    }
    all.decimal(totals.net.decimal()).decimal(totals.vat_total.decimal()).decimal(totals.total.decimal());
    ContentHash::of_digest(&text.0.finalize())
}

struct Text(Sha256);

impl Text {
    fn field(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(bytes);
        self.0.update([0]);
        self
    }

    fn number(&mut self, number: i128) -> &mut Self {
        self.0.update(number.to_be_bytes());
        self
    }

    fn decimal(&mut self, decimal: Decimal) -> &mut Self {
        self.0.update(decimal.serialize());
        self
    }
}
