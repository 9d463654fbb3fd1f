//! Loading and writing the guard records of workers' days.

use crate::access::Grant;
use crate::engine::{Run, Tx, Want};
use crate::shifts::model::{Booking, BookingState, DayEntry, Shift, WorkerDay};
use crate::shifts::rules::{Days, days_of};
use crate::values::{Instant, Span, WorkerId};

const MOST_DAYS_AHEAD: u32 = 800;

/// What [`load`] reads, for who prefetches it with other things.
pub(in crate::shifts) fn wants(wanted: impl IntoIterator<Item = (WorkerId, Span)>) -> Vec<Want> {
    let days = |(worker, span)| days_of(span).map(move |day| WorkerDay::id(worker, day));
    wanted.into_iter().flat_map(days).map(Want::record::<WorkerDay>).collect()
}

/// The days of these workers over these spans, in one round.
pub fn load(tx: &mut Tx, wanted: impl IntoIterator<Item = (WorkerId, Span)>) -> Run<Days> {
    load_with(tx, wanted, [])
}

/// The same, with what else is wanted in that round.
pub fn load_with(
    tx: &mut Tx,
    wanted: impl IntoIterator<Item = (WorkerId, Span)>,
    others: impl IntoIterator<Item = Want>,
) -> Run<Days> {
    let keys: Vec<(WorkerId, i64)> =
        wanted.into_iter().flat_map(|(worker, span)| days_of(span).map(move |day| (worker, day))).collect();
    let wants = keys.iter().map(|(worker, day)| Want::record::<WorkerDay>(WorkerDay::id(*worker, *day)));
    tx.prefetch(wants.chain(others))?;
    let mut days = Days::at(tx.now());
    for (worker, day) in keys {
        let found: Option<WorkerDay> = tx.find(WorkerDay::id(worker, day))?;
        days.insert(found.unwrap_or_else(|| WorkerDay::empty(worker, day)));
    }
    Ok(days)
}

/// The days of a worker that shifts which have not ended can touch. Orders reach two years ahead at most.
pub fn ahead(worker: WorkerId, now: Instant) -> Want {
    let today = *days_of(Span { start: now, end: now }).start();
    Want::range::<WorkerDay>("by_worker", vec![worker.to_string().into()], MOST_DAYS_AHEAD)
        .between(Some(today.into()), None)
}

pub fn write(tx: &mut Tx, grant: &Grant, days: &Days) -> Run<()> {
    days.changed().try_for_each(|day| tx.put(grant, day))
}

/// What a booking of this shift holds its worker for.
pub fn entry(shift: &Shift, booking: &Booking) -> DayEntry {
    let (starts_at, ends_at) = (shift.starts_at, shift.ends_at);
    let until = booking.answer_by.filter(|_| booking.state == BookingState::Invited);
    DayEntry { shift: shift.id, booking: booking.id, starts_at, ends_at, until }
}
