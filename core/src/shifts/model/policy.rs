//! How an agency books: when people may check in and out, and what a missing skill means.

use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::Kind;
use crate::values::{AgencyId, Whole};

/// What happens when a worker is booked who does not hold the position's skill.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkillRule {
    /// The booking is made and says so.
    #[default]
    Warn,
    Refuse,
}

/// The agency's policy for bookings. Its id is the agency's; an agency without one has the usual one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BookingPolicy {
    pub agency: AgencyId,
    /// Checking in begins this long before the start.
    pub check_in_before: Whole<0, 240>,
    /// Who comes later than this after the start is late.
    pub late_after: Whole<0, 120>,
    /// Who leaves earlier than this before the end has left early.
    pub early_before: Whole<0, 120>,
    /// Checking out is possible until this long after the end.
    pub check_out_after: Whole<0, 720>,
    pub skills: SkillRule,
}

pub static BOOKING_POLICY: Kind = Kind { name: "booking_policy", columns: &[], indexes: &[] };

impl BookingPolicy {
    /// What holds until the agency says otherwise: an hour before, five minutes either way, four hours after.
    pub fn usual(agency: AgencyId) -> Self {
        Self {
            agency,
            check_in_before: whole(60),
            late_after: whole(5),
            early_before: whole(5),
            check_out_after: whole(240),
            skills: SkillRule::default(),
        }
    }
}

/// For figures that stand here in the code, within their limits.
fn whole<const MOST: u32>(value: u32) -> Whole<0, MOST> {
    Whole::new(value).unwrap_or_default()
}

impl Record for BookingPolicy {
    const KIND: &'static Kind = &BOOKING_POLICY;

    fn record_id(&self) -> String {
        self.agency.to_string()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{BookingPolicy, SkillRule};
    use crate::values::AgencyId;

    #[test]
    fn l16_the_usual_policy_is_the_documented_one() {
        let usual = BookingPolicy::usual(AgencyId::new(Uuid::nil()));
        let figures = [usual.check_in_before.get(), usual.check_out_after.get()];
        assert_eq!((figures, usual.late_after.get(), usual.early_before.get()), ([60, 240], 5, 5));
        assert_eq!(usual.skills, SkillRule::Warn);
    }
}
