//! The public page of a project: strictly less than the least of the client's people sees.
//!
//! It is made from what that person would be shown, so nothing stands on it that they are not shown. Names are the one
//! exception, as far as the agency sets it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Grant;
use crate::privacy::{ERASED, Fact, Facts, Shown};
use crate::projects::model::Project;
use crate::shifts::model::{Booking, Role, Shift};
use crate::shifts::rules::Fill;
use crate::shifts::views::{ClientPositionView, client_shift};
use crate::values::{Instant, LocalTime, Zone};
use crate::visibility::{self, Audience, PublicNames};

/// A project as anybody sees it who has the address of its public page. The page must carry `noindex`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PublicPageView {
    pub name: String,
    /// By start; cancelled ones are left out.
    pub shifts: Vec<PublicShiftView>,
    /// Always true: the page is for no search engine.
    pub noindex: bool,
}

/// A shift on a public page: when, and who is wanted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PublicShiftView {
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// The same span as the clock at the site shows it.
    pub local_start: LocalTime,
    pub local_end: LocalTime,
    pub zone: Zone,
    pub positions: Vec<PublicPositionView>,
    pub fill: Fill,
    /// Who comes, if the agency shows names to the public and has shared the team; else null.
    pub names: Option<Vec<String>>,
}

/// A skill, a role and how many.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PublicPositionView {
    pub skill_name: String,
    pub role: Role,
    pub headcount: u32,
}

/// Whom the page shows is noted in `seen`.
pub fn page(
    grant: &Grant,
    project: &Project,
    shifts: Vec<Shift>,
    now: Instant,
    seen: &mut Shown,
) -> PublicPageView {
    let shown = shifts.into_iter().filter(|shift| shift.cancelled_at.is_none());
    PublicPageView {
        name: project.name.to_string(),
        shifts: shown.map(|one| shift(grant, one, project.sharing.public_names, now, seen)).collect(),
        noindex: true,
    }
}

fn shift(
    grant: &Grant,
    shift: Shift,
    shown: PublicNames,
    now: Instant,
    noted: &mut Shown,
) -> PublicShiftView {
    let names = names(&shift, shown, noted);
    // The grant of nobody in particular holds no permission: this is what the least of users sees.
    let seen = client_shift(grant, shift, None, now, noted);
    PublicShiftView {
        starts_at: seen.starts_at,
        ends_at: seen.ends_at,
        local_start: seen.local_start,
        local_end: seen.local_end,
        zone: seen.zone,
        positions: seen.positions.into_iter().map(position).collect(),
        fill: seen.fill,
        names,
    }
}

fn position(position: ClientPositionView) -> PublicPositionView {
    PublicPositionView {
        skill_name: position.skill_name.to_string(),
        role: position.role,
        headcount: position.headcount,
    }
}

/// The confirmed workers' names, as far as the public may read them.
fn names(shift: &Shift, shown: PublicNames, noted: &mut Shown) -> Option<Vec<String>> {
    if shown == PublicNames::None || !visibility::shared(Audience::Public, shift.team) {
        return None;
    }
    // Of who was erased there is no name.
    let coming = shift
        .bookings()
        .filter(|booking| visibility::team_member(Audience::Public, booking.state.is_of_team()))
        .filter(|booking| booking.name.as_str() != ERASED);
    let name = |booking: &Booking| {
        let name = visibility::public_name(shown, booking.name.as_str())?;
        let fact = if shown == PublicNames::Full { Fact::PublicName } else { Fact::PublicGivenName };
        noted.worker(booking.worker, Facts::of(fact));
        Some(name)
    };
    Some(coming.filter_map(name).collect())
}
