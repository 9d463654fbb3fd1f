//! From the lines of positions to those of the order: what is charged once, discounts, totals.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::book::{Book, Positions};
use super::clock::Minute;
use super::compile::Compiled;
use super::discount::{self, Counted};
use super::lines::{self, Line, Much, sum_of};
use super::position::Lines;
use super::prices::too_large;
use super::ready::{Price, Ready};
use super::shift::Part;
use crate::engine::Refusal;
use crate::pricing::demand::Demand;
use crate::pricing::estimate::{Estimate, EstimateLine, UnpricedReason};
use crate::pricing::list::Key;
use crate::pricing::totals::{self, Settlement, Totals};
use crate::values::{Amount, Currency, Instant};

/// Lines and totals, ready to read.
#[derive(Debug)]
pub struct Sums<'b> {
    pub(super) book: &'b Book,
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

/// The answer from the lines of all positions, in their cheapest and, where it differs, their dearest case.
pub(super) fn calculation<'b>(
    book: &'b Book,
    lowest: Positions<'b>,
    highest: Option<Positions<'b>>,
) -> Result<Calculation<'b>, Refusal> {
    let lowest = sums(book, lowest)?;
    let Some(highest) = highest else { return Ok(Calculation::Priced(lowest)) };
    Ok(Calculation::Range { lowest: Box::new(lowest), highest: Box::new(sums(book, highest)?) })
}

fn sums<'b>(book: &'b Book, mut positions: Positions<'b>) -> Result<Sums<'b>, Refusal> {
    // Hours add up in the order in which they are worked; lines stand in the order of the demand.
    positions.sort_by_key(|one| one.index);
    let of_order = if positions.iter().all(|one| one.order.is_empty()) {
        Vec::new()
    } else {
        order_lines(book, &positions)?
    };
    let mut all: Vec<Line> = match positions.as_mut_slice() {
        // Nearly every order has one position, whose lines need not move.
        [only] => std::mem::take(&mut only.all),
        several => several.iter_mut().flat_map(|one| one.all.drain(..)).collect(),
    };
    all.extend(of_order);
    let discounts = discounts(book, &all)?;
    let pairs = all.iter().map(|line| (line.amount, line.rule.vat));
    let off = discounts.iter().map(|line| (line.amount, line.vat));
    let totals = totals::totals(book.currency, pairs.chain(off), &[], Settlement::default())?;
    Ok(Sums { book, lines: all, discounts, totals })
}

/// Lines below zero, for lists that have discounts.
fn discounts(book: &Book, found: &[Line<'_>]) -> Result<Vec<EstimateLine>, Refusal> {
    let mut all = Vec::new();
    for list in book.lists.iter().filter(|list| !list.discounts.is_empty()) {
        let own = || found.iter().filter(|line| line.list.id == list.id);
        let mut counted: Vec<Counted> = Vec::with_capacity(found.len());
        for line in own() {
            counted.push(Counted {
                component: &line.rule.code,
                minutes: line.minutes().map(u32::try_from).transpose().map_err(|_| too_large())?,
                amount: line.amount,
                vat: line.rule.vat,
            });
        }
        let from = own().map(|line| line.part.from).min();
        let to = own().map(|line| line.part.to).max();
        let (Some(from), Some(to)) = (from, to) else { continue };
        for allowance in discount::allowances(&list.discounts, &counted, book.currency)? {
            all.push(allowance.line(&list.id, instant(from)?, instant(to)?));
        }
    }
    Ok(all)
}

fn of(book: &Book, list: usize, rule: u32) -> Result<(&Compiled, &Ready), Refusal> {
    let list = book.lists.get(list).ok_or_else(too_large)?;
    Ok((list, list.rule(rule).ok_or_else(too_large)?))
}

pub(super) fn instant(minute: Minute) -> Result<Instant, Refusal> {
    Ok(Instant::from_millis(minute.checked_mul(60_000).ok_or_else(too_large)?)?)
}

/// The lines of the whole order, each once, over the positions that meet its condition.
fn order_lines<'b>(book: &'b Book, positions: &[Lines<'b>]) -> Result<Vec<Line<'b>>, Refusal> {
    let mut wanted: BTreeSet<(usize, u16, u32)> = BTreeSet::new();
    for (list, rule) in positions.iter().flat_map(|one| &one.order) {
        // Behind what its percentages are of.
        wanted.insert((*list, of(book, *list, *rule)?.1.turn.step, *rule));
    }
    let mut found: Vec<Line> = Vec::with_capacity(wanted.len());
    for (list_at, _, number) in wanted {
        let (list, rule) = of(book, list_at, number)?;
        let meeting = || positions.iter().filter(|one| one.order.contains(&(list_at, number)));
        let part = meeting()
            .map(|one| one.whole)
            .reduce(|one, other| Part { from: one.from.min(other.from), to: one.to.max(other.to) });
        let part = part.ok_or_else(too_large)?;
        let (price, amount): (Decimal, Amount) = match &rule.price {
            Price::PerHour(_) => continue,
            Price::Each(price) => {
                (*price, lines::product(Decimal::ONE, *price, list.policies.halves, book.currency)?)
            }
            Price::Share(share, named) => {
                let mut sum = sum_of(&found, list_at, named)?;
                for one in meeting() {
                    let of_position = sum_of(&one.all, list_at, named)?;
                    sum = sum.checked_add(of_position).ok_or_else(too_large)?;
                }
                let amount = lines::product(sum, *share, list.policies.halves, book.currency)?;
                (amount.decimal(), amount)
            }
        };
        found.push(Line {
            position: None,
            headcount: 1,
            list,
            rule,
            much: Much::Count(Decimal::ONE),
            price,
            part,
            amount,
        });
    }
    found.sort_by_key(|line| (line.list.at, line.rule.at));
    Ok(found)
}
