//! What a client may ask of an accepted shift, as far as the shift and the agency's policy say.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::agency::model::{Agency, AgencyContact, ChangePolicy};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::Shift;
use crate::values::Instant;

/// What kind of change is asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Other times, or another break.
    Times,
    /// More or fewer of a position.
    Headcount,
    /// Another skill.
    Skill,
    /// Another note.
    Note,
    /// The shift is called off.
    Cancel,
}

impl ChangeKind {
    pub const ALL: [Self; 5] = [Self::Times, Self::Headcount, Self::Skill, Self::Note, Self::Cancel];
}

/// What holds for a client: its own policy and contact, else the agency's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    pub policy: ChangePolicy,
    pub contact: Option<AgencyContact>,
    agency_name: String,
}

impl Terms {
    pub fn of(agency: &Agency, client: Option<&Client>) -> Self {
        let (policy, contact) =
            client.map_or((None, None), |client| (client.changes, client.contact.clone()));
        Self {
            policy: policy.unwrap_or(agency.changes),
            contact: contact.or_else(|| agency.contact.clone()),
            agency_name: agency.name.to_string(),
        }
    }

    /// The refusal that names whom to ask.
    fn contact_agency(&self) -> Refusal {
        let contact = self.contact.as_ref().map_or_else(|| self.agency_name.clone(), ToString::to_string);
        Refusal::new(Code::ShiftSplitContactAgency).with("contact", contact)
    }
}

/// One slot group with one span and one skill, and not a part of something that was ordered as one.
pub fn is_atomic(shift: &Shift) -> bool {
    shift.part.is_none() && shift.positions.len() == 1
}

/// Whether this kind of change can be asked of the shift now. Whether another one waits already is not looked at.
///
/// `terms` matter for a split shift alone: who knows that it is not one need not load them.
pub fn may_ask(shift: &Shift, kind: ChangeKind, terms: Option<&Terms>, now: Instant) -> Result<(), Refusal> {
    in_time(shift, kind, now)?;
    if is_atomic(shift) {
        return Ok(());
    }
    let Some(terms) = terms else { return Err(Refusal::new(Code::ShiftSplitContactAgency)) };
    let allowed = match kind {
        ChangeKind::Headcount => terms.policy.headcount_on_split,
        ChangeKind::Note => terms.policy.note_on_split,
        ChangeKind::Cancel => terms.policy.cancel_on_split,
        ChangeKind::Times | ChangeKind::Skill => false,
    };
    if allowed { Ok(()) } else { Err(terms.contact_agency()) }
}

/// Whether it is not too late for this kind of change.
pub fn in_time(shift: &Shift, kind: ChangeKind, now: Instant) -> Result<(), Refusal> {
    super::open(shift)?;
    if now >= shift.ends_at {
        return Err(Refusal::new(Code::ShiftFinished));
    }
    if now >= until(shift, kind) {
        return Err(Refusal::new(Code::ShiftStarted));
    }
    Ok(())
}

/// From then on it is too late. A running shift can be lengthened and shortened, and talked about.
pub const fn until(shift: &Shift, kind: ChangeKind) -> Instant {
    match kind {
        ChangeKind::Headcount | ChangeKind::Skill | ChangeKind::Cancel => shift.starts_at,
        ChangeKind::Times | ChangeKind::Note => shift.ends_at,
    }
}

#[cfg(test)]
mod tests {
    use super::{ChangeKind, Terms, is_atomic, may_ask};
    use crate::agency::model::{AgencyContact, ChangePolicy};
    use crate::codes::Code;
    use crate::shifts::model::{Part, Shift};
    use crate::shifts::rules::sample;
    use crate::values::{Email, Text};

    fn terms(policy: ChangePolicy) -> Terms {
        let contact = AgencyContact {
            name: Text::parse("Mia Berg").unwrap(),
            email: Some(Email::parse("mia@northlight.example").unwrap()),
            phone: None,
        };
        Terms { policy, contact: Some(contact), agency_name: "Northlight".to_owned() }
    }

    fn allowed(shift: &Shift, terms: &Terms) -> Vec<ChangeKind> {
        let now = sample::at(sample::EVE);
        ChangeKind::ALL.into_iter().filter(|kind| may_ask(shift, *kind, Some(terms), now).is_ok()).collect()
    }

    #[test]
    fn l2_a_shift_is_atomic_with_one_group_and_as_it_was_ordered() {
        let whole = sample::shift(&[5]);
        let part = Part { of: whole.id, share: Part::WHOLE / 2 };
        assert!(is_atomic(&whole));
        assert!(!is_atomic(&sample::shift(&[4, 1])), "two groups");
        assert!(!is_atomic(&Shift { part: Some(part), ..whole.clone() }), "half of what was ordered");
        let strict = terms(ChangePolicy::default());
        assert_eq!(allowed(&whole, &strict), ChangeKind::ALL);
        assert_eq!(allowed(&sample::shift(&[4, 1]), &strict), []);
    }

    #[test]
    fn l2_a_split_shift_names_whom_to_contact() {
        let split = sample::shift(&[4, 1]);
        let now = sample::at(sample::EVE);
        let refusal =
            may_ask(&split, ChangeKind::Times, Some(&terms(ChangePolicy::default())), now).unwrap_err();
        assert_eq!(refusal.code, Code::ShiftSplitContactAgency);
        assert_eq!(refusal.details, [("contact", "Mia Berg, mia@northlight.example".to_owned())]);
        let nobody = Terms { contact: None, ..terms(ChangePolicy::default()) };
        let refusal = may_ask(&split, ChangeKind::Cancel, Some(&nobody), now).unwrap_err();
        assert_eq!(refusal.details, [("contact", "Northlight".to_owned())]);
    }

    #[test]
    fn l3_the_policy_allows_headcount_note_and_cancel_on_a_split_shift_and_nothing_else() {
        let split = sample::shift(&[4, 1]);
        let none = ChangePolicy::default();
        for (policy, kinds) in [
            (ChangePolicy { headcount_on_split: true, ..none }, &[ChangeKind::Headcount][..]),
            (ChangePolicy { note_on_split: true, ..none }, &[ChangeKind::Note][..]),
            (ChangePolicy { cancel_on_split: true, ..none }, &[ChangeKind::Cancel][..]),
            (
                ChangePolicy { headcount_on_split: true, note_on_split: true, cancel_on_split: true, ..none },
                &[ChangeKind::Headcount, ChangeKind::Note, ChangeKind::Cancel][..],
            ),
        ] {
            assert_eq!(allowed(&split, &terms(policy)), kinds);
        }
    }
}
