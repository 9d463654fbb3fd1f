//! The answer as data: lines with their names, the versions that it rests on, and the hash over all of it.

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::CALCULATION;
use super::lines::{Line, Much};
use super::prices::too_large;
use super::result::{Sums, instant};
use crate::engine::Refusal;
use crate::pricing::demand::Demand;
use crate::pricing::estimate::{EstimateLine, LineUnit, ListStamp, PricedEstimate};
use crate::pricing::list::{Label, Unit};
use crate::pricing::totals::Totals;
use crate::values::{Amount, ContentHash, Currency, Quantity};

impl Sums<'_> {
    pub(super) fn stamped(self, demand: &Demand) -> Result<PricedEstimate, Refusal> {
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
    let (unit, minutes, quantity) = match line.much {
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
        code: line.rule.code.clone(),
        name: line.rule.name.clone(),
        rule: line.rule.id.clone(),
        list: line.list.id.clone(),
        unit,
        headcount: line.headcount,
        minutes,
        quantity,
        unit_price: Amount::price(line.price, currency),
        amount: line.amount,
        vat: line.rule.vat,
        from: instant(line.part.from)?,
        to: instant(line.part.to)?,
    })
}

/// The hash of an answer: every line, total and stamp, each field behind a mark that none of them holds.
fn stamp(
    currency: Currency,
    lines: &[EstimateLine],
    totals: &Totals,
    lists: &[ListStamp],
    zone_data: &str,
) -> ContentHash {
    let mut all = Text(Vec::with_capacity(AROUND + lines.len() * LINE));
    all.field(CALCULATION.as_bytes()).field(zone_data.as_bytes());
    all.field(currency.code().as_bytes());
    for stamp in lists {
        all.field(stamp.list.as_str().as_bytes()).field(stamp.hash.as_str().as_bytes());
    }
    for line in lines {
        all.number(line.position.map_or(-1, i64::from)).number(line.headcount.into());
        all.field(line.label.as_ref().map_or("", Label::as_str).as_bytes());
        all.field(line.rule.as_str().as_bytes()).field(line.list.as_str().as_bytes());
        all.number(line.minutes.map_or(-1, i64::from));
        all.decimal(line.quantity.map_or(Decimal::NEGATIVE_ONE, Quantity::decimal));
        all.decimal(line.unit_price.decimal());
        all.decimal(line.amount.decimal());
        all.decimal(line.vat.percent.decimal());
        all.field(line.vat.category.code().as_bytes());
        all.number(line.from.millis()).number(line.to.millis());
    }
    all.decimal(totals.net.decimal()).decimal(totals.vat_total.decimal()).decimal(totals.total.decimal());
    ContentHash::of_digest(&Sha256::digest(&all.0))
}

/// Bytes that a line takes in a stamp, roughly, and what is around the lines.
const LINE: usize = 200;
const AROUND: usize = 256;

/// Gathered first and hashed at once: many short pieces cost more than the hash.
struct Text(Vec<u8>);

impl Text {
    fn field(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self.0.push(0);
        self
    }

    fn number(&mut self, number: i64) -> &mut Self {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    fn decimal(&mut self, decimal: Decimal) -> &mut Self {
        self.0.extend_from_slice(&decimal.serialize());
        self
    }
}
