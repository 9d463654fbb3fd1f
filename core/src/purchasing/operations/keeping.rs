//! What both sides do in the same way: entering a purchase order and changing it.

use std::mem::discriminant;

use chrono::Days;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Grant;
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::purchasing::events::PurchasingEvent;
use crate::purchasing::model::{OnExcess, PurchaseLimit, PurchaseOrder, Usage};
use crate::values::{ClientId, Currency, Day, Instant, PurchaseOrderId, Text, Zone};

/// What of a purchase order can be changed. All of it is set as a whole.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PurchaseOrderTerms {
    pub limit: PurchaseLimit,
    pub on_excess: OnExcess,
    pub valid_from: Day,
    /// The last day on which it can be ordered on.
    pub valid_until: Day,
    /// Whose days these are.
    pub zone: Zone,
    /// Off: it cannot be chosen, and stays where it is used.
    #[serde(default = "on")]
    pub active: bool,
}

const fn on() -> bool {
    true
}

/// Numbers are unique at a client.
const NUMBERS: &str = "purchase_order_number";

pub(super) fn wants(tx: &Tx, client: ClientId, number: &Text<60>) -> [Want; 3] {
    [
        Want::record::<Client>(client),
        Want::record::<Agency>(tx.context().agency),
        Want::Claim { space: NUMBERS, name: format!("{client}/{number}") },
    ]
}

pub(super) fn create(
    tx: &mut Tx,
    grant: &Grant,
    client: ClientId,
    number: &Text<60>,
    terms: &PurchaseOrderTerms,
    used_before: Option<PurchaseLimit>,
) -> Run<PurchaseOrder> {
    let client: Client = tx.get(client)?;
    let name = format!("{}/{number}", client.id);
    if tx.holder(Want::Claim { space: NUMBERS, name: name.clone() })?.is_some() {
        return Err(Refusal::new(Code::NameTaken).at("number").into());
    }
    let currency = currency(tx)?;
    let (starts_at, ends_at) = terms.checked(currency)?;
    let before = used(terms.limit, used_before)?;
    let order = PurchaseOrder {
        id: tx.new_id(),
        client: client.id,
        number: number.clone(),
        limit: terms.limit,
        on_excess: terms.on_excess,
        valid_from: terms.valid_from,
        valid_until: terms.valid_until,
        zone: terms.zone.clone(),
        starts_at,
        ends_at,
        active: terms.active,
        before,
        accepted: Usage::default(),
        holdings: Vec::new(),
        told_of_end: false,
        revision: 1,
        created_at: tx.now(),
    };
    tx.take(grant, NUMBERS, &name, order.id);
    tx.put(grant, &order)?;
    tx.emit(grant, &PurchasingEvent::Created { purchase_order: order.id, client: client.id })?;
    Ok(order)
}

pub(super) fn update_wants(tx: &Tx, id: PurchaseOrderId) -> [Want; 2] {
    [Want::record::<PurchaseOrder>(id), Want::record::<Agency>(tx.context().agency)]
}

pub(super) fn update(
    tx: &mut Tx,
    grant: &Grant,
    mut order: PurchaseOrder,
    revision: u32,
    terms: &PurchaseOrderTerms,
) -> Run<PurchaseOrder> {
    if revision != order.revision {
        return Err(Refusal::new(Code::StaleRevision).at("revision").with("revision", order.revision).into());
    }
    let currency = currency(tx)?;
    let (starts_at, ends_at) = terms.checked(currency)?;
    // What is used is counted both ways, but what was used before was said in one of them.
    let is_other = discriminant(&terms.limit) != discriminant(&order.limit);
    if is_other && order.before != Usage::default() {
        return Err(Refusal::new(Code::NotOneOf)
            .at("terms.limit")
            .with("expected", "what it counts now")
            .into());
    }
    order.told_of_end &= ends_at == order.ends_at;
    (order.starts_at, order.ends_at) = (starts_at, ends_at);
    (order.valid_from, order.valid_until) = (terms.valid_from, terms.valid_until);
    order.zone.clone_from(&terms.zone);
    (order.limit, order.on_excess, order.active) = (terms.limit, terms.on_excess, terms.active);
    order.revision += 1;
    tx.put(grant, &order)?;
    let (purchase_order, client) = (order.id, order.client);
    tx.emit(grant, &PurchasingEvent::Changed { purchase_order, client, revision: order.revision })?;
    Ok(order)
}

fn currency(tx: &mut Tx) -> Run<Currency> {
    Ok(tx.get::<Agency>(tx.context().agency)?.currency)
}

/// Everything of an agency is in one currency.
fn limit(limit: PurchaseLimit, currency: Currency) -> Result<(), Refusal> {
    match limit {
        PurchaseLimit::Value { money } if money.currency != currency => {
            Err(Refusal::new(Code::CurrencyMixed).at("terms.limit.money.currency").with("expected", currency))
        }
        PurchaseLimit::Value { money } => match money.checked() {
            Ok(_) => Ok(()),
            Err(fault) => Err(Refusal::from(fault).at("terms.limit.money.amount")),
        },
        PurchaseLimit::Hours { hours: 1..=10_000_000 } => Ok(()),
        PurchaseLimit::Hours { .. } => {
            Err(Refusal::new(Code::OutOfRange).at("terms.limit.hours").with("expected", "1 to 10000000"))
        }
    }
}

fn used(limit: PurchaseLimit, used: Option<PurchaseLimit>) -> Result<Usage, Refusal> {
    let of_other =
        || Refusal::new(Code::NotOneOf).at("used_before").with("expected", "what the limit counts");
    match (limit, used) {
        (_, None) => Ok(Usage::default()),
        (PurchaseLimit::Value { money: most }, Some(PurchaseLimit::Value { money })) => {
            if most.currency != money.currency {
                return Err(of_other());
            }
            let money =
                money.checked().map_err(|fault| Refusal::from(fault).at("used_before.money.amount"))?;
            Ok(Usage { amount: money.amount, minutes: 0 })
        }
        (PurchaseLimit::Hours { .. }, Some(PurchaseLimit::Hours { hours })) => {
            Ok(Usage { minutes: u64::from(hours) * 60, ..Usage::default() })
        }
        (_, Some(_)) => Err(of_other()),
    }
}

impl PurchaseOrderTerms {
    /// The first instant of the first day and the first behind the last.
    fn checked(&self, currency: Currency) -> Result<(Instant, Instant), Refusal> {
        limit(self.limit, currency)?;
        if self.valid_until < self.valid_from {
            return Err(Refusal::new(Code::EndBeforeStart).at("terms.valid_until"));
        }
        let behind = self.valid_until.date().checked_add_days(Days::new(1)).and_then(Day::of);
        let behind = behind.ok_or_else(|| {
            Refusal::new(Code::OutOfRange)
                .at("terms.valid_until")
                .with("expected", "a date before 9998-12-31")
        })?;
        match self.zone.starts_of(&[self.valid_from, behind])?.as_slice() {
            [starts_at, ends_at] => Ok((*starts_at, *ends_at)),
            _ => Err(Refusal::new(Code::Internal).with("reason", "two days have two beginnings")),
        }
    }
}
