//! Everything that a position is charged once or by count: flat amounts, kilometres, pieces.

use rust_decimal::Decimal;

use super::Few;
use super::active::Active;
use super::clock::Minute;
use super::lines::{self, Line, Much};
use super::position::{Job, Lines};
use super::ready::{Class, Price, Ready};
use super::stretch::Stretch;
use crate::engine::Refusal;
use crate::pricing::list::{Per, Unit};
use crate::values::{Amount, Quantity};

impl<'b> Job<'b, '_> {
    /// Adds what the list charges that decides at the start.
    pub(super) fn once(&self, paid: &[Stretch], found: &mut Lines<'b>) -> Result<(), Refusal> {
        let (Some(lead), Some(first)) = (self.first(paid), paid.first()) else { return Ok(()) };
        // A position may hold pieces of several codes, each by the first rule that holds.
        let mut seen: Few<(u16, &Unit)> = Few::new();
        for rule in lead.rules(&lead.kinds().counts) {
            let in_time = || lead.kinds().is_in_set(first.set, rule.at);
            let counts = match rule.class {
                Class::Main => rule.is_flat() && in_time(),
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
                found.order.push((lead.list().at, rule.at));
                continue;
            }
            if let Some(line) = self.counted_line(lead, rule, &found.all)? {
                found.all.push(line);
            }
        }
        Ok(())
    }

    fn counted_line(
        &self,
        lead: &Active<'b, '_>,
        rule: &'b Ready,
        before: &[Line<'b>],
    ) -> Result<Option<Line<'b>>, Refusal> {
        let count = match &rule.unit {
            Unit::Flat { per: Per::Position } => Some(Decimal::ONE),
            Unit::Flat { per: Per::Day } => {
                Decimal::from(self.days()).checked_mul(self.position.headcount.into())
            }
            Unit::Flat { .. } => Some(Decimal::from(self.position.headcount)),
            Unit::Kilometre {} => self.position.kilometres.map(Quantity::decimal),
            Unit::Piece { code } => {
                let piece = self.position.pieces.iter().find(|piece| piece.code == *code);
                piece.map(|piece| piece.count.decimal())
            }
            _ => None,
        };
        let Some(count) = count.filter(|count| !count.is_zero()) else { return Ok(None) };
        let line = |much, price| self.line(lead.list(), rule, much, price, self.shift.counted);
        match &rule.price {
            Price::PerHour(_) => Ok(None),
            Price::Each(price) => {
                let mut line = line(Much::Count(count), *price);
                line.amount = line.multiplied(self.currency)?;
                Ok(Some(line))
            }
            Price::Share(share, of) => {
                // Of this position's own amounts, which are of all heads already.
                let amounts = lines::sum_of(before, lead.list().at, of)?;
                let amount: Amount = lines::product(amounts, *share, self.policies.halves, self.currency)?;
                Ok(Some(Line { amount, ..line(Much::Count(Decimal::ONE), amount.decimal()) }))
            }
        }
    }

    fn days(&self) -> Minute {
        let cutoff = self.policies.day_starts.minutes().into();
        let day = |at| self.shift.clocks.line.day(at, cutoff);
        day(self.shift.counted.to - 1) - day(self.shift.counted.from) + 1
    }
}
