//! Loading and writing the guard records of workers' days.

use crate::access::Grant;
use crate::engine::{Record, Run, Tx, Want};
use crate::shifts::model::{Booking, DayEntry, Shift, WorkerDay};
use crate::shifts::rules::{Days, days_of};
use crate::store::Bound;
use crate::values::{Instant, Span, WorkerId};

const MOST_DAYS_AHEAD: u32 = 800;

/// What [`load`] reads, for who prefetches it with other things.
pub(in crate::shifts) fn wants(wanted: impl IntoIterator<Item = (WorkerId, Span)>) -> Vec<Want> {
    let days = |(worker, span)| days_of(span).map(move |day| WorkerDay::id(worker, day));
    wanted.into_iter().flat_map(days).map(Want::record::<WorkerDay>).collect()
}

/// The days of these workers over these spans, in one round.
pub(in crate::shifts) fn load(tx: &mut Tx, wanted: impl IntoIterator<Item = (WorkerId, Span)>) -> Run<Days> {
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

/// The days of a worker that shifts which have not ended can touch. Orders reach two years ahead at most.
pub(in crate::shifts) fn ahead(worker: WorkerId, now: Instant) -> Want {
    let today = *days_of(Span { start: now, end: now }).start();
    Want::Range {
        kind: WorkerDay::KIND.name,
        index: "by_worker",
        equals: vec![worker.to_string().into()],
        bound: Bound { from: Some(today.into()), to: None },
        descending: false,
        limit: MOST_DAYS_AHEAD,
        after: None,
    }
}

pub(in crate::shifts) fn write(tx: &mut Tx, grant: &Grant, days: &Days) -> Run<()> {
    days.changed().try_for_each(|day| tx.put(grant, day))
}

/// What a booking of this shift holds its worker for.
pub(in crate::shifts) fn entry(shift: &Shift, booking: &Booking) -> DayEntry {
    DayEntry { shift: shift.id, booking: booking.id, starts_at: shift.starts_at, ends_at: shift.ends_at }
}
