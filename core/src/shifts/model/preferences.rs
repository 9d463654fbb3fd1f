//! Whom a client likes to see again, and whom not.

use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::Kind;
use crate::values::{Bounded, ClientId, Instant, PreferenceId, UserId, WorkerId};

#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "StaffPreferenceKind")]
pub enum Preference {
    /// Comes first where workers are suggested or proposed for this client.
    Preferred,
    /// Is not booked at this client. Neither the worker nor another client learns of it.
    Refused,
}

/// One worker with what the client thinks of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StaffPreference {
    pub id: PreferenceId,
    pub worker: WorkerId,
    pub preference: Preference,
    /// Whoever of the client named the worker; none if the agency did. Whom the agency named the client may never
    /// have met, so such an entry is not in the client's list.
    pub by: Option<UserId>,
    pub at: Instant,
}

/// More than this are not kept for one client.
pub const MOST_PREFERENCES: usize = 500;

/// All of one client's, in one record whose id is the client's.
///
/// Guard record: who books a worker at a client reads it, so that of a refusal and a booking in the same moment one
/// finds the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StaffPreferences {
    pub client: ClientId,
    pub list: Bounded<StaffPreference, MOST_PREFERENCES>,
}

pub static STAFF_PREFERENCES: Kind = Kind { name: "staff_preferences", columns: &[], indexes: &[] };

impl StaffPreferences {
    pub fn of(client: ClientId) -> Self {
        Self { client, list: Bounded::default() }
    }

    /// What holds for a worker. Agency and client each have a word of their own, and a refusal by either counts.
    pub fn worker(&self, worker: WorkerId) -> Option<Preference> {
        let words = self.list.iter().filter(|entry| entry.worker == worker);
        words.map(|entry| entry.preference).max()
    }
}

impl Record for StaffPreferences {
    const KIND: &'static Kind = &STAFF_PREFERENCES;

    fn record_id(&self) -> String {
        self.client.to_string()
    }
}
