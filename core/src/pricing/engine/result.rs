//! From gathered lines to the answer: order lines, totals, stamps and the hash.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::CALCULATION;
use super::book::{Book, Cases};
use super::compile::{At, Compiled, Price, Ready};
use super::discount::{self, Counted};
use super::lines::{self, Much, Raw};
use super::position::{Lines, sum_of};
use super::prices::too_large;
use super::shift::Part;
use super::zones::Minute;
use crate::engine::Refusal;
use crate::pricing::demand::{Demand, Position};
use crate::pricing::estimate::{Estimate, EstimateLine, LineUnit, ListStamp, PricedEstimate};
use crate::pricing::list::{Key, Label, Unit};
use crate::pricing::totals::{self, Settlement};
use crate::values::{Amount, ContentHash, Currency, Instant, Quantity};

pub(super) fn estimate(book: &Book, demand: &Demand, cases: &[(usize, Cases)]) -> Result<Estimate, Refusal> {
    let lowest = priced(book, demand, cases, |case| &case.lowest)?;
    if cases.iter().all(|(_, case)| case.highest.is_none()) {
        return Ok(Estimate::Priced(lowest));
    }
    let highest = priced(book, demand, cases, |case| case.highest.as_ref().unwrap_or(&case.lowest))?;
    let mut why: Vec<Key> = Vec::new();
    for line in lowest.lines.iter().chain(&highest.lines) {
        let list = book.lists.iter().find(|list| list.id == line.list);
        let rule = list.and_then(|list| list.rules.iter().find(|rule| rule.id == line.rule));
        if rule.is_some_and(|rule| rule.asks().any(|ask| ask.whole.asks_of_worker()))
            && !why.contains(&line.rule)
        {
            why.push(line.rule.clone());
        }
    }
    Ok(Estimate::Range { currency: book.currency, lowest, highest, why })
}

fn priced<'c>(
    book: &Book,
    demand: &Demand,
    cases: &'c [(usize, Cases)],
    case: impl Fn(&'c Cases) -> &'c Lines,
) -> Result<PricedEstimate, Refusal> {
    let count = cases.iter().map(|(_, one)| case(one).lines.len() + case(one).order.len()).sum();
    let mut found: Vec<EstimateLine> = Vec::with_capacity(count);
    for (index, one) in cases {
        let Some(position) = demand.positions.get(*index) else { continue };
        let mut sorted: Vec<(At, &Raw)> = Vec::with_capacity(case(one).lines.len());
        for raw in &case(one).lines {
            sorted.push((of(book, raw.list, raw.rule)?.1.component, raw));
        }
        sorted.sort_by_key(|(component, raw)| (*component, raw.part.from, raw.part.to));
        for (_, raw) in sorted {
            found.push(line(book, raw, Some((*index, position)))?);
        }
    }
    for raw in order_lines(book, cases, &case)? {
        found.push(line(book, &raw, None)?);
    }
    for list in book.lists.iter().filter(|list| !list.discounts.is_empty()) {
        take_off(list, &mut found, book.currency)?;
    }
    let pairs = found.iter().map(|line| (line.amount, line.vat));
    let sums = totals::totals(book.currency, pairs, &[], Settlement::default())?;
    let mut stamps: Vec<ListStamp> = Vec::with_capacity(1);
    for list in &book.lists {
        if found.iter().any(|line| line.list == list.id) {
            stamps.push(ListStamp { list: list.id.clone(), hash: list.hash.clone() });
        }
    }
    let mut answer = PricedEstimate {
        currency: book.currency,
        lines: found,
        net: sums.net,
        vat: sums.vat,
        vat_total: sums.vat_total,
        total: sums.total,
        lists: stamps,
        calculation: CALCULATION.to_owned(),
        zone_data: book.zones.version().to_owned(),
        hash: ContentHash::of(&[]),
    };
    answer.hash = stamp(&answer);
    Ok(answer)
}

/// Adds the lines of a list's discounts on the lines that it prices.
fn take_off(list: &Compiled, found: &mut Vec<EstimateLine>, currency: Currency) -> Result<(), Refusal> {
    let own = || found.iter().filter(|line| line.list == list.id);
    let (Some(from), Some(to)) = (own().map(|line| line.from).min(), own().map(|line| line.to).max()) else {
        return Ok(());
    };
    let counted = own().map(|line| Counted {
        component: &line.code,
        minutes: line.minutes,
        amount: line.amount,
        vat: line.vat,
    });
    let counted: Vec<Counted> = counted.collect();
    let off = discount::allowances(&list.discounts, &counted, currency)?;
    found.extend(off.iter().map(|allowance| allowance.line(&list.id, from, to)));
    Ok(())
}

fn of(book: &Book, list: usize, rule: u32) -> Result<(&Compiled, &Ready), Refusal> {
    let list = book.lists.get(list).ok_or_else(too_large)?;
    Ok((list, list.rule(rule).ok_or_else(too_large)?))
}

fn line(book: &Book, raw: &Raw, position: Option<(usize, &Position)>) -> Result<EstimateLine, Refusal> {
    let (list, rule) = of(book, raw.list, raw.rule)?;
    let component = list.components.get(usize::from(rule.component)).ok_or_else(too_large)?;
    let headcount = position.map_or(1, |(_, position)| position.headcount);
    let (unit, minutes, quantity) = match raw.much {
        Much::Minutes(minutes) => {
            let all = minutes.checked_mul(headcount.into()).and_then(|all| u32::try_from(all).ok());
            (LineUnit::Hour, Some(all.ok_or_else(too_large)?), None)
        }
        Much::Count(count) => {
            let unit = match rule.unit {
                Unit::Kilometre {} => LineUnit::Kilometre,
                Unit::Piece { .. } => LineUnit::Piece,
                _ => LineUnit::Once,
            };
            (unit, None, Some(Quantity::counted(count)))
        }
    };
    Ok(EstimateLine {
        position: position.and_then(|(index, _)| u32::try_from(index).ok()),
        label: position.and_then(|(_, position)| position.label.clone()),
        code: component.code.clone(),
        name: component.name.clone(),
        rule: rule.id.clone(),
        list: list.id.clone(),
        unit,
        headcount,
        minutes,
        quantity,
        unit_price: Amount::price(raw.price),
        amount: raw.amount,
        vat: rule.vat,
        from: instant(raw.part.from)?,
        to: instant(raw.part.to)?,
    })
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
                (*price, lines::share(Decimal::ONE, *price, list.policies.halves, book.currency)?)
            }
            Price::Share(share, named) => {
                let mut sum = sum_of(&found, list, named, |list| list == at)?;
                for lines in meeting {
                    let of_position = sum_of(&lines.lines, list, named, |list| list == at)?;
                    sum = sum.checked_add(of_position).ok_or_else(too_large)?;
                }
                let amount = lines::share(sum, *share, list.policies.halves, book.currency)?;
                (amount.decimal(), amount)
            }
        };
        found.push(Raw { list: at, rule: number, much: Much::Count(Decimal::ONE), price, part, amount });
    }
    found.sort_by_key(|raw| (raw.list, raw.rule));
    Ok(found)
}

/// The hash of an answer: every line, total and stamp, each field behind a mark that none of them holds.
fn stamp(answer: &PricedEstimate) -> ContentHash {
    let mut text = Text(Sha256::new());
    let all = &mut text;
    all.field(answer.calculation.as_bytes()).field(answer.zone_data.as_bytes());
    all.field(answer.currency.code().as_bytes());
    for stamp in &answer.lists {
        all.field(stamp.list.as_str().as_bytes()).field(stamp.hash.as_str().as_bytes());
    }
    for line in &answer.lines {
        all.number(line.position.map_or(-1, i128::from)).number(line.headcount.into());
        all.field(line.label.as_ref().map_or("", Label::as_str).as_bytes());
        all.field(line.rule.as_str().as_bytes()).field(line.list.as_str().as_bytes());
        all.number(line.minutes.map_or(-1, i128::from));
        all.decimal(line.quantity.map_or(Decimal::NEGATIVE_ONE, Quantity::decimal));
        all.decimal(line.unit_price.decimal())
            .decimal(line.amount.decimal())
            .decimal(line.vat.percent.decimal());
        all.field(line.vat.category.code().as_bytes());
        all.number(line.from.millis().into()).number(line.to.millis().into());
    }
    all.decimal(answer.net.decimal()).decimal(answer.vat_total.decimal()).decimal(answer.total.decimal());
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
