//! Stages: how far somebody is on the way to a job, and what clients are told of it.

use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::Kind;
use crate::values::{AgencyId, Bounded, Locale, Text, closed_list};

closed_list! {
    /// How far a candidate is. What clients read in its place, if anything, the agency sets.
    StageKey {
        New "new",
        Screening "screening",
        Presented "presented",
        Interview "interview",
        Offer "offer",
        Placed "placed",
        Rejected "rejected",
        Withdrawn "withdrawn",
    }
}

impl StageKey {
    /// What it is called where the agency sets nothing else.
    pub const fn name(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::New, Locale::En) => "New",
            (Self::New, Locale::Fr) => "Nouveau",
            (Self::Screening, Locale::En) => "Screening",
            (Self::Screening, Locale::Fr) => "Présélection",
            (Self::Presented, Locale::En) => "Presented",
            (Self::Presented, Locale::Fr) => "Présenté",
            (Self::Interview, Locale::En) => "Interview",
            (Self::Interview, Locale::Fr) => "Entretien",
            (Self::Offer, Locale::En) => "Offer",
            (Self::Offer, Locale::Fr) => "Proposition",
            (Self::Placed, Locale::En) => "Placed",
            (Self::Placed, Locale::Fr) => "Placé",
            (Self::Rejected, Locale::En) => "Rejected",
            (Self::Rejected, Locale::Fr) => "Refusé",
            (Self::Withdrawn, Locale::En) => "Withdrawn",
            (Self::Withdrawn, Locale::Fr) => "Retiré",
        }
    }
}

/// What clients are told of one stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StageSetting {
    pub stage: StageKey,
    pub en: Option<Text<60>>,
    pub fr: Option<Text<60>>,
    /// Clients are not told of it.
    pub hidden: bool,
}

impl StageSetting {
    pub const fn of(stage: StageKey) -> Self {
        Self { stage, en: None, fr: None, hidden: false }
    }

    /// Its name for clients in one language. One that was renamed in the other language alone is read in that: its usual
    /// name is what the agency did not want to be read.
    pub fn name(&self, locale: Locale) -> &str {
        let (own, other) = match locale {
            Locale::En => (&self.en, &self.fr),
            Locale::Fr => (&self.fr, &self.en),
        };
        own.as_ref().or(other.as_ref()).map_or_else(|| self.stage.name(locale), Text::as_str)
    }
}

const STAGES: usize = StageKey::ALL.len();

/// What clients of the agency are told of stages. Its id is the agency's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StageBook {
    pub agency: AgencyId,
    /// Those that were set; the others are shown under their usual names.
    pub settings: Bounded<StageSetting, STAGES>,
}

pub static STAGE_BOOK: Kind = Kind { name: "stage_book", columns: &[], indexes: &[] };

impl StageBook {
    pub fn of(agency: AgencyId) -> Self {
        Self { agency, settings: Bounded::default() }
    }

    pub fn setting(&self, stage: StageKey) -> StageSetting {
        let found = self.settings.iter().find(|setting| setting.stage == stage);
        found.cloned().unwrap_or_else(|| StageSetting::of(stage))
    }
}

impl Record for StageBook {
    const KIND: &'static Kind = &STAGE_BOOK;

    fn record_id(&self) -> String {
        self.agency.to_string()
    }
}
