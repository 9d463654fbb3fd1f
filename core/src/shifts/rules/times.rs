//! When a shift may be moved or called off, and what its wall times mean.

use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::Shift;
use crate::values::{Instant, LocalTime, Span, WallTimeError, Zone};

/// The longest shift, in minutes.
pub const LONGEST_MINUTES: i64 = 48 * 60;

/// The caller has read this revision, if it says one.
pub fn expected(shift: &Shift, revision: Option<u32>) -> Result<(), Refusal> {
    match revision {
        Some(revision) if revision != shift.revision => {
            Err(Refusal::new(Code::StaleRevision).at("revision").with("revision", shift.revision))
        }
        _ => Ok(()),
    }
}

/// Only what has not begun can be called off; a running shift ends early by a move of its end.
pub fn may_cancel(shift: &Shift, now: Instant) -> Result<(), Refusal> {
    super::open(shift)?;
    if now < shift.starts_at { Ok(()) } else { Err(Refusal::new(Code::ShiftStarted)) }
}

/// What was called off comes back until it would have started. What another shift took in does not.
pub fn may_restore(shift: &Shift, now: Instant) -> Result<(), Refusal> {
    if shift.cancelled_at.is_none() {
        return Err(Refusal::new(Code::ShiftNotCancelled));
    }
    if let Some(into) = shift.cancellation.as_ref().and_then(|cancellation| cancellation.merged_into) {
        return Err(Refusal::new(Code::ShiftMerged).with("into", into));
    }
    if now < shift.starts_at { Ok(()) } else { Err(Refusal::new(Code::ShiftStarted)) }
}

/// Heads of one position.
pub const MOST_HEADS: u32 = 500;
/// Heads of all positions of a shift together.
const MOST_SLOTS: u32 = 5000;

/// How many a position can want. The path is the caller's.
pub fn headcount(headcount: u32) -> Result<(), Refusal> {
    if (1..=MOST_HEADS).contains(&headcount) {
        Ok(())
    } else {
        Err(Refusal::new(Code::OutOfRange).with("expected", "1 to 500"))
    }
}

/// How many all positions of a shift together can want. The path is the caller's.
pub fn slots(headcounts: impl Iterator<Item = u32>) -> Result<(), Refusal> {
    if headcounts.fold(0, u32::saturating_add) <= MOST_SLOTS {
        Ok(())
    } else {
        Err(Refusal::new(Code::TooMany).with("expected", MOST_SLOTS))
    }
}

/// A finished shift keeps its times: hours rest on them. A running one keeps its start.
pub fn may_move(shift: &Shift, to: Span, now: Instant) -> Result<(), Refusal> {
    if now >= shift.ends_at {
        return Err(Refusal::new(Code::ShiftFinished));
    }
    match (now >= shift.starts_at, to.start == shift.starts_at) {
        (true, false) => Err(Refusal::new(Code::ShiftStarted).at("start")),
        (false, _) if to.start < now => Err(Refusal::new(Code::InThePast).at("start")),
        _ => Ok(()),
    }
}

/// The span that two wall times at a place mean: the end after the start, at most 48 hours, the break within.
pub fn span(zone: &Zone, start: LocalTime, end: LocalTime, break_minutes: u32) -> Result<Span, Refusal> {
    let one = |time: LocalTime, path: &str| {
        zone.resolve_span(time, time).map(|span| span.start).map_err(|error| wall_time(error).at(path))
    };
    let span = match zone.resolve_span(start, end) {
        Ok(span) => span,
        // One of the two names no single instant; looking at each says which.
        Err(_) => Span { start: one(start, "start")?, end: one(end, "end")? },
    };
    if span.end <= span.start {
        return Err(Refusal::new(Code::EndBeforeStart).at("end"));
    }
    if span.minutes() > LONGEST_MINUTES {
        return Err(Refusal::new(Code::ShiftTooLong).at("end").with("hours", LONGEST_MINUTES / 60));
    }
    if i64::from(break_minutes) >= span.minutes() {
        return Err(Refusal::new(Code::BreakTooLong).at("break_minutes"));
    }
    Ok(span)
}

fn wall_time(error: WallTimeError) -> Refusal {
    let both = |code: Code, [first, second]: [Instant; 2]| {
        Refusal::new(code).with("first", first).with("second", second)
    };
    match error {
        WallTimeError::Missing(instants) => both(Code::LocalTimeMissing, instants),
        WallTimeError::Twice(instants) => both(Code::LocalTimeTwice, instants),
        WallTimeError::OffsetNotHere => Refusal::new(Code::OffsetNotHere),
        WallTimeError::Fault(fault) => fault.into(),
    }
}
