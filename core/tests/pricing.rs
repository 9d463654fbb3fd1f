//! Estimates against vectors of the domain rules. The names of the tests begin with the vector's id.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use staffgate::pricing::model::{PriceList, PriceScope, Rate};
use staffgate::pricing::{Demand, DemandPosition, Estimate, LineCode, estimate};
use staffgate::shifts::model::Role;
use staffgate::values::{ChargeRate, Currency, Day, Instant, LocalTime, Percent, PriceListId, SkillId, Zone};
use uuid::Uuid;

const WAITER: SkillId = SkillId::new(Uuid::from_u128(1));
const COOK: SkillId = SkillId::new(Uuid::from_u128(2));

fn list(id: u128, scope: PriceScope, valid_from: &str, rates: &[(SkillId, Role, &str)]) -> PriceList {
    PriceList {
        id: PriceListId::new(Uuid::from_u128(id)),
        scope,
        currency: Currency::EUR,
        valid_from: Day::parse(valid_from).unwrap(),
        vat: Percent::parse("21").unwrap(),
        minimum_minutes: 0,
        rates: rates
            .iter()
            .map(|(skill, role, rate)| Rate {
                skill: *skill,
                role: *role,
                per_hour: ChargeRate::parse(rate).unwrap(),
            })
            .collect(),
        published_at: Instant::parse("2026-01-01T00:00:00Z").unwrap(),
    }
}

fn basic(rate: &str) -> PriceList {
    list(1, PriceScope::Basic, "2020-01-01", &[(WAITER, Role::Staff, rate)])
}

fn position(headcount: u32, start: &str, end: &str, break_minutes: u32) -> DemandPosition {
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let span = zone.resolve_span(LocalTime::parse(start).unwrap(), LocalTime::parse(end).unwrap()).unwrap();
    DemandPosition {
        skill: WAITER,
        skill_name: "Waiter".into(),
        role: Role::Staff,
        headcount,
        span,
        break_minutes,
    }
}

fn demand(positions: Vec<DemandPosition>) -> Demand {
    Demand { zone: Zone::parse("Europe/Berlin").unwrap(), positions }
}

fn of(lists: &[PriceList], positions: Vec<DemandPosition>) -> Estimate {
    estimate(Currency::EUR, lists, &demand(positions)).unwrap()
}

fn figures(estimate: &Estimate) -> (String, String, String) {
    let Estimate::Priced { net, vat_total, total, .. } = estimate else { panic!("unpriced: {estimate:?}") };
    (net.to_string(), vat_total.to_string(), total.to_string())
}

fn net(estimate: &Estimate) -> String {
    figures(estimate).0
}

#[test]
fn p3_a_shift_over_a_change_of_prices_pays_each_part_at_its_own() {
    let old = list(1, PriceScope::Basic, "2026-01-01", &[(WAITER, Role::Staff, "20.00")]);
    let new = list(2, PriceScope::Basic, "2026-04-01", &[(WAITER, Role::Staff, "22.00")]);
    let shift = position(1, "2026-03-31T22:00", "2026-04-01T06:00", 0);
    for lists in [vec![old.clone(), new.clone()], vec![new, old]] {
        assert_eq!(net(&of(&lists, vec![shift.clone()])), "172.00");
    }
}

#[test]
fn m1_a_minimum_call_of_four_hours() {
    let mut prices = basic("20.00");
    prices.minimum_minutes = 240;
    let lists = [prices];
    let short = of(&lists, vec![position(1, "2026-06-01T10:00", "2026-06-01T12:00", 0)]);
    assert_eq!(net(&short), "80.00");
    let Estimate::Priced { lines, .. } = &short else { panic!() };
    assert_eq!(
        lines.iter().map(|line| (line.code, line.minutes)).collect::<Vec<_>>(),
        [(LineCode::Work, 120), (LineCode::Minimum, 120)]
    );
    assert_eq!(net(&of(&lists, vec![position(1, "2026-06-01T10:00", "2026-06-01T16:00", 0)])), "120.00");
}

#[test]
fn the_minimum_call_counts_time_after_the_break() {
    let mut prices = basic("20.00");
    prices.minimum_minutes = 240;
    let shift = position(2, "2026-06-01T10:00", "2026-06-01T14:30", 60);
    // 3.5 paid hours are 0.5 short of 4; two heads: 2 x 4 x 20.
    assert_eq!(net(&of(&[prices], vec![shift])), "160.00");
}

#[test]
fn t3_and_t4_elapsed_hours_are_charged_over_clock_changes() {
    let lists = [basic("30.00")];
    assert_eq!(net(&of(&lists, vec![position(1, "2026-03-28T22:00", "2026-03-29T06:00", 0)])), "210.00");
    assert_eq!(net(&of(&lists, vec![position(1, "2026-10-24T22:00", "2026-10-25T06:00", 0)])), "270.00");
}

#[test]
fn e4_minutes_are_the_quantity_and_are_divided_once() {
    let estimate = of(&[basic("18.35")], vec![position(1, "2026-06-01T09:00", "2026-06-01T16:20", 0)]);
    assert_eq!(net(&estimate), "134.57");
}

#[test]
fn e1_lines_are_rounded_before_they_are_summed() {
    // One hour at 10.005 each, in three positions.
    let one = position(1, "2026-06-01T09:00", "2026-06-01T10:00", 0);
    assert_eq!(net(&of(&[basic("10.005")], vec![one.clone(), one.clone(), one])), "30.03");
}

#[test]
fn e2_vat_is_rounded_per_category_and_not_per_line() {
    let one = position(1, "2026-06-01T09:00", "2026-06-01T10:00", 0);
    let (net, vat, total) = figures(&of(&[basic("10.01")], vec![one.clone(), one.clone(), one]));
    assert_eq!((net.as_str(), vat.as_str(), total.as_str()), ("30.03", "6.31", "36.34"));
}

#[test]
fn p1_the_narrowest_scope_with_a_rate_decides() {
    let client = staffgate::values::ClientId::new(Uuid::from_u128(7));
    let project = staffgate::values::ProjectId::new(Uuid::from_u128(8));
    let wide = list(
        1,
        PriceScope::Basic,
        "2020-01-01",
        &[(WAITER, Role::Staff, "15.50"), (COOK, Role::Staff, "15.50")],
    );
    let own = list(2, PriceScope::Client { client }, "2020-01-01", &[(WAITER, Role::Staff, "19.00")]);
    let job = list(3, PriceScope::Project { project }, "2020-01-01", &[(WAITER, Role::Staff, "21.00")]);
    let hour = position(1, "2026-06-01T09:00", "2026-06-01T10:00", 0);
    let cook = DemandPosition { skill: COOK, ..hour.clone() };
    assert_eq!(net(&of(&[wide.clone(), own.clone(), job], vec![hour.clone()])), "21.00");
    assert_eq!(net(&of(&[wide.clone(), own.clone()], vec![hour.clone()])), "19.00");
    assert_eq!(net(&of(&[own.clone(), wide.clone()], vec![cook.clone()])), "15.50");
    let unpriced = of(&[own], vec![hour, cook]);
    let Estimate::Unpriced { reasons, .. } = unpriced else { panic!("priced without a rate") };
    assert_eq!(reasons.iter().map(|reason| reason.position).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_lead_without_a_rate_is_unpriced_and_never_free() {
    let hour = position(1, "2026-06-01T09:00", "2026-06-01T10:00", 0);
    let lead = DemandPosition { role: Role::Lead, ..hour.clone() };
    assert!(!of(&[basic("20.00")], vec![hour, lead]).is_priced());
}

#[test]
fn a_list_that_starts_during_the_shift_leaves_its_beginning_unpriced() {
    let later = list(1, PriceScope::Basic, "2026-06-02", &[(WAITER, Role::Staff, "20.00")]);
    let night = position(1, "2026-06-01T22:00", "2026-06-02T06:00", 0);
    let Estimate::Unpriced { reasons, .. } = of(&[later], vec![night]) else { panic!() };
    assert_eq!(reasons[0].from.to_string(), "2026-06-01T20:00:00Z");
}
