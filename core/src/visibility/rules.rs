//! Field rules over audience, state and time. No records, no Tx.
//!
//! There is no rule for pay: it has no form in which a client view could hold it.

use super::sharing::TeamSharing;
use crate::values::Instant;

/// For whom a view is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// People who plan shifts: they work with names, phones and pay.
    Agency,
    /// People of the client whose shift it is.
    Client,
    /// Whoever has the address of a public page.
    Public,
}

/// What the rules need to know of a shift.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShiftState {
    pub ends_at: Instant,
    pub cancelled: bool,
    pub team: TeamSharing,
}

/// The team and the lead's name: a client sees them once they are shared.
pub fn team(audience: Audience, state: &ShiftState) -> bool {
    shared(audience, state.team)
}

/// The same of a project, whose shifts all carry its sharing.
pub fn shared(audience: Audience, team: TeamSharing) -> bool {
    match audience {
        Audience::Agency => true,
        Audience::Client | Audience::Public => team.immediately || team.published_at.is_some(),
    }
}

/// One worker of a team that may be seen: a client sees who has confirmed, nobody who is still asked.
pub fn team_member(audience: Audience, confirmed: bool) -> bool {
    match audience {
        Audience::Agency => true,
        Audience::Client | Audience::Public => confirmed,
    }
}

/// A picture of somebody in the team: a client sees it with the team, if pictures are shared.
pub fn picture(audience: Audience, sharing: TeamSharing) -> bool {
    match audience {
        Audience::Agency => true,
        Audience::Client => shared(audience, sharing) && sharing.pictures,
        Audience::Public => false,
    }
}

/// The times that somebody in the team worked: a client sees them with the team, if the time report is shared.
pub fn time_report(audience: Audience, sharing: TeamSharing) -> bool {
    match audience {
        Audience::Agency => true,
        Audience::Client => shared(audience, sharing) && sharing.time_report,
        Audience::Public => false,
    }
}

/// The lead's phone: a client sees it with the team, until the end of a shift that is not cancelled.
///
/// It is there for the day of work. At the end instant itself it is gone.
pub fn lead_phone(audience: Audience, state: &ShiftState, now: Instant) -> bool {
    match audience {
        Audience::Agency => true,
        Audience::Client => team(audience, state) && !state.cancelled && now < state.ends_at,
        Audience::Public => false,
    }
}

/// A tag: a client sees those that are marked for it.
pub fn tag(audience: Audience, visible_to_client: bool) -> bool {
    match audience {
        Audience::Agency => true,
        Audience::Client => visible_to_client,
        Audience::Public => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn state(cancelled: bool, immediately: bool, published: bool) -> ShiftState {
        let published_at = published.then(|| at("2026-10-01T08:00:00Z"));
        ShiftState {
            ends_at: at("2026-10-25T02:00:00Z"),
            cancelled,
            team: TeamSharing { immediately, published_at, ..TeamSharing::default() },
        }
    }

    #[test]
    fn a12_the_leads_phone_is_gone_at_the_end_instant() {
        let shared = state(false, false, true);
        assert!(lead_phone(Audience::Client, &shared, at("2026-10-25T01:59:59Z")));
        assert!(lead_phone(Audience::Client, &shared, at("2026-10-25T01:59:59.999Z")));
        assert!(!lead_phone(Audience::Client, &shared, at("2026-10-25T02:00:00Z")));
        assert!(!lead_phone(Audience::Client, &shared, at("2026-10-26T00:00:00Z")));
    }

    #[test]
    fn a12_a_cancelled_shift_never_shows_the_phone() {
        for (immediately, published) in [(false, false), (false, true), (true, false), (true, true)] {
            let cancelled = state(true, immediately, published);
            assert!(!lead_phone(Audience::Client, &cancelled, at("2026-10-24T12:00:00Z")));
        }
    }

    #[test]
    fn d2_a_client_sees_the_team_when_it_is_published_or_shared_at_once() {
        assert!(!team(Audience::Client, &state(false, false, false)));
        assert!(team(Audience::Client, &state(false, false, true)));
        assert!(team(Audience::Client, &state(false, true, false)));
        assert!(!lead_phone(Audience::Client, &state(false, false, false), at("2026-10-24T12:00:00Z")));
    }

    #[test]
    fn d1_pictures_and_times_come_with_the_team_and_only_if_they_are_shared() {
        for (immediately, published, on, seen) in [
            (false, false, true, false),
            (true, false, true, true),
            (false, true, true, true),
            (true, true, false, false),
        ] {
            let mut sharing = state(false, immediately, published).team;
            (sharing.pictures, sharing.time_report) = (on, on);
            assert_eq!(picture(Audience::Client, sharing), seen);
            assert_eq!(time_report(Audience::Client, sharing), seen);
            sharing.pictures = !on;
            assert_eq!(time_report(Audience::Client, sharing), seen, "each option is its own");
            assert!(picture(Audience::Agency, sharing) && time_report(Audience::Agency, sharing));
        }
    }

    #[test]
    fn d6_only_marked_tags_and_confirmed_workers_reach_a_client() {
        assert!(tag(Audience::Agency, false) && !tag(Audience::Client, false) && tag(Audience::Client, true));
        assert!(team_member(Audience::Agency, false) && !team_member(Audience::Client, false));
    }
}
