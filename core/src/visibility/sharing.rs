//! How a project is shared: the options, and what changing them does. No records, no Tx.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::Instant;

/// Which names of the team a public page shows, once the team is shared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicNames {
    /// Nobody's.
    #[default]
    None,
    /// Given names; no surnames.
    Given,
    /// As the client sees them.
    Full,
}

/// A name as the public may read it.
///
/// The given name is the first word, or the first one after a comma where the surname stands in front. Of a name that is
/// one word alone nobody can say which it is, so only its first letter is shown.
pub fn public_name(shown: PublicNames, name: &str) -> Option<String> {
    let given = name.split_once(',').map_or(name, |(_, after)| after).trim();
    let mut words = given.split_whitespace();
    let first = words.next()?;
    match shown {
        PublicNames::None => None,
        PublicNames::Full => Some(name.to_owned()),
        PublicNames::Given if given != name.trim() || words.next().is_some() => Some(first.to_owned()),
        PublicNames::Given => first.chars().next().map(|letter| format!("{letter}.")),
    }
}

/// What of a shared project its client sees, and whether it may be shown to the public.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[allow(clippy::struct_excessive_bools, reason = "options that are on or off, each by itself")]
pub struct Sharing {
    /// On: each worker appears to the client as soon as confirmed. Off: the team appears when it is published.
    #[serde(default)]
    pub team_immediately: bool,
    /// Whether pictures are shown with the team.
    #[serde(default)]
    pub profile_pictures: bool,
    /// Whether the times that were worked are shown with the team.
    #[serde(default)]
    pub time_report: bool,
    /// Whether a public page of the project may be made, and those that were made are shown.
    #[serde(default)]
    pub public: bool,
    #[serde(default)]
    pub public_names: PublicNames,
}

/// What is to change; what is left out stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SharingChange {
    pub team_immediately: Option<bool>,
    pub profile_pictures: Option<bool>,
    pub time_report: Option<bool>,
    pub public: Option<bool>,
    pub public_names: Option<PublicNames>,
}

impl SharingChange {
    pub fn applied_to(self, old: Sharing) -> Sharing {
        Sharing {
            team_immediately: self.team_immediately.unwrap_or(old.team_immediately),
            profile_pictures: self.profile_pictures.unwrap_or(old.profile_pictures),
            time_report: self.time_report.unwrap_or(old.time_report),
            public: self.public.unwrap_or(old.public),
            public_names: self.public_names.unwrap_or(old.public_names),
        }
    }
}

/// How a project's team is shared with its client: what each of its shifts carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct TeamSharing {
    /// On: each worker appears to the client as soon as confirmed. Off: the team appears when it is published.
    pub immediately: bool,
    /// When the agency last published the team, if it did.
    pub published_at: Option<Instant>,
    /// Whether pictures are shown with the team.
    #[serde(default)]
    pub pictures: bool,
    /// Whether the times that were worked are shown with the team.
    #[serde(default)]
    pub time_report: bool,
}

impl TeamSharing {
    pub const fn of(sharing: Sharing, published_at: Option<Instant>) -> Self {
        Self {
            immediately: sharing.team_immediately,
            published_at,
            pictures: sharing.profile_pictures,
            time_report: sharing.time_report,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PublicNames, Sharing, SharingChange, public_name};

    #[test]
    fn d1_what_is_left_out_of_a_change_stays() {
        let old = Sharing { team_immediately: true, public: true, ..Sharing::default() };
        assert_eq!(SharingChange::default().applied_to(old), old);
        let change = SharingChange {
            public: Some(false),
            profile_pictures: Some(true),
            public_names: Some(PublicNames::Given),
            ..SharingChange::default()
        };
        let new = Sharing {
            team_immediately: true,
            profile_pictures: true,
            time_report: false,
            public: false,
            public_names: PublicNames::Given,
        };
        assert_eq!(change.applied_to(old), new);
    }

    #[test]
    fn a13_no_surname_is_public_unless_it_is_set() {
        for (name, given) in [
            ("Lena Sturm", "Lena"),
            ("Anna Maria von der Leyen", "Anna"),
            ("Sturm, Lena", "Lena"),
            ("  Tom\tFischer ", "Tom"),
            ("Sturm", "S."),
            ("李小龙", "李."),
        ] {
            assert_eq!(public_name(PublicNames::Given, name).as_deref(), Some(given), "{name}");
            assert_eq!(public_name(PublicNames::Full, name).as_deref(), Some(name));
            assert_eq!(public_name(PublicNames::None, name), None);
        }
        assert_eq!(public_name(PublicNames::Given, "Sturm,"), None);
    }

    #[test]
    fn d6_nothing_is_shared_unless_it_is_said() {
        let nothing: Sharing = serde_json::from_str("{}").unwrap();
        assert_eq!(nothing, Sharing::default());
        assert!(!nothing.public && !nothing.profile_pictures && !nothing.time_report);
        assert_eq!(nothing.public_names, PublicNames::None);
    }
}
