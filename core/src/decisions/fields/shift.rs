//! The laws over a client's shift, decided for one person.

use super::{Circumstances, FieldRule};
use crate::access::{Permission, Permissions};
use crate::branding::model::OptionalField;
use crate::shifts::model::{Booking, BookingState, Shift};
use crate::values::Instant;
use crate::visibility::{self, Audience, Law};

pub(super) fn rule(
    field: &str,
    law: Law,
    shift: &Shift,
    held: Permissions,
    about: &Circumstances,
) -> FieldRule {
    let shown = |optional, rule| match about.exposure {
        Some(exposure) if !exposure.shows(optional) => FieldRule::LeftOut,
        _ => rule,
    };
    match law {
        Law::Listed => FieldRule::Listed,
        Law::Optional if field == "note" => shown(OptionalField::ShiftNote, FieldRule::Listed),
        Law::Optional => shown(OptionalField::SiteAddress, FieldRule::Listed),
        Law::MarkedReason => FieldRule::ReasonMarkedForClient,
        Law::MarkedTags => shown(OptionalField::Tags, FieldRule::MarkedForClient),
        Law::Team => team(shift, held),
        Law::Picture => picture(shift, held),
        Law::Lead => lead(shift, held),
        Law::LeadPhone => phone(shift, held, about.now),
        // Nothing of a shift is under another law.
        _ => FieldRule::NotVisible,
    }
}

fn picture(shift: &Shift, held: Permissions) -> FieldRule {
    match team(shift, held) {
        FieldRule::TeamShared if visibility::picture(Audience::Client, shift.team) => {
            FieldRule::PicturesShared
        }
        FieldRule::TeamShared => FieldRule::PicturesNotShared,
        rule => rule,
    }
}

fn team(shift: &Shift, held: Permissions) -> FieldRule {
    if !held.holds(Permission::ViewTeam) {
        FieldRule::RoleLacksTeam
    } else if visibility::team(Audience::Client, &shift.state()) {
        FieldRule::TeamShared
    } else {
        FieldRule::TeamNotShared
    }
}

fn lead(shift: &Shift, held: Permissions) -> FieldRule {
    match team(shift, held) {
        FieldRule::TeamShared if leading(shift).is_none() => FieldRule::NoLead,
        rule => rule,
    }
}

fn leading(shift: &Shift) -> Option<&Booking> {
    let is_seen = |state: BookingState| visibility::team_member(Audience::Client, state.is_of_team());
    shift.bookings().find(|booking| Some(booking.id) == shift.lead && is_seen(booking.state))
}

fn phone(shift: &Shift, held: Permissions, now: Instant) -> FieldRule {
    let (team, lead, state) = (team(shift, held), lead(shift, held), shift.state());
    if team != FieldRule::TeamShared {
        team
    } else if !held.holds(Permission::SeePhones) {
        FieldRule::RoleLacksPhones
    } else if state.cancelled {
        FieldRule::ShiftCancelled
    } else if lead != FieldRule::TeamShared {
        lead
    } else if !visibility::lead_phone(Audience::Client, &state, now) {
        FieldRule::ShiftFinished
    } else if leading(shift).is_some_and(|booking| booking.phone.is_none()) {
        FieldRule::NoPhone
    } else {
        FieldRule::UntilTheEnd
    }
}
