//! How every change of bookings begins: the shift as the clock has left it, with what that has made of invitations.

use crate::access::Grant;
use crate::engine::{Run, Tx};
use crate::shifts::events::{BookingChange, BookingEvent};
use crate::shifts::model::{BookingPolicy, OnSite, Shift, StaffPreferences};
use crate::values::{BookingId, ShiftId};

/// The shift with its lapsed invitations written down. Whoever calls this puts the shift.
pub fn opened(tx: &mut Tx, grant: &Grant, id: ShiftId) -> Run<Shift> {
    let mut shift: Shift = tx.get(id)?;
    for booking in shift.lapse(tx.now()) {
        tx.emit(grant, &BookingEvent::of(&shift, &booking, BookingChange::Lapsed))?;
    }
    Ok(shift)
}

/// The agency's policy, or the usual one. It is to be prefetched.
pub fn policy(tx: &mut Tx) -> Run<BookingPolicy> {
    let agency = tx.context().agency;
    Ok(tx.find(agency)?.unwrap_or_else(|| BookingPolicy::usual(agency)))
}

/// Keeps the row of somebody's presence equal to the booking. It is read first, so that its version is expected.
pub fn keep_presence(tx: &mut Tx, grant: &Grant, shift: &Shift, booking: BookingId) -> Run<()> {
    let Some(booking) = shift.bookings().find(|each| each.id == booking) else { return Ok(()) };
    let presence = OnSite::of(shift, booking);
    tx.find::<OnSite>(presence.booking)?;
    tx.put(grant, &presence)
}

/// What the shift's client says of workers, if it has one. It is to be prefetched.
pub fn preferences(tx: &mut Tx, shift: &Shift) -> Run<Option<StaffPreferences>> {
    shift.client.map_or(Ok(None), |client| tx.find(client))
}
