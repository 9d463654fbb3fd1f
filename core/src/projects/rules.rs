//! Decisions about projects, over records alone.

use std::collections::BTreeMap;

use crate::shifts::model::Shift;
use crate::shifts::rules::{Progress, progress};
use crate::values::{Instant, ScheduleId};

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
