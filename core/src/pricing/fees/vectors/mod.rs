//! Vectors C0 to C11. Policies are read from the JSON that a person would write.

mod checks;
mod details;
mod faults;
mod tables;

use super::{
    Cancellation, CancellationPolicy, CancelledPart, FeeEvent, FeePreview, SlotGroup, WaiverReason, check,
    preview,
};
use crate::engine::{Refusal, decode};
use crate::pricing::list::Key;
use crate::values::{Amount, Bounded, ChargeRate, Currency, Instant, LocalTime, Whole, Zone, plain};

const PORTER: &str = "porter";
const CHEF: &str = "chef";

/// A policy without findings.
fn policy(json: &str) -> CancellationPolicy {
    let policy = with_findings(json);
    assert_eq!(check(&policy), []);
    policy
}

fn with_findings(json: &str) -> CancellationPolicy {
    decode(json).unwrap_or_else(|refusal| panic!("{refusal} at {:?}: {json}", refusal.path))
}

/// The tiers in minutes of notice with the fee's JSON; the note says which tier is for a shift that has begun.
fn tiers(tiers: &[(&str, &str)]) -> String {
    let texts: Vec<String> = tiers
        .iter()
        .map(|(notice, fee)| {
            let notice = match notice.parse::<u32>() {
                Ok(minutes) => format!(r#"{{"kind":"minutes","minutes":{minutes}}}"#),
                Err(_) => r#"{"kind":"started"}"#.to_owned(),
            };
            format!(r#"{{"notice":{notice},"fee":{fee}}}"#)
        })
        .collect();
    format!("[{}]", texts.join(","))
}

fn percent(percent: &str) -> String {
    format!(r#"{{"kind":"percent","percent":"{percent}"}}"#)
}

const NONE: &str = r#"{"kind":"none"}"#;
const FULL: &str = r#"{"kind":"full"}"#;

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn euro(text: &str) -> Amount {
    Amount::rounded(plain(text).unwrap(), Currency::EUR)
}

/// Slots of one skill, all booked, with the whole estimate.
fn group(skill: &str, slots: u32, minutes: u32, per_hour: &str, estimate: &str) -> SlotGroup {
    SlotGroup {
        skill: Key::parse(skill).unwrap(),
        per_hour: ChargeRate::parse(per_hour).unwrap(),
        requested: Whole::new(slots).unwrap(),
        booked: Whole::new(slots).unwrap(),
        minutes: Whole::new(minutes).unwrap(),
        estimate: euro(estimate),
        minimum_call: Amount::ZERO,
        part: CancelledPart::Whole {},
    }
}

/// On a day in Berlin without a clock change, from noon UTC, for so many minutes, cancelled so many minutes before.
fn shift(minutes: i64, before: i64, groups: Vec<SlotGroup>) -> Cancellation {
    let start = at("2026-06-10T12:00:00Z");
    Cancellation {
        on: FeeEvent::Cancellation,
        currency: Currency::EUR,
        zone: Zone::parse("Europe/Berlin").unwrap(),
        start,
        end: start.plus_minutes(minutes).unwrap(),
        cancelled_at: start.plus_minutes(-before).unwrap(),
        posted_at: None,
        reason: None,
        groups: Bounded::new(groups).unwrap(),
    }
}

fn fee(policy: &CancellationPolicy, facts: &Cancellation) -> String {
    agreeing(policy, facts).fee.to_string()
}

/// The preview, after its own lines and deadlines have been held against it.
fn agreeing(policy: &CancellationPolicy, facts: &Cancellation) -> FeePreview {
    let made = preview(policy, facts).unwrap();
    let sum = made.lines.iter().try_fold(Amount::ZERO, |sum, line| sum.checked_add(line.amount)).unwrap();
    assert_eq!(sum, made.fee, "the lines add up");
    let mut before = made.fee;
    for deadline in &made.deadlines {
        let moved = |minutes| {
            let moment = deadline.at.plus_minutes(minutes).unwrap();
            let later = Cancellation { cancelled_at: moment.max(facts.cancelled_at), ..facts.clone() };
            preview(policy, &later).unwrap().fee
        };
        assert_eq!(moved(-1), before, "a minute before {}", deadline.at);
        assert_eq!(
            moved(0),
            if deadline.included { before } else { deadline.fee_after },
            "at {}",
            deadline.at
        );
        assert_eq!(moved(1), deadline.fee_after, "a minute after {}", deadline.at);
        before = deadline.fee_after;
    }
    made
}

fn deadlines(preview: &FeePreview) -> Vec<String> {
    preview.deadlines.iter().map(|deadline| format!("{} {}", deadline.at, deadline.fee_after)).collect()
}

fn refused(policy: &CancellationPolicy, facts: &Cancellation) -> (&'static str, String) {
    let refusal: Refusal = preview(policy, facts).unwrap_err();
    (refusal.code.text(), refusal.path.unwrap_or_default())
}
