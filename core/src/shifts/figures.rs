//! What counting needs of a shift, read from its stored form past everything else: names, notes and pay are not even
//! looked at, so ten thousand shifts are counted in little more time than it takes to read them.

use std::borrow::Cow;

use serde::Deserialize;

use crate::access::{Grant, Place};
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::shifts::model::BookingState;
use crate::shifts::rules::{Progress, Times};
use crate::values::{ClientId, Instant, ProjectId, ScheduleId, ShiftId, SiteId};

/// The fields of a stored shift that count.
#[derive(Deserialize)]
struct Counted<'a> {
    id: ShiftId,
    #[serde(default)]
    client: Option<ClientId>,
    project: ProjectId,
    schedule: ScheduleId,
    site: SiteId,
    starts_at: Instant,
    ends_at: Instant,
    #[serde(borrow)]
    cancelled_at: Option<Cow<'a, str>>,
    positions: Vec<CountedPosition>,
}

#[derive(Deserialize)]
struct CountedPosition {
    headcount: u32,
    bookings: Vec<CountedBooking>,
}

#[derive(Deserialize)]
struct CountedBooking {
    state: BookingState,
    #[serde(default)]
    answer_by: Option<Instant>,
}

/// The figures of one shift, and where they belong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Figures {
    pub shift: ShiftId,
    pub project: ProjectId,
    pub schedule: ScheduleId,
    pub progress: Progress,
}

/// Counts the shifts of a range, those that the grant reaches. The range is to be prefetched; nothing of it is written.
pub fn count(tx: &mut Tx, grant: &Grant, range: Want, mut add: impl FnMut(Figures)) -> Run<usize> {
    let now = tx.now();
    let rows = tx.rows(range)?;
    for row in rows {
        let shift: Counted = serde_json::from_str(&row.body).map_err(|error| {
            let reason = format!("a record of kind `shift` does not read back: {error}");
            Refusal::new(Code::StoreDamaged).with("reason", reason)
        })?;
        // What has no client yet is the agency's alone.
        let is_reached = shift.client.map_or(!grant.is_client_side(), |client| {
            grant.reaches(&Place::at(client, Some(shift.project), std::slice::from_ref(&shift.site)))
        });
        if is_reached {
            add(figures(&shift, now));
        }
    }
    Ok(rows.len())
}

fn figures(shift: &Counted, now: Instant) -> Figures {
    let times = Times {
        starts_at: shift.starts_at,
        ends_at: shift.ends_at,
        is_cancelled: shift.cancelled_at.is_some(),
    };
    let of = |position: &CountedPosition| {
        let bookings = position.bookings.iter().map(|booking| (booking.state, booking.answer_by));
        times.progress(position.headcount, bookings, now)
    };
    Figures {
        shift: shift.id,
        project: shift.project,
        schedule: shift.schedule,
        progress: shift.positions.iter().map(of).fold(Progress::default(), Progress::plus),
    }
}
