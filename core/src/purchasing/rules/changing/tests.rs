//! Purchase orders and approval chains when shifts change after acceptance.

use uuid::Uuid;

use super::{may_ask_for, route_rise};
use crate::codes::Code;
use crate::purchasing::model::{
    ApprovalChain, ApprovalLimit, Approver, Holder, Holding, OnExcess, PurchaseLimit, PurchaseOrder, Usage,
    UsageChange,
};
use crate::purchasing::rules::approval::{NoApproval, Route};
use crate::purchasing::rules::sample::{amount, at, order};
use crate::values::{Amount, Bounded, ClientId, MandateId, Money, ShiftId, Text, UserId};

const NOW: &str = "2026-09-01T08:00:00Z";
const START: &str = "2026-09-12T08:00:00Z";

const fn shift(number: u128) -> Holder {
    Holder::Shift(ShiftId::new(Uuid::from_u128(number)))
}

fn change(text: &str, minutes: i64) -> UsageChange {
    UsageChange { amount: Some(amount(text)), minutes }
}

fn used(order: &PurchaseOrder) -> Amount {
    order.used(at(NOW), None).amount
}

fn ask(order: &mut PurchaseOrder, number: u128, text: &str) -> Result<bool, Code> {
    let held = order.hold_change(shift(number), change(text, 0), at(START), at(NOW));
    held.map(|crossed| crossed.three_quarters).map_err(|refusal| refusal.code)
}

#[test]
fn l18_a_change_warns_at_three_quarters_and_is_stopped_where_it_goes_beyond_all() {
    let mut strict = order(OnExcess::Stop);
    assert_eq!(ask(&mut strict, 1, "99.99"), Ok(false), "7 499.99");
    assert_eq!(ask(&mut strict, 1, "100.00"), Ok(true), "7 500.00 in place of that");
    assert_eq!(ask(&mut strict, 2, "2500.01"), Err(Code::PurchaseOrderExceeded), "10 000.01");
    assert_eq!(used(&strict), amount("7500.00"), "nothing was written");
    assert_eq!(ask(&mut strict, 2, "2500.00"), Ok(false), "exactly all of it");
    assert_eq!(ask(&mut strict, 3, "0.01"), Err(Code::PurchaseOrderExceeded));
    let mut warned = order(OnExcess::Warn);
    assert_eq!(ask(&mut warned, 1, "2600.01"), Ok(true));
}

#[test]
fn l18_what_is_asked_for_is_held_and_what_is_given_back_is_free_only_when_that_is_certain() {
    let mut order = order(OnExcess::Stop);
    assert_eq!(ask(&mut order, 1, "2600.00"), Ok(true));
    // Another request for the same shift takes its place: it gives 300.00 back, but is not approved yet.
    assert_eq!(ask(&mut order, 1, "-300.00"), Ok(false));
    assert_eq!((used(&order), order.holdings.len()), (amount("7400"), 0));
    assert_eq!(ask(&mut order, 2, "2600.01"), Err(Code::PurchaseOrderExceeded));
    order.settle_change(shift(1), change("-300.00", -480));
    assert_eq!(used(&order), amount("7100.00"));
    assert_eq!(ask(&mut order, 2, "2900.00"), Ok(true));
    assert!(order.release(shift(2)), "declined");
    assert_eq!(used(&order), amount("7100.00"));
}

#[test]
fn l18_a_change_that_gives_back_is_never_stopped_also_where_too_much_is_used() {
    let mut order = order(OnExcess::Stop);
    order.limit = PurchaseLimit::Value { money: money("EUR", "5000.00") };
    assert_eq!(ask(&mut order, 1, "-1.00"), Ok(false));
    assert_eq!(ask(&mut order, 1, "0.00"), Ok(false));
    assert_eq!(ask(&mut order, 1, "0.01"), Err(Code::PurchaseOrderExceeded));
}

#[test]
fn l18_what_nobody_answered_in_time_holds_nothing() {
    let mut order = order(OnExcess::Stop);
    ask(&mut order, 1, "2000.00").unwrap();
    assert_eq!(order.used(at("2026-09-12T07:59:59Z"), None).amount, amount("9400.00"));
    assert_eq!(order.used(at(START), None).amount, amount("7400"));
}

#[test]
fn l18_hours_go_up_and_down_and_a_change_without_a_price_is_stopped_only_in_money() {
    let unpriced = UsageChange { amount: None, minutes: 60 };
    let mut order = order(OnExcess::Stop);
    let refusal = order.hold_change(shift(1), unpriced, at(START), at(NOW)).unwrap_err();
    assert_eq!(refusal.code, Code::PurchaseOrderUnpriced);
    order.limit = PurchaseLimit::Hours { hours: 2 };
    order.hold_change(shift(1), unpriced, at(START), at(NOW)).unwrap();
    // Dearer, but shorter: money is held and no hour.
    order.hold_change(shift(2), change("50.00", -30), at(START), at(NOW)).unwrap();
    assert_eq!(order.used(at(NOW), None), Usage { amount: amount("7450.00"), minutes: 60 });
    let more = order.hold_change(shift(3), change("0.00", 61), at(START), at(NOW)).unwrap_err();
    assert_eq!(more.code, Code::PurchaseOrderExceeded, "121 of 120 minutes");
    order.settle_change(shift(1), unpriced);
    order.settle_change(shift(2), change("50.00", -30));
    assert_eq!(order.used(at(NOW), None), Usage { amount: amount("7450.00"), minutes: 30 });
}

#[test]
fn l18_an_undo_takes_again_what_was_given_back_but_never_beyond_a_hard_stop() {
    let mut order = order(OnExcess::Stop);
    let usage = Usage { amount: amount("800.00"), minutes: 2400 };
    order.accepted = usage;
    order.settle_change(shift(1), usage.given_back().with_fee(amount("400.00")));
    assert_eq!(order.used(at(NOW), None), Usage { amount: amount("7800.00"), minutes: 0 }, "the fee stays");
    order.settle_change(shift(1), UsageChange::fee_back(amount("400.00")));
    assert_eq!(used(&order), amount("7400.00"), "unless it is waived");
    let mut full = order.clone();
    assert!(order.take_again(usage, at(NOW)).unwrap().three_quarters, "8 200.00");
    assert_eq!(order.used(at(NOW), None), Usage { amount: amount("8200.00"), minutes: 2400 });
    ask(&mut full, 2, "1800.01").unwrap();
    assert_eq!(full.take_again(usage, at(NOW)).unwrap_err().code, Code::PurchaseOrderExceeded, "10 000.01");
    assert_eq!(used(&full), amount("9200.01"));
}

#[test]
fn l18_what_was_kept_of_a_mandate_before_changes_were_held_reads_as_it_did() {
    let mandate = MandateId::new(Uuid::from_u128(5));
    let kept = serde_json::json!({
        "mandate": mandate, "amount": "200.00", "minutes": 480, "expires_at": null, "in_house": true,
    });
    let read: Holding = serde_json::from_value(kept.clone()).unwrap();
    assert_eq!(read.by, Holder::Mandate(mandate));
    assert_eq!(serde_json::to_value(&read).unwrap(), kept);
}

const A: UserId = UserId::new(Uuid::from_u128(1));
const B: UserId = UserId::new(Uuid::from_u128(2));
const ANNA: UserId = UserId::new(Uuid::from_u128(9));

fn money(currency: &str, amount: &str) -> Money {
    serde_json::from_value(serde_json::json!({ "currency": currency, "amount": amount })).unwrap()
}

/// Anna up to 500 EUR, A up to 2 000 GBP, B up to 2 000 EUR; what costs 100 EUR or less needs nobody.
fn chain(within_own_limit: bool) -> ApprovalChain {
    let up_to = |user, currency, amount| Approver {
        user,
        up_to: ApprovalLimit::UpTo { money: money(currency, amount) },
    };
    let approvers = vec![up_to(ANNA, "EUR", "500"), up_to(A, "GBP", "2000"), up_to(B, "EUR", "2000")];
    ApprovalChain {
        client: ClientId::new(Uuid::nil()),
        on: true,
        threshold: Some(money("EUR", "100")),
        within_own_limit,
        reason: Text::parse("above all limits").unwrap(),
        approvers: Bounded::new(approvers).unwrap(),
        revision: 1,
    }
}

fn route(chain: &ApprovalChain, rise: &str, acting: Option<UserId>) -> Route {
    route_rise(Some(chain), Some(money("EUR", rise)), Some(ANNA), acting)
}

#[test]
fn l19_only_what_costs_more_needs_a_limit_and_the_rise_alone_is_held_against_it() {
    let chain = chain(true);
    let asked = |rise| route(&chain, rise, Some(ANNA));
    for lower in ["-800.00", "0.00"] {
        assert_eq!(asked(lower), Route::NotNeeded(NoApproval::CostsNoMore));
    }
    assert_eq!(asked("100.00"), Route::NotNeeded(NoApproval::BelowThreshold));
    assert_eq!(asked("500.00"), Route::NotNeeded(NoApproval::WithinOwnLimit), "exactly the limit");
    assert_eq!(asked("500.01"), Route::Ask(B), "A's limit is in another currency");
    assert_eq!(asked("2000.01"), Route::Nobody);
    assert_eq!(route(&chain, "500.00", None), Route::Ask(B), "in another's place it is not lent");
    let off = ApprovalChain { on: false, ..chain.clone() };
    assert_eq!(route(&off, "9000.00", Some(ANNA)), Route::NotNeeded(NoApproval::Off));
    assert_eq!(route_rise(None, None, Some(ANNA), Some(ANNA)), Route::NotNeeded(NoApproval::Off));
}

#[test]
fn l19_a_change_is_refused_to_whom_a_limit_is_missing_with_who_could_ask() {
    let refused = |chain: &ApprovalChain, rise: Option<Money>, route: Route| {
        let refusal = may_ask_for(Some(chain), rise, route).unwrap_err();
        (refusal.code, refusal.details)
    };
    let rise = Some(money("EUR", "500.01"));
    let (own, others) = (chain(true), chain(false));
    let b = ("approver", B.to_string());
    assert_eq!(refused(&own, rise, Route::Ask(B)), (Code::ChangeNeedsApprover, vec![b]));
    // Where nobody orders within their own limit, B could not ask either.
    assert_eq!(refused(&others, rise, Route::Ask(B)), (Code::ChangeNeedsApprover, Vec::new()));
    assert_eq!(refused(&own, None, Route::Ask(B)), (Code::ChangeNeedsApprover, Vec::new()), "no price");
    let reason = ("reason", "above all limits".to_owned());
    assert_eq!(refused(&own, rise, Route::Nobody), (Code::NobodyCanApprove, vec![reason]));
    assert!(may_ask_for(Some(&own), rise, Route::NotNeeded(NoApproval::WithinOwnLimit)).is_ok());
}

#[test]
fn l19_what_may_cost_more_by_nobody_knows_how_much_is_within_no_limit() {
    let mut chain = chain(true);
    let asked = |chain: &ApprovalChain| route_rise(Some(chain), None, Some(ANNA), Some(ANNA));
    assert_eq!(asked(&chain), Route::Nobody);
    let free = |user| Approver { user, up_to: ApprovalLimit::Unlimited {} };
    chain.approvers = Bounded::new(vec![free(A), free(B)]).unwrap();
    assert_eq!(asked(&chain), Route::Ask(B));
    chain.approvers = Bounded::new(vec![free(ANNA)]).unwrap();
    assert_eq!(route(&chain, "99999.00", Some(ANNA)), Route::NotNeeded(NoApproval::WithinOwnLimit));
}
