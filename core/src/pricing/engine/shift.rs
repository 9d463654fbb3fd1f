//! The times of a position on the clock that its prices are measured with.

use super::clock::{LocalClock, Minute};
use super::zones::{END, LAST_YEAR};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::demand::{MAX_LENGTH, Position};
use crate::pricing::list::{ClockChange, Policies, TimeBasis, TimeCounted};
use crate::pricing::rounding::{self, TimeRounding};
use crate::values::{Instant, LocalTime};

/// A part of the time line, half-open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub from: Minute,
    pub to: Minute,
}

impl Part {
    pub(super) const fn minutes(self) -> Minute {
        self.to - self.from
    }
}

/// The clocks of a place: its own, and the one that a shift is measured with.
#[derive(Clone, Copy)]
pub(super) struct Clocks<'b> {
    /// Reads local time off the time line. Under wall-clock policy the time line is the local clock itself.
    pub line: LocalClock<'b>,
    place: LocalClock<'b>,
    wall: bool,
    change: ClockChange,
}

/// A position's times on the time line.
pub(super) struct Shift<'b> {
    pub clocks: Clocks<'b>,
    pub planned: Part,
    /// What is priced: worked or planned as the policy says, rounded.
    pub counted: Part,
}

impl<'b> Clocks<'b> {
    pub(super) fn new(policies: &Policies, place: LocalClock<'b>, wall_clock: LocalClock<'b>) -> Self {
        let wall = policies.time == TimeBasis::Wall;
        Self { line: if wall { wall_clock } else { place }, place, wall, change: policies.clock_change }
    }

    /// The minute of the time line of a reading.
    pub(super) fn minute(&self, local: LocalTime) -> Result<Minute, Refusal> {
        let reading = local.minute();
        if reading >= END {
            let refusal = Refusal::new(Code::OutOfRange);
            return Err(refusal.with("expected", format!("a time from 1970 on, before {LAST_YEAR}")));
        }
        let utc = match local.offset_minutes() {
            Some(offset) => {
                let utc = reading - offset;
                if self.place.local(utc) != reading {
                    return Err(Refusal::new(Code::OffsetNotHere));
                }
                utc
            }
            None => self
                .place
                .resolve(reading, self.change)
                .map_err(|both| ambiguous(self.place, reading, both))?,
        };
        Ok(if self.wall { reading } else { utc })
    }

    /// Whether the time line is not UTC but the local clock.
    pub(super) const fn is_wall(&self) -> bool {
        self.wall
    }

    /// A part of the time line in minutes of UTC.
    pub(super) fn utc(&self, part: Part) -> Part {
        let minute =
            |at| if self.wall { self.place.resolve(at, ClockChange::Compatible).unwrap_or(at) } else { at };
        Part { from: minute(part.from), to: minute(part.to) }
    }

    /// The instant of a minute of the time line.
    pub(super) fn instant(&self, at: Minute) -> Result<Instant, Refusal> {
        let millis = self
            .utc(Part { from: at, to: at })
            .from
            .checked_mul(60_000)
            .ok_or_else(|| Refusal::new(Code::OutOfRange))?;
        Ok(Instant::from_millis(millis)?)
    }

    fn part(&self, start: LocalTime, end: LocalTime) -> Result<Part, Refusal> {
        let from = self.minute(start).map_err(|refusal| refusal.at("start"))?;
        let to = self.minute(end).map_err(|refusal| refusal.at("end"))?;
        if to <= from {
            return Err(Refusal::new(Code::EndBeforeStart).at("end"));
        }
        if to - from > MAX_LENGTH {
            return Err(Refusal::new(Code::ShiftTooLong).at("end").with("hours", MAX_LENGTH / 60));
        }
        Ok(Part { from, to })
    }
}

fn ambiguous(place: LocalClock<'_>, reading: Minute, both: [Minute; 2]) -> Refusal {
    let twice = place.local(both[0]) == reading;
    let text = |utc: Minute| {
        let instant = utc.checked_mul(60_000).and_then(|millis| Instant::from_millis(millis).ok());
        instant.map_or_else(String::new, |instant| instant.to_string())
    };
    let code = if twice { Code::LocalTimeTwice } else { Code::LocalTimeMissing };
    Refusal::new(code).with("first", text(both[0])).with("second", text(both[1]))
}

impl<'b> Shift<'b> {
    pub(super) fn new(position: &Position, policies: &Policies, clocks: Clocks<'b>) -> Result<Self, Refusal> {
        let planned = clocks.part(position.start, position.end)?;
        let worked = match position.worked {
            None => planned,
            Some(worked) => {
                clocks.part(worked.start, worked.end).map_err(|refusal| refusal.under("worked"))?
            }
        };
        let worked = rounded(policies.rounding, clocks.line, worked, planned)?;
        let counted = match policies.counted {
            TimeCounted::Planned => planned,
            TimeCounted::Longer if planned.minutes() > worked.minutes() => planned,
            TimeCounted::Worked | TimeCounted::Longer => worked,
        };
        if counted.minutes() > MAX_LENGTH {
            return Err(Refusal::new(Code::ShiftTooLong).at("end").with("hours", MAX_LENGTH / 60));
        }
        Ok(Self { clocks, planned, counted })
    }
}

/// Punches are rounded on the local clock, lengths on the time line: a night with a clock change is as long as it is.
fn rounded(
    policy: TimeRounding,
    clock: LocalClock<'_>,
    worked: Part,
    planned: Part,
) -> Result<Part, Refusal> {
    match policy {
        TimeRounding::None {} | TimeRounding::DecimalHours { .. } => Ok(worked),
        TimeRounding::Duration { .. } => {
            let length = Some((0, planned.minutes()));
            let (_, to) = rounding::round_span(policy, 0, worked.minutes(), length)?;
            Ok(Part { from: worked.from, to: worked.from + to })
        }
        TimeRounding::Punches { .. } => {
            let (start, end) = (clock.local(worked.from), clock.local(worked.to));
            if end < start {
                // The clock was put back by more than the shift is long; there is no grid to speak of.
                return Ok(worked);
            }
            let plan = (clock.local(planned.from), clock.local(planned.to));
            let plan = (plan.0 <= plan.1).then_some(plan);
            let (from, to) = rounding::round_span(policy, start, end, plan)?;
            let moved = Part { from: worked.from + from - start, to: worked.to + to - end };
            Ok(Part { to: moved.to.max(moved.from), ..moved })
        }
    }
}
