//! What a change takes of the purchase order that its shift is on, and what becomes of that when the request ends.

use super::ChangeAction;
use crate::changes::model::{Change, ChangeRequest};
use crate::purchasing::model::{OnOrder, Taken, UsageChange};
use crate::shifts::model::Shift;
use crate::shifts::rules::work_minutes;
use crate::values::Amount;

/// How much more the work costs, at most: the difference, if there is one. Without it, what cannot cost more costs no
/// more; of anything else nobody can say.
pub fn rise(shift: &Shift, change: &Change, difference: Option<Amount>) -> Option<Amount> {
    let costs_no_more = match change {
        Change::Cancel {} | Change::Note { .. } => true,
        Change::Headcount { position, headcount } => {
            shift.positions.iter().any(|one| one.id == *position && *headcount <= one.headcount)
        }
        Change::Times { .. } | Change::Skill { .. } => false,
    };
    difference.or(costs_no_more.then_some(Amount::ZERO))
}

/// What the change takes of the shift's purchase order, if it is on one: as much as the work costs more, or less.
///
/// A shift that is called off gives back all that it takes, whatever it would cost by the prices of today; another
/// change never more than that.
pub fn taken(shift: &Shift, after: &Shift, change: &Change, work: Option<Amount>) -> Option<Taken> {
    let OnOrder { purchase_order, usage } = shift.on_order?;
    let all = usage.given_back();
    if matches!(change, Change::Cancel {}) {
        return Some(Taken { purchase_order, work: all });
    }
    let least = all.amount.unwrap_or_default().min(Amount::ZERO);
    let minutes = |shift: &Shift| i64::try_from(work_minutes(shift)).unwrap_or(i64::MAX);
    let minutes = minutes(after).saturating_sub(minutes(shift)).max(all.minutes);
    Some(Taken { purchase_order, work: UsageChange { amount: work.map(|work| work.max(least)), minutes } })
}

/// What the shift takes from now on. One that is called off keeps what it took, for an undo.
pub fn ordered(shift: &mut Shift, request: &ChangeRequest) {
    let Some((on_order, taken)) = shift.on_order.as_mut().zip(request.taken) else { return };
    if !matches!(request.change, Change::Cancel {}) {
        on_order.usage = on_order.usage.changed(taken.work);
    }
}

/// What becomes of what a request holds of a purchase order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It is used, or given back, for good.
    Settled(UsageChange),
    /// Nothing comes of it.
    GivenUp,
    /// It stays as it is settled, but for the fee.
    FeeBack(UsageChange),
}

/// What the next step of a request does to what it takes. A fee that is waived is not used.
pub fn ended(request: &ChangeRequest, taken: Taken, action: ChangeAction) -> Ended {
    let fee = request.fee.amount();
    match action {
        ChangeAction::Approve if request.waived.is_some() => Ended::Settled(taken.work),
        ChangeAction::Approve => Ended::Settled(taken.work.with_fee(fee)),
        ChangeAction::Decline | ChangeAction::Withdraw | ChangeAction::Supersede => Ended::GivenUp,
        ChangeAction::WaiveFee => Ended::FeeBack(UsageChange::fee_back(fee)),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{rise, taken};
    use crate::changes::model::Change;
    use crate::changes::rules::plan;
    use crate::purchasing::model::{OnOrder, Usage, UsageChange};
    use crate::purchasing::rules::sample::amount;
    use crate::shifts::model::Shift;
    use crate::shifts::rules::sample;
    use crate::values::{Amount, LocalTime, PositionId, PurchaseOrderId, Text};

    /// Five from ten to six, which takes 800.00 of a purchase order and 5 x 8 hours.
    fn shift() -> Shift {
        let usage = Usage { amount: amount("800.00"), minutes: 2400 };
        let on_order = OnOrder { purchase_order: PurchaseOrderId::new(Uuid::from_u128(7)), usage };
        Shift { on_order: Some(on_order), ..sample::shift(&[5]) }
    }

    fn heads(headcount: u32) -> Change {
        Change::Headcount { position: PositionId::new(Uuid::from_u128(1)), headcount }
    }

    fn work(shift: &Shift, change: &Change, difference: Option<&str>) -> (Option<Amount>, i64) {
        let now = sample::at(sample::EVE);
        let after = plan(shift, change, None, now, now).unwrap().shift;
        let cost = rise(shift, change, difference.map(amount));
        let UsageChange { amount, minutes } = taken(shift, &after, change, cost).unwrap().work;
        (amount, minutes)
    }

    #[test]
    fn l18_a_change_takes_what_it_costs_more_and_gives_back_what_it_costs_less() {
        let times = |end: &str| Change::Times {
            start: LocalTime::parse("2026-09-12T10:00").unwrap(),
            end: LocalTime::parse(end).unwrap(),
            break_minutes: Some(30),
        };
        let shift = shift();
        assert_eq!(work(&shift, &heads(7), Some("416.00")), (Some(amount("416.00")), 960));
        assert_eq!(work(&shift, &heads(3), Some("-320.00")), (Some(amount("-320.00")), -960));
        // Two hours longer, with a break of half an hour: 5 x 90 minutes.
        assert_eq!(work(&shift, &times("2026-09-12T20:00"), Some("150.00")), (Some(amount("150.00")), 450));
        let note = Change::Note { note: Some(Text::parse("Side entrance").unwrap()) };
        assert_eq!(work(&shift, &note, None), (Some(Amount::ZERO), 0));
    }

    #[test]
    fn l18_a_cancellation_gives_back_all_and_nothing_gives_back_more() {
        let shift = shift();
        let all = (Some(amount("-800.00")), -2400);
        // By the prices of today it would be 900.00.
        assert_eq!(work(&shift, &Change::Cancel {}, Some("-900.00")), all);
        assert_eq!(work(&shift, &Change::Cancel {}, None), all);
        let grown = Shift { positions: sample::shift(&[50]).positions, ..shift };
        assert_eq!(work(&grown, &heads(1), Some("-7840.00")), all, "the agency has planned far more");
    }

    #[test]
    fn l18_without_a_price_what_may_cost_more_is_not_known_and_fewer_heads_give_hours_back() {
        let shift = shift();
        assert_eq!(work(&shift, &heads(6), None), (None, 480));
        assert_eq!(work(&shift, &heads(4), None), (Some(Amount::ZERO), -480));
        assert_eq!(work(&shift, &Change::Cancel {}, None).0, Some(amount("-800.00")));
    }

    #[test]
    fn l18_a_shift_on_no_purchase_order_takes_nothing() {
        let shift = sample::shift(&[5]);
        assert_eq!(taken(&shift, &shift, &heads(6), Some(Amount::ZERO)), None);
    }
}
