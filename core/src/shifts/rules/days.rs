//! Nobody is in two places at once: the days of some workers, with what they are booked for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::{DayEntry, WorkerDay};
use crate::values::{BookingId, Instant, Span, WorkerId};

const DAY_MILLIS: i64 = 86_400_000;

/// The UTC days, counted from 1970, that a half-open span touches.
pub fn days_of(span: Span) -> RangeInclusive<i64> {
    let last = span.end.millis().max(span.start.millis() + 1) - 1;
    span.start.millis().div_euclid(DAY_MILLIS)..=last.div_euclid(DAY_MILLIS)
}

/// Loaded days of workers, of which some have been changed.
///
/// An entry stands on every day that its span touches. Two spans that overlap share an instant, and so a day: it is
/// enough to look at the days of the span in question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Days {
    /// What an invitation held until then is free from then on.
    now: Option<Instant>,
    loaded: BTreeMap<(WorkerId, i64), WorkerDay>,
    changed: BTreeSet<(WorkerId, i64)>,
}

impl Days {
    pub fn at(now: Instant) -> Self {
        Self { now: Some(now), ..Self::default() }
    }

    pub fn insert(&mut self, day: WorkerDay) {
        self.loaded.insert((day.worker, day.day), day);
    }

    /// Holds the worker for the entry's span, unless another entry overlaps it. Touching ends do not overlap.
    pub fn take(&mut self, worker: WorkerId, entry: &DayEntry) -> Result<(), Refusal> {
        let span = entry.span();
        for day in days_of(span) {
            let Some(record) = self.loaded.get(&(worker, day)) else {
                return Err(Refusal::new(Code::Internal).with("reason", "a worker's day is not loaded"));
            };
            let overlaps = |other: &&DayEntry| other.starts_at < span.end && span.start < other.ends_at;
            let holds = |other: &&DayEntry| !has_lapsed(other, self.now);
            if let Some(other) = record.entries.iter().filter(holds).find(overlaps) {
                return Err(Refusal::new(Code::WorkerBusy)
                    .with("worker", worker)
                    .with("shift", other.shift)
                    .with("booking", other.booking));
            }
        }
        for day in days_of(span) {
            if let Some(record) = self.loaded.get_mut(&(worker, day)) {
                record.entries.retain(|other| !has_lapsed(other, self.now));
                record.entries.push(entry.clone());
                self.changed.insert((worker, day));
            }
        }
        Ok(())
    }

    /// Whether nothing holds the worker in this span.
    pub fn is_free(&self, worker: WorkerId, span: Span) -> bool {
        let overlaps = |other: &DayEntry| {
            other.starts_at < span.end && span.start < other.ends_at && !has_lapsed(other, self.now)
        };
        days_of(span).all(|day| {
            self.loaded.get(&(worker, day)).is_some_and(|record| !record.entries.iter().any(overlaps))
        })
    }

    /// Lets the worker go from what this booking held.
    pub fn release(&mut self, worker: WorkerId, booking: BookingId, span: Span) {
        for day in days_of(span) {
            if let Some(record) = self.loaded.get_mut(&(worker, day)) {
                record.entries.retain(|entry| entry.booking != booking);
                self.changed.insert((worker, day));
            }
        }
    }

    /// The days to write.
    pub fn changed(&self) -> impl Iterator<Item = &WorkerDay> {
        self.changed.iter().filter_map(|key| self.loaded.get(key))
    }
}

fn has_lapsed(entry: &DayEntry, now: Option<Instant>) -> bool {
    entry.until.zip(now).is_some_and(|(until, now)| until <= now)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::values::ShiftId;

    const WORKER: WorkerId = WorkerId::new(Uuid::from_u128(1));

    fn entry(number: u128, start: &str, end: &str) -> DayEntry {
        DayEntry {
            shift: ShiftId::new(Uuid::from_u128(number)),
            booking: BookingId::new(Uuid::from_u128(number)),
            starts_at: Instant::parse(start).unwrap(),
            ends_at: Instant::parse(end).unwrap(),
            until: None,
        }
    }

    fn days_around(start: &str) -> Days {
        let mut days = Days::default();
        let first = Instant::parse(start).unwrap().millis() / DAY_MILLIS;
        for day in first - 2..=first + 4 {
            days.insert(WorkerDay::empty(WORKER, day));
        }
        days
    }

    #[test]
    fn a_span_touches_the_day_of_its_last_moment_but_not_of_its_end() {
        let count = |start, end| {
            let entry = entry(1, start, end);
            let days = days_of(entry.span());
            days.end() - days.start() + 1
        };
        assert_eq!(count("2026-10-24T20:00:00Z", "2026-10-24T23:59:00Z"), 1);
        assert_eq!(count("2026-10-24T20:00:00Z", "2026-10-25T00:00:00Z"), 1);
        assert_eq!(count("2026-10-24T20:00:00Z", "2026-10-25T00:01:00Z"), 2);
        assert_eq!(count("2026-10-24T23:59:00Z", "2026-10-26T23:59:00Z"), 3);
    }

    #[test]
    fn c20_ends_may_touch_and_nothing_may_overlap() {
        let held = ("2026-10-24T20:00:00Z", "2026-10-25T04:00:00Z");
        let cases = [
            ("2026-10-24T12:00:00Z", "2026-10-24T20:00:00Z", true),
            ("2026-10-25T04:00:00Z", "2026-10-25T10:00:00Z", true),
            ("2026-10-24T12:00:00Z", "2026-10-24T20:01:00Z", false),
            ("2026-10-25T03:59:00Z", "2026-10-25T10:00:00Z", false),
            ("2026-10-24T22:00:00Z", "2026-10-24T23:00:00Z", false),
            ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", false),
            ("2026-10-24T08:00:00Z", "2026-10-26T08:00:00Z", false),
            ("2026-10-24T20:00:00Z", "2026-10-25T04:00:00Z", false),
        ];
        for (start, end, free) in cases {
            let mut days = days_around(held.0);
            days.take(WORKER, &entry(1, held.0, held.1)).unwrap();
            let result = days.take(WORKER, &entry(2, start, end));
            assert_eq!(result.is_ok(), free, "{start} to {end}");
            if let Err(refusal) = result {
                assert_eq!(refusal.code, Code::WorkerBusy);
            }
        }
    }

    #[test]
    fn c20_a_released_time_is_free_again_on_every_day() {
        let night = entry(1, "2026-10-24T20:00:00Z", "2026-10-25T04:00:00Z");
        let mut days = days_around("2026-10-24T20:00:00Z");
        days.take(WORKER, &night).unwrap();
        assert_eq!(days.changed().filter(|day| day.entries.len() == 1).count(), 2);
        days.release(WORKER, night.booking, night.span());
        assert!(days.changed().all(|day| day.entries.is_empty()));
        days.take(WORKER, &entry(2, "2026-10-24T23:00:00Z", "2026-10-25T05:00:00Z")).unwrap();
    }

    #[test]
    fn c20_an_invitation_holds_until_it_can_no_longer_be_answered() {
        let until = Instant::parse("2026-10-23T12:00:00Z").unwrap();
        let held =
            DayEntry { until: Some(until), ..entry(1, "2026-10-24T20:00:00Z", "2026-10-25T04:00:00Z") };
        let other = entry(2, "2026-10-24T22:00:00Z", "2026-10-25T02:00:00Z");
        for (now, free) in [("2026-10-23T11:59:59.999Z", false), ("2026-10-23T12:00:00Z", true)] {
            let mut days =
                Days { now: Some(Instant::parse(now).unwrap()), ..days_around("2026-10-24T20:00:00Z") };
            days.loaded.values_mut().for_each(|day| day.entries.push(held.clone()));
            assert_eq!(days.is_free(WORKER, other.span()), free, "{now}");
            assert_eq!(days.take(WORKER, &other).is_ok(), free, "{now}");
        }
    }

    #[test]
    fn a_day_that_is_not_loaded_is_never_taken_for_free() {
        let late = entry(1, "2026-12-01T08:00:00Z", "2026-12-01T16:00:00Z");
        assert_eq!(days_around("2026-10-24T20:00:00Z").take(WORKER, &late).unwrap_err().code, Code::Internal);
    }
}
