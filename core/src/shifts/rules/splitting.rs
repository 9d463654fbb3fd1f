//! Taking a shift's positions apart and putting them together again.

use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::{AddedSlots, Part, Position, Shift};
use crate::values::{BookingId, Instant, PositionId};

/// Makes two groups of one: so many slots go to a new position of the same shift.
///
/// The new group takes unfilled slots first, then those that were booked last, with their bookings.
pub fn divide(shift: &mut Shift, id: PositionId, headcount: u32, new: PositionId) -> Result<(), Refusal> {
    let place = shift.positions.iter().position(|position| position.id == id);
    let position = place.and_then(|place| shift.positions.get_mut(place));
    let (Some(place), Some(position)) = (place, position) else {
        return Err(Refusal::not_found().at("how.position"));
    };
    if headcount == 0 || headcount >= position.headcount {
        let expected = format!("1 to {}", position.headcount.saturating_sub(1));
        return Err(Refusal::new(Code::OutOfRange).at("how.headcount").with("expected", expected));
    }
    let stay = position.headcount - headcount;
    let going = last_booked(position, stay);
    let (moved, kept) = position.bookings.drain(..).partition(|booking| going.contains(&booking.id));
    position.bookings = kept;
    position.headcount = stay;
    let added = take_added(&mut position.added, headcount);
    let group = Position { id: new, headcount, added, bookings: moved, ..position.clone() };
    shift.positions.insert(place + 1, group);
    Ok(())
}

/// The active bookings that have no place among so many, the last booked first.
pub fn last_booked(position: &Position, headcount: u32) -> Vec<BookingId> {
    let active = position.bookings.iter().filter(|booking| booking.state.is_active());
    let surplus = active.clone().count().saturating_sub(headcount as usize);
    // Bookings stand in the order in which they were made.
    active.rev().take(surplus).map(|booking| booking.id).collect()
}

/// Takes so many slots off what was added, the latest first; those beyond it were ordered with the shift.
fn take_added(added: &mut Vec<AddedSlots>, mut count: u32) -> Vec<AddedSlots> {
    let mut taken = Vec::new();
    while count > 0 {
        let Some(last) = added.last_mut() else { break };
        let part = last.count.min(count);
        taken.insert(0, AddedSlots { count: part, ..*last });
        last.count -= part;
        count -= part;
        if last.count == 0 {
            added.pop();
        }
    }
    taken
}

/// Sets a position's headcount. Slots that are added are a submission of their own, at the instant that is given;
/// without one they count as ordered with the shift. Returns the bookings that have no place any more.
pub fn set_headcount(position: &mut Position, headcount: u32, ordered_at: Option<Instant>) -> Vec<BookingId> {
    if headcount < position.headcount {
        take_added(&mut position.added, position.headcount - headcount);
    } else if let (Some(ordered_at), more @ 1..) = (ordered_at, headcount - position.headcount) {
        position.added.push(AddedSlots { count: more, ordered_at });
    }
    position.headcount = headcount;
    last_booked(position, headcount)
}

/// Takes these positions out of the shift; at least one stays.
pub fn take_out(shift: &mut Shift, ids: &[PositionId]) -> Result<Vec<Position>, Refusal> {
    for (index, id) in ids.iter().enumerate() {
        if shift.positions.iter().all(|position| position.id != *id) {
            return Err(Refusal::not_found().at(format!("how.positions[{index}]")));
        }
    }
    let (out, stay): (Vec<_>, Vec<_>) =
        shift.positions.drain(..).partition(|position| ids.contains(&position.id));
    shift.positions = stay;
    if out.is_empty() {
        return Err(Refusal::new(Code::TooFew).at("how.positions").with("expected", 1));
    }
    if shift.positions.is_empty() {
        return Err(Refusal::new(Code::OutOfRange)
            .at("how.positions")
            .with("expected", "some of the positions, not all"));
    }
    Ok(out)
}

/// The two halves of a shift's share of what was ordered.
pub fn half_of(shift: &Shift) -> Result<[Part; 2], Refusal> {
    let whole = shift.part.unwrap_or(Part { of: shift.id, share: Part::WHOLE });
    let half = whole.share / 2;
    if half == 0 {
        return Err(Refusal::new(Code::TooMany).at("shift").with("expected", Part::WHOLE.ilog2()));
    }
    Ok([Part { share: whole.share - half, ..whole }, Part { share: half, ..whole }])
}

/// What two parts are together; none if that is the whole. Parts of different shifts stay a part of the first.
pub fn join(one: &Shift, other: &Shift) -> Option<Part> {
    match (one.part, other.part) {
        (Some(one), Some(other)) if one.of == other.of => {
            let share = one.share.saturating_add(other.share);
            (share < Part::WHOLE).then_some(Part { share, ..one })
        }
        // What was ordered as two is not what was ordered as one: it is the agency's plan now.
        (None, None) => Some(Part { of: one.id, share: Part::WHOLE }),
        (one, other) => one.or(other),
    }
}

/// The same skill in the same role.
pub fn same_group(one: &Position, other: &Position) -> bool {
    (one.skill, one.role) == (other.skill, other.role)
}

/// Whether two shifts can become one: of one order at one site, both ahead, nothing waiting on either.
pub fn may_merge(one: &Shift, other: &Shift, now: Instant) -> Result<(), Refusal> {
    for shift in [one, other] {
        super::may_cancel(shift, now)?;
        if let Some(request) = shift.open_change {
            return Err(Refusal::new(Code::ChangeOpen).with("request", request));
        }
    }
    let unfit = |expected: &str| {
        Err(Refusal::new(Code::ShiftsNotMergeable).at("how.shift").with("expected", expected))
    };
    if one.id == other.id {
        return unfit("another shift");
    }
    if (one.schedule, one.site, &one.zone) != (other.schedule, other.site, &other.zone) {
        return unfit("a shift of the same order at the same site");
    }
    if one.span() != other.span() && one.ends_at != other.starts_at {
        return unfit("a shift with the same times, or one that starts when the first ends");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{divide, half_of, join, set_headcount, take_out};
    use crate::codes::Code;
    use crate::shifts::model::{AddedSlots, BookingState, Part};
    use crate::shifts::rules::sample;
    use crate::values::{BookingId, Instant, PositionId};

    fn id(number: u128) -> PositionId {
        PositionId::new(Uuid::from_u128(number))
    }

    fn bookings(list: &[u128]) -> Vec<BookingId> {
        list.iter().map(|number| BookingId::new(Uuid::from_u128(*number))).collect()
    }

    #[test]
    fn c11_fewer_heads_take_unfilled_slots_first_then_the_last_booked() {
        let mut shift = sample::shift(&[5]);
        sample::book(
            &mut shift,
            0,
            &[BookingState::Confirmed, BookingState::Invited, BookingState::Confirmed],
        );
        let position = &mut shift.positions[0];
        assert_eq!(set_headcount(position, 3, None), [], "two were unfilled");
        assert_eq!(set_headcount(position, 1, None), bookings(&[3, 2]), "the last booked first");
        assert_eq!(position.headcount, 1);
    }

    #[test]
    fn c11_ended_bookings_hold_no_slot() {
        let mut shift = sample::shift(&[3]);
        sample::book(
            &mut shift,
            0,
            &[BookingState::Confirmed, BookingState::Declined, BookingState::Invited],
        );
        assert_eq!(set_headcount(&mut shift.positions[0], 1, None), bookings(&[3]));
    }

    #[test]
    fn c11_an_increase_is_a_submission_of_its_own_for_the_added_slots_only() {
        let at = |text| Instant::parse(text).unwrap();
        let (one, two) = (at("2026-09-01T08:00:00Z"), at("2026-09-02T08:00:00Z"));
        let mut shift = sample::shift(&[3]);
        let position = &mut shift.positions[0];
        set_headcount(position, 5, Some(one));
        set_headcount(position, 6, Some(two));
        let added = [AddedSlots { count: 2, ordered_at: one }, AddedSlots { count: 1, ordered_at: two }];
        assert_eq!((position.first_ordered(), position.added.as_slice()), (3, &added[..]));
        set_headcount(position, 4, None);
        assert_eq!(
            (position.first_ordered(), position.added.as_slice()),
            (3, &[AddedSlots { count: 1, ordered_at: one }][..])
        );
        set_headcount(position, 2, None);
        assert_eq!((position.first_ordered(), position.added.len()), (2, 0));
    }

    #[test]
    fn l2_a_group_is_divided_with_its_last_bookings_and_never_emptied() {
        let mut shift = sample::shift(&[3]);
        sample::book(&mut shift, 0, &[BookingState::Confirmed, BookingState::Confirmed]);
        let first = shift.positions[0].id;
        for headcount in [0, 3, 1_000_000] {
            let refusal = divide(&mut shift.clone(), first, headcount, id(9)).unwrap_err();
            assert_eq!((refusal.code, refusal.path.as_deref()), (Code::OutOfRange, Some("how.headcount")));
        }
        divide(&mut shift, first, 2, id(9)).unwrap();
        let heads: Vec<_> =
            shift.positions.iter().map(|one| (one.id, one.headcount, one.bookings.len())).collect();
        assert_eq!(heads, [(first, 1, 1), (id(9), 2, 1)]);
        assert_eq!(shift.positions[1].bookings[0].id, bookings(&[2])[0]);
    }

    #[test]
    fn l2_some_positions_are_taken_out_but_not_all() {
        let shift = sample::shift(&[1, 2]);
        let [one, two] = [shift.positions[0].id, shift.positions[1].id];
        assert_eq!(take_out(&mut shift.clone(), &[one, two]).unwrap_err().code, Code::OutOfRange);
        assert_eq!(take_out(&mut shift.clone(), &[]).unwrap_err().code, Code::TooFew);
        let unknown = take_out(&mut shift.clone(), &[one, id(77)]).unwrap_err();
        assert_eq!((unknown.code, unknown.path.as_deref()), (Code::NotFound, Some("how.positions[1]")));
        let mut shift = shift;
        assert_eq!(take_out(&mut shift, &[two]).unwrap().len(), 1);
        assert_eq!(shift.positions.len(), 1);
    }

    #[test]
    fn l2_a_shift_is_whole_again_when_all_of_its_parts_are_back() {
        let part = |part| crate::shifts::model::Shift { part: Some(part), ..sample::shift(&[1]) };
        let [first, second] = half_of(&sample::shift(&[1])).unwrap();
        let [third, fourth] = half_of(&part(second)).unwrap();
        let back = join(&part(first), &part(third)).unwrap();
        assert!(back.share < Part::WHOLE);
        assert_eq!(join(&part(back), &part(fourth)), None);
        assert!(join(&part(first), &sample::shift(&[1])).is_some());
        assert_eq!(half_of(&part(Part { share: 1, ..first })).unwrap_err().code, Code::TooMany);
    }
}
