//! Price and fee of a change, from the lists and the policy in force: together what the client pays more or less.

use super::model::{Change, ChangeFee, PriceDifference};
use super::rules;
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::pricing::engine::Book;
use crate::pricing::fees::{self, Cancellation};
use crate::pricing::in_force;
use crate::pricing::list::PriceList;
use crate::purchasing::model::{ApprovalChain, PurchaseOrder};
use crate::shifts::model::Shift;
use crate::shifts::rules::{self as shifts, NoPrice, ShiftPrice};
use crate::values::{Amount, ClientId, Currency, Instant, Money};

/// All that examining a change of this shift reads.
pub fn wants(tx: &Tx, client: ClientId, shift: &Shift) -> Vec<Want> {
    let mut wants = vec![Want::record::<Agency>(tx.context().agency), Want::record::<Client>(client)];
    wants.extend(in_force::wants(client, Some(shift.project)));
    wants.extend(shift.mandate.map(Want::record::<Mandate>));
    wants.extend(shift.on_order.map(|on| Want::record::<PurchaseOrder>(on.purchase_order)));
    wants.push(Want::record::<ApprovalChain>(client));
    wants
}

/// What a change costs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cost {
    pub currency: Currency,
    /// The difference of the estimates.
    pub price: PriceDifference,
    /// As of now.
    pub fee: ChangeFee,
    /// How much more the work costs afterwards, or less, before VAT: of a range its upper ends. None if it may cost more
    /// and nobody can say how much.
    pub work: Option<Amount>,
}

impl Cost {
    /// How much more the client pays, the fee with it.
    pub fn rise(&self) -> Option<Money> {
        let amount = self.work?.checked_add(self.fee.amount())?;
        Some(Money { currency: self.currency, amount })
    }
}

/// What the change costs: work and fee.
pub fn of(tx: &mut Tx, client: ClientId, shift: &Shift, after: &Shift, change: &Change) -> Run<Cost> {
    let agency: Agency = tx.get(tx.context().agency)?;
    let lists = in_force::lists(tx, client, Some(shift.project))?;
    let mandate = match shift.mandate {
        Some(mandate) => tx.find::<Mandate>(mandate)?,
        None => None,
    };
    let ordered_at = mandate.map(|mandate| mandate.submitted_at);
    let (now, currency) = (tx.now(), agency.currency);
    let first = ordered_at.unwrap_or(now);
    let book = Book::with_zones(currency, &lists, shifts::zones(&shift.zone))?;
    let price = shifts::price(shift, &book, currency, first)?;
    let price_after = shifts::price(after, &book, currency, first)?;
    let difference = rules::difference(currency, price.clone(), price_after)?;
    let most = match difference {
        PriceDifference::Priced { net_difference, .. } => Some(net_difference),
        PriceDifference::Unpriced { .. } => {
            let most = |shift| shifts::most(shift, &book, currency, first);
            most(after)?.zip(most(shift)?).and_then(|(after, before)| after.checked_sub(before))
        }
    };
    let fee = fee(shift, after, change, Facts { lists: &lists, price, ordered_at, now, currency })?;
    Ok(Cost { currency, price: difference, fee, work: rules::rise(shift, change, most) })
}

/// What the fee is computed from.
struct Facts<'a> {
    lists: &'a [PriceList],
    price: Result<ShiftPrice, NoPrice>,
    ordered_at: Option<Instant>,
    now: Instant,
    currency: Currency,
}

fn fee(shift: &Shift, after: &Shift, change: &Change, facts: Facts) -> Result<ChangeFee, Refusal> {
    let Facts { lists, price, ordered_at, now, currency } = facts;
    let Some(policy) = in_force::cancellation(lists, shift.local_start.date()) else {
        return Ok(ChangeFee::Free {});
    };
    let charged = rules::charged(shift, after, change)?;
    if charged.is_empty() {
        return Ok(ChangeFee::Free {});
    }
    let Ok(price) = price else { return Ok(ChangeFee::Unpriced {}) };
    let mut parts = Vec::with_capacity(charged.len());
    let mut amount = Amount::rounded(rust_decimal::Decimal::ZERO, currency);
    for charged in charged {
        let part = |index: usize| {
            let part = charged.parts.get(index).copied();
            part.ok_or_else(|| Refusal::new(Code::Internal).with("reason", "a position without a part"))
        };
        let facts = Cancellation {
            on: charged.on,
            currency,
            zone: shift.zone.clone(),
            start: shift.starts_at,
            end: shift.ends_at,
            cancelled_at: now,
            posted_at: ordered_at,
            reason: None,
            groups: shifts::slot_groups(shift, &price, part)?,
        };
        let preview = fees::preview(policy, &facts)?;
        amount = amount.checked_add(preview.fee).ok_or_else(|| Refusal::new(Code::AmountTooLarge))?;
        parts.push(preview);
    }
    Ok(ChangeFee::Known { currency, amount, parts })
}
