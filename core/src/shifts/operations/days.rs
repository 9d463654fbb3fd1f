//! Loading and writing the guard records of workers' days.

use crate::access::Grant;
use crate::engine::{Run, Tx, Want};
use crate::shifts::model::{Booking, DayEntry, Shift, WorkerDay};
use crate::shifts::rules::{Days, days_of};
use crate::values::{Span, WorkerId};

/// The days of these workers over these spans, in one round.
pub(super) fn load(tx: &mut Tx, wanted: impl IntoIterator<Item = (WorkerId, Span)>) -> Run<Days> {
    let keys: Vec<(WorkerId, i64)> =
        wanted.into_iter().flat_map(|(worker, span)| days_of(span).map(move |day| (worker, day))).collect();
    tx.prefetch(keys.iter().map(|(worker, day)| Want::record::<WorkerDay>(WorkerDay::id(*worker, *day))))?;
    let mut days = Days::default();
    for (worker, day) in keys {
        let found: Option<WorkerDay> = tx.find(WorkerDay::id(worker, day))?;
        days.insert(found.unwrap_or_else(|| WorkerDay::empty(worker, day)));
    }
    Ok(days)
}

pub(super) fn write(tx: &mut Tx, grant: &Grant, days: &Days) -> Run<()> {
    days.changed().try_for_each(|day| tx.put(grant, day))
}

/// What a booking of this shift holds its worker for.
pub(super) fn entry(shift: &Shift, booking: &Booking) -> DayEntry {
    DayEntry { shift: shift.id, booking: booking.id, starts_at: shift.starts_at, ends_at: shift.ends_at }
}
