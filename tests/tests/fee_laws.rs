//! Laws of cancellation fees, over any policy, place and moment.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::cmp::Reverse;

use proptest::prelude::*;
use staffgate::pricing::fees::{
    Boundary, Cancellation, CancellationPolicy, CancelledPart, Fee, FeeCap, FeeCondition, FeeEvent,
    FeePreview, FeeTier, FixedPer, HoursLimit, NoticeCount, PerSlot, SlotGroup, TierNotice, Waiver,
    WaiverReason, check, preview,
};
use staffgate::pricing::list::Key;
use staffgate::values::{Amount, Bounded, ChargeRate, Currency, Instant, Percent, Whole, Zone, plain};

fn euro(cents: u32) -> Amount {
    Amount::rounded(plain(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap(), Currency::EUR)
}

fn percent(hundredths: u32) -> Percent {
    Percent::parse(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).unwrap()
}

fn list<T, const MOST: usize>(items: Vec<T>) -> Bounded<T, MOST> {
    Bounded::new(items).unwrap()
}

/// Choices one after the other: cases are drawn quickly, and still shrink with the list.
struct Dice<'d>(&'d [u32]);

impl Dice<'_> {
    /// From 0 to below `sides`; 0 when all choices are used up.
    fn roll(&mut self, sides: u32) -> u32 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first % sides
    }

    fn whole<const LEAST: u32, const MOST: u32>(&mut self, least: u32, most: u32) -> Whole<LEAST, MOST> {
        Whole::new(least + self.roll(most - least + 1)).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(u32::try_from(from.len()).unwrap()) as usize]
    }

    fn sometimes<T>(&mut self, one_in: u32, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(one_in) == 1).then(|| make(self))
    }

    fn skill(&mut self) -> Key {
        Key::parse(&format!("skill{}", self.roll(3))).unwrap()
    }
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

fn any_fee(dice: &mut Dice) -> Fee {
    match dice.roll(6) {
        0 => Fee::None {},
        1 => Fee::Full {},
        _ => ladder(dice.pick(&[0, 1, 2, 3, 4, 5, 6, 7]), dice.roll(10_001)),
    }
}

fn any_condition(dice: &mut Dice) -> FeeCondition {
    let skills = dice.sometimes(4, |dice| (0..=dice.roll(2)).map(|_| dice.skill()).collect());
    FeeCondition {
        skills: list(skills.unwrap_or_default()),
        longer_than_minutes: dice.sometimes(5, |dice| dice.whole(0, 600)),
        at_most_minutes: dice.sometimes(5, |dice| dice.whole(0, 600)),
    }
}

/// Notices of up to four days; whole days where dates are counted.
fn any_notice(dice: &mut Dice, count: NoticeCount) -> TierNotice {
    match dice.roll(9) {
        0 => TierNotice::Started {},
        1..=4 => TierNotice::Days { days: dice.whole(0, 4) },
        5 => TierNotice::Minutes { minutes: Whole::default() },
        _ if count == NoticeCount::CalendarDays => TierNotice::Days { days: dice.whole(0, 4) },
        _ => TierNotice::Minutes { minutes: dice.whole(0, 5000) },
    }
}

/// Longer notice is higher, as in the order of tiers.
fn rank(notice: TierNotice) -> u32 {
    notice.minutes().map_or(0, |minutes| minutes + 1)
}

fn any_tiers(dice: &mut Dice, count: NoticeCount) -> Vec<FeeTier> {
    let mut tiers: Vec<FeeTier> = (0..dice.roll(7))
        .map(|_| FeeTier {
            on: dice.pick(&[FeeEvent::Cancellation, FeeEvent::Cancellation, FeeEvent::Change]),
            notice: any_notice(dice, count),
            when: any_condition(dice),
            fee: any_fee(dice),
        })
        .collect();
    tiers.sort_by_key(|tier| Reverse(rank(tier.notice)));
    tiers
}

/// One family that rises with less notice, down to the start: what the check lets through.
fn rising_tiers(dice: &mut Dice, count: NoticeCount) -> Vec<FeeTier> {
    let family = dice.pick(&[0, 1, 2, 3, 4, 5, 6, 7]);
    let mut notices: Vec<TierNotice> = (0..=dice.roll(5)).map(|_| any_notice(dice, count)).collect();
    notices.push(TierNotice::Minutes { minutes: Whole::default() });
    notices.sort_by_key(|notice| Reverse(rank(*notice)));
    notices.dedup_by_key(|notice| rank(*notice));
    let mut height = 0;
    let tier = |notice| {
        height += dice.roll(1400);
        let on = FeeEvent::Cancellation;
        FeeTier { on, notice, when: FeeCondition::default(), fee: ladder(family, height) }
    };
    notices.into_iter().map(tier).collect()
}

fn policy(choices: &[u32], rising: bool) -> CancellationPolicy {
    let dice = &mut Dice(choices);
    let count = dice.pick(&[NoticeCount::Elapsed, NoticeCount::Wall, NoticeCount::CalendarDays]);
    let cap = dice.roll(4);
    let waiver = dice.sometimes(2, |dice| Waiver {
        reason: WaiverReason::UnsuitableWorker,
        within_minutes_of_start: dice.sometimes(2, |dice| dice.whole(0, 600)),
    });
    CancellationPolicy {
        count,
        boundary: dice.pick(&[Boundary::Cheaper, Boundary::Dearer]),
        per: dice.pick(&[PerSlot::Requested, PerSlot::Booked]),
        cap: match cap {
            0 => Some(FeeCap::Amount { amount: euro(dice.roll(100_001)) }),
            1 => Some(FeeCap::Percent { percent: percent(dice.roll(10_001)) }),
            _ => None,
        },
        grace_minutes: dice.whole(0, 120),
        waivers: list(waiver.into_iter().collect()),
        tiers: list(if rising { rising_tiers(dice, count) } else { any_tiers(dice, count) }),
        ..CancellationPolicy::default()
    }
}

fn group(dice: &mut Dice) -> SlotGroup {
    let requested = dice.roll(7);
    let minutes = 1 + dice.roll(1440);
    let rate = dice.roll(1_000_000);
    SlotGroup {
        skill: dice.skill(),
        per_hour: ChargeRate::parse(&format!("{}.{:04}", rate / 10_000, rate % 10_000)).unwrap(),
        requested: Whole::new(requested).unwrap(),
        booked: dice.whole(0, requested),
        minutes: Whole::new(minutes).unwrap(),
        estimate: euro(dice.roll(200_001)),
        minimum_call: euro(dice.roll(100_001)),
        part: match dice.roll(3) {
            0 => CancelledPart::Whole {},
            1 => CancelledPart::Headcount { to: dice.whole(0, requested) },
            _ => CancelledPart::Shorten { by_minutes: Whole::new(minutes.div_ceil(3)).unwrap() },
        },
    }
}

/// Clock changes, and three quiet places.
const CHANGES: [(&str, &str); 10] = [
    ("Europe/Berlin", "2026-03-29T01:00:00Z"),
    ("Europe/Berlin", "2026-10-25T01:00:00Z"),
    ("America/New_York", "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01T06:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
    ("Africa/Cairo", "2026-04-23T22:00:00Z"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("Asia/Kolkata", "2026-06-10T12:00:00Z"),
    ("Europe/Berlin", "2026-06-10T12:00:00Z"),
    ("UTC", "2026-12-31T23:30:00Z"),
];

/// A shift that starts within two days of one of them, and minutes by which the client cancels later.
fn facts(choices: &[u32]) -> (Cancellation, i64) {
    let dice = &mut Dice(choices);
    let (zone, change) = dice.pick(&CHANGES);
    let start = Instant::parse(change).unwrap().millis() / 60_000 - 600 + i64::from(dice.roll(3480));
    let cancelled = start + 800 - i64::from(dice.roll(6800));
    let later = if dice.roll(2) == 0 { dice.roll(4) } else { dice.roll(3000) };
    let facts = Cancellation {
        on: dice.pick(&[FeeEvent::Cancellation, FeeEvent::Cancellation, FeeEvent::Change]),
        currency: Currency::EUR,
        zone: Zone::parse(zone).unwrap(),
        start: moment(start),
        end: moment(start + 1 + i64::from(dice.roll(1440))),
        cancelled_at: moment(cancelled),
        posted_at: Some(moment(cancelled - i64::from(dice.roll(300)))),
        reason: dice.sometimes(3, |_| WaiverReason::UnsuitableWorker),
        groups: list((0..dice.roll(4)).map(|_| group(dice)).collect()),
    };
    (facts, later.into())
}

fn moment(minute: i64) -> Instant {
    Instant::from_millis(minute * 60_000).unwrap()
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

fn choices() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 70)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fees_are_never_negative_and_never_above_the_cap(first in choices(), second in choices()) {
        let (policy, (facts, _)) = (policy(&first, false), facts(&second));
        let made = preview(&policy, &facts).unwrap();
        prop_assert!(made.fee >= Amount::ZERO);
        if let Some(FeeCap::Amount { amount }) = policy.cap {
            prop_assert!(made.fee <= amount);
        }
        let sum = made.lines.iter().try_fold(Amount::ZERO, |sum, line| sum.checked_add(line.amount));
        prop_assert_eq!(sum, Some(made.fee));
    }

    #[test]
    fn deadlines_promise_what_the_preview_says_later(first in choices(), second in choices()) {
        let (policy, (facts, later)) = (policy(&first, false), facts(&second));
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
    fn less_notice_never_costs_less_where_the_check_finds_nothing(first in choices(), second in choices()) {
        let (rising, any, (facts, later)) = (policy(&first, true), policy(&first, false), facts(&second));
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
    fn the_same_input_gives_the_same_bytes(first in choices(), second in choices()) {
        let (policy, (facts, _)) = (policy(&first, false), facts(&second));
        let bytes = |policy: &CancellationPolicy, facts: &Cancellation| {
            serde_json::to_vec(&preview(policy, facts).unwrap()).unwrap()
        };
        let read_policy = serde_json::from_slice(&serde_json::to_vec(&policy).unwrap()).unwrap();
        let read_facts = serde_json::from_slice(&serde_json::to_vec(&facts).unwrap()).unwrap();
        prop_assert_eq!(bytes(&policy, &facts), bytes(&read_policy, &read_facts));
    }
}
