//! Minimum calls: the minutes that are missing to them, and what they cost.

use rust_decimal::Decimal;

use super::active::Active;
use super::clock::Minute;
use super::lines::{Line, Much};
use super::position::Job;
use super::prices::too_large;
use super::ready::{Price, Ready};
use super::shift::Part;
use super::stretch::{self, Stretch, Stretches};
use crate::engine::Refusal;
use crate::pricing::exact;
use crate::pricing::list::{MinimumCounts, Unit};
use crate::pricing::totals;
use crate::values::{Amount, Percent};

impl<'b> Job<'b, '_> {
    /// The top-up to a minimum call: at the price of the last minute, without premiums unless the rule names them.
    pub(super) fn minimum(&self, paid: &[Stretch], found: &mut Vec<Line<'b>>) -> Result<(), Refusal> {
        let (Some(lead), Some(last)) = (self.first(paid), paid.last()) else { return Ok(()) };
        let total = stretch::minutes(paid);
        for rule in minimum_rules(lead) {
            let counted = match self.policies.minimum_call {
                MinimumCounts::AfterBreaks => total,
                MinimumCounts::BeforeBreaks => self.shift.counted.minutes(),
            };
            let minutes = missing(rule, counted, self.planned_paid(total));
            if minutes == 0 {
                continue;
            }
            let Some(price) = self.minimum_price(rule, last)? else { continue };
            let end = self.shift.counted.to;
            let part = Part { from: end, to: end + minutes };
            found.push(self.line(lead.list(), rule, Much::Minutes(minutes), price, part));
        }
        Ok(())
    }

    /// What a slot costs whose worker is sent away at once: the whole minimum, at the price of the first minute.
    pub(super) fn minimum_call(&mut self) -> Result<Amount, Refusal> {
        let mut sum = Amount::rounded(Decimal::ZERO, self.currency);
        let mut paid = Stretches::new();
        if self.cut(self.shift.counted, &mut paid).is_err() {
            return Ok(sum);
        }
        self.take_breaks(&mut paid)?;
        let (Some(lead), Some(first)) = (self.first(&paid), paid.first()) else { return Ok(sum) };
        for rule in minimum_rules(lead) {
            let minutes = missing(rule, 0, self.planned_paid(stretch::minutes(&paid)));
            let Some(price) = self.minimum_price(rule, first)? else { continue };
            let amount = totals::amount_of_minutes(minutes, price, self.currency)?;
            sum = sum.checked_add(amount).ok_or_else(too_large)?;
        }
        Ok(sum)
    }

    /// The price of a minute of the minimum, next to a stretch.
    fn minimum_price(&self, rule: &Ready, next_to: &Stretch) -> Result<Option<Decimal>, Refusal> {
        match &rule.price {
            Price::PerHour(amount) => Ok(Some(*amount)),
            Price::Each(_) => Ok(None),
            Price::Share(share, of) => {
                let Some(active) = self.actives.get(next_to.active) else { return Ok(None) };
                let kinds = active.kinds();
                let charges = kinds.charges(kinds.tariff_of(next_to.kind, None))?;
                let mut named = charges
                    .iter()
                    .filter_map(|at| active.charge(*at))
                    .filter(|(priced, _)| of.contains(&priced.component))
                    .peekable();
                if named.peek().is_none() {
                    return Ok(None);
                }
                let sum = named.try_fold(Decimal::ZERO, |sum, (_, per_hour)| sum.checked_add(per_hour));
                Ok(Some(sum.and_then(|sum| sum.checked_mul(*share)).ok_or_else(too_large)?))
            }
        }
    }
}

/// The minimum calls that hold, one for each component.
fn minimum_rules<'b>(lead: &Active<'b, '_>) -> impl Iterator<Item = &'b Ready> {
    let mut last = None;
    lead.rules(&lead.kinds().minimum).filter(move |rule| {
        let holds = last != Some(rule.component) && lead.holds_at_start(rule);
        if holds {
            last = Some(rule.component);
        }
        holds
    })
}

/// Minutes that are missing to a minimum call.
fn missing(rule: &Ready, counted: Minute, planned: Minute) -> Minute {
    let Unit::MinimumCall { minutes, percent_of_planned, at_most_planned } = &rule.unit else { return 0 };
    let least = share(*percent_of_planned, planned).max((*minutes).into());
    let least = if *at_most_planned { least.min(planned) } else { least };
    (least - counted).max(0)
}

/// So many per cent of some minutes, in whole minutes that are begun.
fn share(percent: Percent, minutes: Minute) -> Minute {
    let percent = percent.decimal();
    if percent.is_zero() {
        return 0;
    }
    let whole = exact::power(percent.scale() + 2).unwrap_or(1);
    let share = exact::times(minutes.into(), percent.mantissa()).unwrap_or(0);
    i64::try_from((share + whole - 1) / whole).unwrap_or(0)
}
