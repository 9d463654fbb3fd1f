//! What the parts of a shift take of the purchase order that it is on: always together what the whole did.

use super::work_minutes;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::purchasing::model::{OnOrder, Usage};
use crate::purchasing::rules::usage::add;
use crate::shifts::model::Shift;
use crate::values::Amount;

/// The new shift was split off this one: it takes as much of what both take as it has of their work.
pub fn share_order(shift: &mut Shift, new: &mut Shift) {
    let Some(OnOrder { purchase_order, usage }) = shift.on_order else { return };
    let (own, split_off) = (work_minutes(shift), work_minutes(new));
    let whole = own.saturating_add(split_off);
    let part = |all: u64| {
        let part = (u128::from(all) * u128::from(split_off)).checked_div(u128::from(whole));
        part.and_then(|part| u64::try_from(part).ok()).unwrap_or(0)
    };
    let amount = usage.amount.share(split_off, whole);
    let (amount, rest) = match usage.amount.checked_sub(amount) {
        Some(rest) => (amount, rest),
        None => (Amount::ZERO, usage.amount),
    };
    let minutes = part(usage.minutes);
    new.on_order = Some(OnOrder { purchase_order, usage: Usage { amount, minutes } });
    let usage = Usage { amount: rest, minutes: usage.minutes.saturating_sub(minutes) };
    shift.on_order = Some(OnOrder { purchase_order, usage });
}

/// The other shift is taken in by this one, with what it takes. On two purchase orders at once there is no shift.
pub fn join_orders(shift: &mut Shift, other: &mut Shift) -> Result<(), Refusal> {
    let joined = match (shift.on_order, other.on_order.take()) {
        (Some(one), Some(two)) if one.purchase_order != two.purchase_order => {
            let expected = "a shift on the same purchase order";
            return Err(Refusal::new(Code::ShiftsNotMergeable).at("how.shift").with("expected", expected));
        }
        (Some(one), Some(two)) => Some(OnOrder { usage: add(one.usage, two.usage), ..one }),
        (one, two) => one.or(two),
    };
    shift.on_order = joined;
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{join_orders, share_order};
    use crate::codes::Code;
    use crate::purchasing::model::{OnOrder, Usage};
    use crate::purchasing::rules::sample::amount;
    use crate::shifts::model::Shift;
    use crate::shifts::rules::sample;
    use crate::values::{LocalTime, PurchaseOrderId};

    fn on(order: u128, text: &str, minutes: u64) -> OnOrder {
        let purchase_order = PurchaseOrderId::new(Uuid::from_u128(order));
        OnOrder { purchase_order, usage: Usage { amount: amount(text), minutes } }
    }

    /// 10:00 to 18:00 in two groups, on a purchase order.
    fn shift(heads: &[u32], text: &str, minutes: u64) -> Shift {
        Shift { on_order: Some(on(1, text, minutes)), ..sample::shift(heads) }
    }

    fn both(own: &Shift, new: &Shift) -> [OnOrder; 2] {
        [own, new].map(|shift| shift.on_order.unwrap())
    }

    #[test]
    fn l18_parts_of_a_split_shift_take_together_what_the_whole_took() {
        // Two heads stay, one goes: a third of 100.00, to the cent.
        let (mut own, mut new) = (shift(&[2], "100.00", 1440), shift(&[1], "100.00", 1440));
        share_order(&mut own, &mut new);
        assert_eq!(both(&own, &new), [on(1, "66.67", 960), on(1, "33.33", 480)]);
        // By time: three of eight hours stay.
        let (mut own, mut new) = (shift(&[1], "80.00", 480), shift(&[1], "80.00", 480));
        let noon = LocalTime::parse("2026-09-12T13:00").unwrap();
        (own.ends_at, own.local_end) = (sample::at("2026-09-12T11:00:00Z"), noon);
        (new.starts_at, new.local_start) = (own.ends_at, noon);
        share_order(&mut own, &mut new);
        assert_eq!(both(&own, &new), [on(1, "30.00", 180), on(1, "50.00", 300)]);
        // Put together again.
        join_orders(&mut own, &mut new).unwrap();
        assert_eq!((own.on_order, new.on_order), (Some(on(1, "80.00", 480)), None));
    }

    #[test]
    fn l18_a_shift_without_a_purchase_order_stays_so_and_two_are_not_mixed() {
        let (mut own, mut new) = (sample::shift(&[1]), sample::shift(&[1]));
        share_order(&mut own, &mut new);
        assert_eq!((own.on_order, new.on_order), (None, None));
        let mut one = shift(&[1], "80.00", 480);
        join_orders(&mut own, &mut one).unwrap();
        assert_eq!(own.on_order, Some(on(1, "80.00", 480)));
        let mut other = Shift { on_order: Some(on(2, "1.00", 60)), ..sample::shift(&[1]) };
        assert_eq!(join_orders(&mut own, &mut other).unwrap_err().code, Code::ShiftsNotMergeable);
    }
}
