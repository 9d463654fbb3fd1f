//! A shift to try rules on: tomorrow, ten to six in Berlin, for tests alone.

use uuid::Uuid;

use crate::shifts::model::{Booking, BookingState, Position, Role, Shift};
use crate::values::{
    BookingId, ClientId, Instant, LocalTime, PositionId, ProjectId, ScheduleId, ShiftId, SiteId, SkillId,
    Text, WorkerId, Zone,
};

pub(crate) const EVE: &str = "2026-09-11T08:00:00Z";

pub(crate) fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// A position of waiters for each headcount.
pub(crate) fn shift(headcounts: &[u32]) -> Shift {
    let id = Uuid::from_u128;
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let [local_start, local_end] =
        ["2026-09-12T10:00", "2026-09-12T18:00"].map(|text| LocalTime::parse(text).unwrap());
    let span = zone.resolve_span(local_start, local_end).unwrap();
    let positions = (1..).zip(headcounts).map(|(number, headcount)| Position {
        id: PositionId::new(id(number)),
        skill: SkillId::new(id(50)),
        skill_name: Text::parse("Waiter").unwrap(),
        role: Role::Staff,
        headcount: *headcount,
        added: Vec::new(),
        bookings: Vec::new(),
    });
    Shift {
        id: ShiftId::new(id(100)),
        client: Some(ClientId::new(id(101))),
        project: ProjectId::new(id(102)),
        schedule: ScheduleId::new(id(103)),
        mandate: None,
        site: SiteId::new(id(104)),
        site_name: Text::parse("Hall").unwrap(),
        site_address: None,
        zone,
        starts_at: span.start,
        ends_at: span.end,
        local_start,
        local_end,
        break_minutes: 0,
        note: None,
        contact: None,
        positions: positions.collect(),
        tags: Vec::new(),
        lead: None,
        cancelled_at: None,
        cancellation: None,
        part: None,
        open_change: None,
        on_order: None,
        team: crate::visibility::TeamSharing::default(),
        shared: true,
        revision: 1,
        host_id: None,
    }
}

/// Books workers into a position, in this order; ids count from 1.
pub(crate) fn book(shift: &mut Shift, position: usize, states: &[BookingState]) {
    let bookings = (1..).zip(states).map(|(number, state)| Booking {
        id: BookingId::new(Uuid::from_u128(number)),
        worker: WorkerId::new(Uuid::from_u128(number)),
        name: Text::parse("Lena").unwrap(),
        phone: None,
        picture: None,
        state: *state,
        pay: None,
        replaced_by: None,
        cancelled_by: None,
        answer_by: None,
        confirmed_at: None,
        arrival: None,
        departure: None,
        lacks_skill: false,
        changed_at: at(EVE),
    });
    shift.positions[position].bookings.extend(bookings);
}
