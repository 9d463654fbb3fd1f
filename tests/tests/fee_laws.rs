//! Laws of cancellation fees, over any policy, place and moment.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use proptest::sample::select;
use staffgate::pricing::fees::{
    Boundary, Cancellation, CancellationPolicy, CancelledPart, Fee, FeeCap, FeeCondition, FeeEvent,
    FeePreview, FeeTier, FixedPer, HoursLimit, NoticeCount, PerSlot, SlotGroup, TierNotice, Waiver,
    WaiverReason, check, preview,
};
use staffgate::values::{
    Amount, Bounded, ChargeRate, Currency, Instant, Percent, SkillId, Whole, Zone, plain,
};
use uuid::Uuid;

fn euro(cents: u32) -> Amount {
    Amount::rounded(plain(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap(), Currency::EUR)
}

fn percent(hundredths: u32) -> Percent {
    Percent::parse(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).unwrap()
}

fn list<T, const MOST: usize>(items: Vec<T>) -> Bounded<T, MOST> {
    Bounded::new(items).unwrap()
}

fn skill() -> impl Strategy<Value = SkillId> {
    (1..=3_u128).prop_map(|id| SkillId::new(Uuid::from_u128(id)))
}

/// A fee of one family, higher with the parameter.
fn ladder(family: u8, height: u32) -> Fee {
    match family {
        0 => Fee::Percent { percent: percent(height) },
        1 => Fee::Hours { minutes: Whole::new(height / 10).unwrap(), limit: HoursLimit::AsWritten },
        2 => Fee::Hours { minutes: Whole::new(height / 10).unwrap(), limit: HoursLimit::Scheduled },
        3 => Fee::MinimumCall { percent: percent(height) },
        4 => Fee::Fixed { amount: euro(height), per: FixedPer::Slot },
        5 => Fee::Fixed { amount: euro(height), per: FixedPer::Once },
        6 => Fee::MaxOf { of: list((0..6).map(|part| ladder(part, height)).collect()) },
        _ => Fee::MinOf { of: list((0..7).map(|part| ladder(part, height)).collect()) },
    }
}

fn any_fee() -> impl Strategy<Value = Fee> {
    prop_oneof![
        1 => Just(Fee::None {}),
        1 => Just(Fee::Full {}),
        4 => (0..8_u8, 0..=10_000_u32).prop_map(|(family, height)| ladder(family, height)),
    ]
}

fn any_condition() -> impl Strategy<Value = FeeCondition> {
    let minutes = || prop::option::weighted(0.2, (0..=600_u32).prop_map(|it| Whole::new(it).unwrap()));
    (prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(skill(), 1..3)], minutes(), minutes())
        .prop_map(|(skills, longer_than_minutes, at_most_minutes)| FeeCondition {
            skills: list(skills),
            longer_than_minutes,
            at_most_minutes,
        })
}

/// Notices of up to four days; whole days where dates are counted.
fn any_notice(count: NoticeCount) -> impl Strategy<Value = TierNotice> {
    let days = (0..=4_u32).prop_map(|days| TierNotice::Days { days: Whole::new(days).unwrap() });
    let most = if count == NoticeCount::CalendarDays { 0 } else { 5000_u32 };
    let minutes = prop_oneof![Just(0), 0..=most]
        .prop_map(|minutes| TierNotice::Minutes { minutes: Whole::new(minutes).unwrap() });
    prop_oneof![4 => days, 4 => minutes, 1 => Just(TierNotice::Started {})]
}

fn sorted(mut tiers: Vec<FeeTier>) -> Vec<FeeTier> {
    tiers.sort_by_key(|tier| std::cmp::Reverse(tier.notice.minutes().map_or(0, |minutes| minutes + 1)));
    tiers
}

fn any_tiers(count: NoticeCount) -> impl Strategy<Value = Vec<FeeTier>> {
    let tier = (any_notice(count), any_condition(), any_fee(), select(vec![FeeEvent::Cancellation; 4]))
        .prop_map(|(notice, when, fee, on)| FeeTier { on, notice, when, fee });
    prop::collection::vec(tier, 0..7).prop_map(sorted)
}

/// One family that rises with less notice, down to the start: what the check lets through.
fn rising_tiers(count: NoticeCount) -> impl Strategy<Value = Vec<FeeTier>> {
    let steps = prop::collection::btree_map(0..=4000_u32, any_notice(count), 1..6);
    (0..8_u8, steps).prop_map(|(family, steps)| {
        let notices: Vec<TierNotice> = steps.values().copied().collect();
        let zero = TierNotice::Minutes { minutes: Whole::new(0).unwrap() };
        let mut notices: Vec<TierNotice> = notices.into_iter().chain([zero]).collect();
        notices.sort_by_key(|notice| std::cmp::Reverse(notice.minutes().map_or(0, |minutes| minutes + 1)));
        notices.dedup_by_key(|notice| notice.minutes());
        let heights = steps.keys().copied().chain([5000]);
        let when = FeeCondition::default();
        let on = FeeEvent::Cancellation;
        notices
            .into_iter()
            .zip(heights)
            .map(|(notice, height)| FeeTier { on, notice, when: when.clone(), fee: ladder(family, height) })
            .collect()
    })
}

fn policy(rising: bool) -> impl Strategy<Value = CancellationPolicy> {
    let count = select(vec![NoticeCount::Elapsed, NoticeCount::Wall, NoticeCount::CalendarDays]);
    count.prop_flat_map(move |count| {
        let tiers = if rising { rising_tiers(count).boxed() } else { any_tiers(count).boxed() };
        let cap = prop::option::of(prop_oneof![
            (0..=100_000_u32).prop_map(|cents| FeeCap::Amount { amount: euro(cents) }),
            (0..=10_000_u32).prop_map(|of| FeeCap::Percent { percent: percent(of) }),
        ]);
        let waiver = prop::option::of(prop::option::of((0..=600_u32).prop_map(|it| Whole::new(it).unwrap())));
        let sides = (
            select(vec![Boundary::Cheaper, Boundary::Dearer]),
            select(vec![PerSlot::Booked, PerSlot::Requested]),
        );
        (tiers, cap, waiver, sides, 0..=120_u32).prop_map(
            move |(tiers, cap, waiver, (boundary, per), grace)| {
                let waivers = waiver.map(|within_minutes_of_start| Waiver {
                    reason: WaiverReason::UnsuitableWorker,
                    within_minutes_of_start,
                });
                CancellationPolicy {
                    tiers: list(tiers),
                    count,
                    boundary,
                    per,
                    cap,
                    grace_minutes: Whole::new(grace).unwrap(),
                    waivers: list(waivers.into_iter().collect()),
                    ..CancellationPolicy::default()
                }
            },
        )
    })
}

fn group() -> impl Strategy<Value = SlotGroup> {
    let counts = (0..=6_u32).prop_flat_map(|requested| (Just(requested), 0..=requested, 0..=requested));
    let money = (0..=1_000_000_u32, 0..=200_000_u32, 0..=100_000_u32);
    (skill(), counts, money, 1..=1440_u32, 0..=2_u8).prop_map(
        |(skill, (requested, booked, to), (rate, estimate, call), minutes, part)| SlotGroup {
            skill,
            per_hour: ChargeRate::parse(&format!("{}.{:04}", rate / 10_000, rate % 10_000)).unwrap(),
            requested: Whole::new(requested).unwrap(),
            booked: Whole::new(booked).unwrap(),
            minutes: Whole::new(minutes).unwrap(),
            estimate: euro(estimate),
            minimum_call: euro(call),
            part: match part {
                0 => CancelledPart::Whole {},
                1 => CancelledPart::Headcount { to: Whole::new(to).unwrap() },
                _ => CancelledPart::Shorten { by_minutes: Whole::new(minutes.div_ceil(3)).unwrap() },
            },
        },
    )
}

/// Starts within two days of a clock change, or anywhere in 2026.
fn start() -> impl Strategy<Value = (&'static str, i64)> {
    let near = select(vec![
        ("Europe/Berlin", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-10-25T01:00:00Z"),
        ("America/New_York", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-11-01T06:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
        ("Africa/Cairo", "2026-04-23T22:00:00Z"),
        ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ]);
    let around = (near, -600..=2880_i64).prop_map(|((zone, change), minutes)| {
        (zone, Instant::parse(change).unwrap().millis() / 60_000 + minutes)
    });
    let zones = select(vec!["Asia/Kolkata", "Europe/Berlin", "UTC"]);
    prop_oneof![3 => around, 1 => (zones, 29_453_760..29_979_360_i64)]
}

fn moment(minute: i64) -> Instant {
    Instant::from_millis(minute * 60_000).unwrap()
}

/// Facts, and minutes by which the client cancels later.
fn facts() -> impl Strategy<Value = (Cancellation, i64)> {
    let times = (start(), 1..=1440_i64, -800..=6000_i64, 0..=300_i64);
    let groups = prop::collection::vec(group(), 0..4);
    let reason = prop::option::weighted(0.3, Just(WaiverReason::UnsuitableWorker));
    (times, groups, reason, prop_oneof![0..=3000_i64, 0..=3_i64]).prop_map(
        |(((zone, start), length, before, posted), groups, reason, later)| {
            let cancelled = start - before;
            let facts = Cancellation {
                on: FeeEvent::Cancellation,
                currency: Currency::EUR,
                zone: Zone::parse(zone).unwrap(),
                start: moment(start),
                end: moment(start + length),
                cancelled_at: moment(cancelled),
                posted_at: Some(moment(cancelled - posted)),
                reason,
                groups: list(groups),
            };
            (facts, later)
        },
    )
}

fn moved(facts: &Cancellation, minutes: i64) -> Cancellation {
    Cancellation { cancelled_at: facts.cancelled_at.plus_minutes(minutes).unwrap(), ..facts.clone() }
}

/// What the deadlines of a preview promise for a later moment.
fn promised(preview: &FeePreview, at: Instant) -> Amount {
    let passed = preview
        .deadlines
        .iter()
        .take_while(|deadline| deadline.at < at || (deadline.at == at && !deadline.included));
    passed.last().map_or(preview.fee, |deadline| deadline.fee_after)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fees_are_never_negative_and_never_above_the_cap(policy in policy(false), (facts, _) in facts()) {
        let made = preview(&policy, &facts).unwrap();
        prop_assert!(made.fee >= Amount::ZERO);
        if let Some(FeeCap::Amount { amount }) = policy.cap {
            prop_assert!(made.fee <= amount);
        }
        let sum = made.lines.iter().try_fold(Amount::ZERO, |sum, line| sum.checked_add(line.amount));
        prop_assert_eq!(sum, Some(made.fee));
    }

    #[test]
    fn deadlines_promise_what_the_preview_says_later(policy in policy(false), (facts, later) in facts()) {
        let made = preview(&policy, &facts).unwrap();
        let after = moved(&facts, later);
        prop_assert_eq!(promised(&made, after.cancelled_at), preview(&policy, &after).unwrap().fee);
        let mut before = made.fee;
        for deadline in &made.deadlines {
            let fee_at = |minutes| {
                let at = deadline.at.plus_minutes(minutes).unwrap().max(facts.cancelled_at);
                preview(&policy, &Cancellation { cancelled_at: at, ..facts.clone() }).unwrap().fee
            };
            prop_assert_eq!(promised(&made, deadline.at.plus_minutes(1).unwrap()), fee_at(1));
            prop_assert_eq!(if deadline.included { before } else { deadline.fee_after }, fee_at(0));
            before = deadline.fee_after;
        }
    }

    #[test]
    fn less_notice_never_costs_less_where_the_check_finds_nothing(rising in policy(true), any in policy(false),
        (facts, later) in facts()) {
        prop_assert_eq!(check(&rising), vec![]);
        for policy in [rising, any] {
            if check(&policy).is_empty() {
                let now = preview(&policy, &facts).unwrap().fee;
                let after = preview(&policy, &moved(&facts, later)).unwrap().fee;
                prop_assert!(now <= after, "{now} then {after}: {policy:?}");
            }
        }
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(policy in policy(false), (facts, _) in facts()) {
        let bytes = |policy: &CancellationPolicy, facts: &Cancellation| {
            serde_json::to_vec(&preview(policy, facts).unwrap()).unwrap()
        };
        let read_policy = serde_json::from_slice(&serde_json::to_vec(&policy).unwrap()).unwrap();
        let read_facts = serde_json::from_slice(&serde_json::to_vec(&facts).unwrap()).unwrap();
        prop_assert_eq!(bytes(&policy, &facts), bytes(&read_policy, &read_facts));
    }
}
