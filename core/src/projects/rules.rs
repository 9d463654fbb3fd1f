//! Decisions about projects, over records alone.

use std::collections::BTreeMap;

use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::Shift;
use crate::shifts::rules::{Progress, progress};
use crate::values::{Instant, ScheduleId};

/// How many shifts a project can have: publishing its team rewrites all of them in one commit.
pub const MOST_SHIFTS: u32 = 500;

/// Whether a project can have this many shifts.
pub fn fits(shifts: usize) -> Result<(), Refusal> {
    if shifts > MOST_SHIFTS as usize {
        return Err(Refusal::new(Code::ProjectTooLarge).with("expected", MOST_SHIFTS));
    }
    Ok(())
}

/// The sums over a project's shifts, per schedule and in all.
pub fn totals(shifts: &[Shift], now: Instant) -> (BTreeMap<ScheduleId, Progress>, Progress) {
    let mut schedules: BTreeMap<ScheduleId, Progress> = BTreeMap::new();
    let mut total = Progress::default();
    for shift in shifts {
        let figures = progress(shift, now);
        let schedule = schedules.entry(shift.schedule).or_default();
        *schedule = schedule.plus(figures);
        total = total.plus(figures);
    }
    (schedules, total)
}
