//! Price and fee of a change, from the lists and the policy in force.

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
use crate::shifts::model::Shift;
use crate::shifts::rules as shifts;
use crate::values::{Amount, ClientId};

/// All that examining a change of this shift reads.
pub fn wants(tx: &Tx, client: ClientId, shift: &Shift) -> Vec<Want> {
    let mut wants = vec![Want::record::<Agency>(tx.context().agency), Want::record::<Client>(client)];
    wants.extend(in_force::wants(client, Some(shift.project)));
    wants.extend(shift.mandate.map(Want::record::<Mandate>));
    wants
}

/// What the change costs: the difference of the estimates, and the fee as of now.
pub fn of(
    tx: &mut Tx,
    client: ClientId,
    shift: &Shift,
    after: &Shift,
    change: &Change,
) -> Run<(PriceDifference, ChangeFee)> {
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
    let Some(policy) = in_force::cancellation(&lists, shift.local_start.date()) else {
        return Ok((difference, ChangeFee::Free {}));
    };
    let charged = rules::charged(shift, after, change)?;
    if charged.is_empty() {
        return Ok((difference, ChangeFee::Free {}));
    }
    let Ok(price) = price else { return Ok((difference, ChangeFee::Unpriced {})) };
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
    Ok((difference, ChangeFee::Known { currency, amount, parts }))
}
