//! Whether a run of events is as it was written, judged from the events and a known link alone.

use serde::Deserialize;

use crate::store::{Row, link_of};
use crate::values::ContentHash;

/// The events that the people of a client may read of what is theirs. What is not named here is the agency's.
pub fn is_for_clients(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "change_approved",
        "change_declined",
        "change_fee_waived",
        "change_requested",
        "change_superseded",
        "change_withdrawn",
        "client_access_changed",
        "client_approval_changed",
        "client_changed",
        "client_ordering_changed",
        "company_changed",
        "company_identity_approved",
        "company_identity_asked",
        "company_identity_refused",
        "identity_linked",
        "identity_provider_removed",
        "identity_provider_set",
        "identity_unlinked",
        "impersonation_ended",
        "impersonation_started",
        "link_ended",
        "link_opened",
        "link_shared",
        "mandate_accepted",
        "mandate_approval_asked",
        "mandate_approved",
        "mandate_declined",
        "mandate_draft_edited",
        "mandate_drafted",
        "mandate_edited",
        "mandate_expired",
        "mandate_rejected",
        "mandate_resubmitted",
        "mandate_review_closed",
        "mandate_review_opened",
        "mandate_revised",
        "mandate_submitted",
        "mandate_withdrawn",
        "message_withdrawn",
        "message_written",
        "project_created",
        "project_renamed",
        "project_team_published",
        "purchase_order_changed",
        "purchase_order_created",
        "purchase_order_warned",
        "schedule_added",
        "selection_applied",
        "selection_offered",
        "selection_reopened",
        "selection_submitted",
        "selection_withdrawn",
        "shift_cancelled",
        "shift_created",
        "shift_merged",
        "shift_moved",
        "shift_positions_changed",
        "shift_restored",
        "shift_site_changed",
        "shift_split",
        "site_added",
        "site_changed",
        "user_access_changed",
        "user_added_to_client",
        "user_created",
        "user_deactivated",
        "user_invited",
        "user_joined",
        "user_password_changed",
        "user_password_reset",
        "user_reactivated",
        "user_removed_from_client",
        "user_second_factor_off",
        "user_second_factor_on",
        "user_temporary_password_set",
    ];
    NAMES.contains(&name)
}

/// Where checking starts or ends: an event's number with its link. Before the first event: 0 and the empty text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    pub number: u64,
    pub link: String,
}

/// What is wrong with the first event that is not as it was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// An event with this number should be here and is not.
    Missing,
    /// The event's text is not the one that was linked.
    Changed,
    /// The event's text is linked by its follower, but its own link is another.
    WrongLink,
}

/// How far events were found to be in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The last event that is in order.
    pub verified: Point,
    /// The number of the first that is not, and why.
    pub flaw: Option<(u64, Flaw)>,
}

/// Recomputes the chain of links from a point that is trusted.
///
/// A body and its link cannot both be right if either was altered; which one it was shows in the next event, whose
/// link was made over the true one.
pub fn verify(rows: &[Row], start: Point) -> Verdict {
    verify_up_to(rows, start, u64::MAX)
}

/// The same, ending at a number; an event behind it is only looked at to judge a link by.
pub fn verify_up_to(rows: &[Row], start: Point, last: u64) -> Verdict {
    let mut verified = start;
    for (position, row) in rows.iter().enumerate() {
        let number = verified.number + 1;
        if number > last {
            break;
        }
        if row.version != number {
            return Verdict { verified, flaw: Some((number, Flaw::Missing)) };
        }
        let link = link_over(&verified.link, row);
        if row.link.as_ref() != Some(&link) || !is_of_its_id(row) {
            let next = rows.get(position + 1);
            let follows = next.is_some_and(|next| next.link.as_deref() == Some(&link_over(&link, next)));
            let flaw = if follows && is_of_its_id(row) { Flaw::WrongLink } else { Flaw::Changed };
            return Verdict { verified, flaw: Some((number, flaw)) };
        }
        verified = Point { number, link };
    }
    Verdict { verified, flaw: None }
}

fn link_over(previous: &str, row: &Row) -> String {
    link_of(previous, row.version, ContentHash::of(row.body.as_bytes()).as_str())
}

/// The id stands in the body too, where it is linked.
fn is_of_its_id(row: &Row) -> bool {
    #[derive(Deserialize)]
    struct Body<'a> {
        id: &'a str,
    }
    serde_json::from_str::<Body>(&row.body).is_ok_and(|body| body.id == row.id)
}

#[cfg(test)]
mod tests {
    use super::{Flaw, Point, Verdict, link_over, verify};
    use crate::store::Row;

    fn start() -> Point {
        Point { number: 0, link: String::new() }
    }

    /// A history of honest events, linked by hand.
    fn honest(count: u64) -> Vec<Row> {
        let mut previous = String::new();
        (1..=count)
            .map(|number| {
                let (id, body) =
                    (format!("e{number}"), format!("{{\"id\":\"e{number}\",\"data\":{number}}}"));
                let mut row = Row { id, version: number, body, link: None };
                previous = link_over(&previous, &row);
                row.link = Some(previous.clone());
                row
            })
            .collect()
    }

    fn flaw(rows: &[Row]) -> (u64, Option<(u64, Flaw)>) {
        let Verdict { verified, flaw } = verify(rows, start());
        (verified.number, flaw)
    }

    #[test]
    fn h3_an_honest_history_verifies_whole_and_in_parts() {
        let rows = honest(5);
        let whole = verify(&rows, start());
        assert_eq!((whole.verified.number, whole.flaw), (5, None));
        let first = verify(&rows[..2], start());
        let rest = verify(&rows[2..], first.verified);
        assert_eq!(rest.verified, whole.verified);
        assert_eq!(verify(&[], start()), Verdict { verified: start(), flaw: None });
    }

    #[test]
    fn h3_a_changed_event_shows() {
        let mut rows = honest(5);
        rows[2].body = rows[2].body.replace("\"data\":3", "\"data\":4");
        assert_eq!(flaw(&rows), (2, Some((3, Flaw::Changed))));
        let mut rows = honest(5);
        rows[4].body = rows[4].body.replace("\"data\":5", "\"data\":4");
        assert_eq!(flaw(&rows), (4, Some((5, Flaw::Changed))), "also the last");
        let mut rows = honest(5);
        rows[2].id = "e9".to_owned();
        assert_eq!(flaw(&rows), (2, Some((3, Flaw::Changed))), "also its id");
    }

    #[test]
    fn h3_a_missing_event_shows() {
        let mut rows = honest(5);
        rows.remove(2);
        assert_eq!(flaw(&rows), (2, Some((3, Flaw::Missing))));
        // Numbered anew to hide the gap.
        for (row, number) in rows.iter_mut().zip(1..) {
            row.version = number;
        }
        assert_eq!(flaw(&rows), (2, Some((3, Flaw::Changed))));
    }

    #[test]
    fn h3_an_added_event_shows() {
        let mut rows = honest(5);
        let added = Row { id: "x".to_owned(), body: "{\"id\":\"x\"}".to_owned(), ..rows[1].clone() };
        rows.insert(2, added);
        assert_eq!(flaw(&rows), (2, Some((3, Flaw::Missing))), "two with one number");
        for (row, number) in rows.iter_mut().zip(1..) {
            row.version = number;
        }
        assert_eq!(flaw(&rows), (2, Some((3, Flaw::Changed))));
    }

    #[test]
    fn h3_swapped_events_show() {
        let mut rows = honest(5);
        rows.swap(1, 2);
        assert_eq!(flaw(&rows), (1, Some((2, Flaw::Missing))));
        for (row, number) in rows.iter_mut().zip(1..) {
            row.version = number;
        }
        assert_eq!(flaw(&rows), (1, Some((2, Flaw::Changed))));
    }

    #[test]
    fn h3_a_wrong_link_shows() {
        let mut rows = honest(5);
        rows[2].link = Some("0".repeat(64));
        assert_eq!(flaw(&rows), (2, Some((3, Flaw::WrongLink))));
        let mut rows = honest(5);
        rows[2].link = None;
        assert_eq!(flaw(&rows), (2, Some((3, Flaw::WrongLink))));
    }
}
