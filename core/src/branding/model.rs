//! Looks and exposure as they are kept: the agency's default, and settings of clients and projects in its place.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::Kind;
use crate::values::{AgencyId, Bounded, ClientId, Colour, Picture, ProjectId, SafeHtml};

/// Whose settings they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum BrandOwner {
    /// The default for everybody.
    Agency {},
    Client {
        client: ClientId,
    },
    Project {
        project: ProjectId,
    },
}

impl BrandOwner {
    pub fn key(self) -> String {
        match self {
            Self::Agency {} => "agency".to_owned(),
            Self::Client { client } => format!("client/{client}"),
            Self::Project { project } => format!("project/{project}"),
        }
    }
}

/// The colours of the portal.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    #[serde(default)]
    pub primary: Option<Colour>,
    #[serde(default)]
    pub accent: Option<Colour>,
    #[serde(default)]
    pub background: Option<Colour>,
    #[serde(default)]
    pub text: Option<Colour>,
}

/// How the portal looks.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Look {
    pub logo: Option<Picture>,
    pub header: Option<SafeHtml>,
    pub footer: Option<SafeHtml>,
    pub colours: Colours,
}

/// One owner's looks; none: those of the next wider owner hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Brand {
    pub owner: BrandOwner,
    pub look: Option<Look>,
}

pub static BRAND: Kind = Kind { name: "brand", columns: &[], indexes: &[] };

impl Record for Brand {
    const KIND: &'static Kind = &BRAND;

    fn record_id(&self) -> String {
        self.owner.key()
    }
}

/// A fact of a shift that a client's people may be shown or spared. None of them is anybody's personal data, and each
/// is theirs to see by the field rules: leaving one out narrows, putting it back widens, and nothing goes beyond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OptionalField {
    ShiftNote,
    SiteAddress,
    Tags,
}

impl OptionalField {
    pub const ALL: [Self; 3] = [Self::ShiftNote, Self::SiteAddress, Self::Tags];
}

/// Which optional facts are shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Exposure(pub Bounded<OptionalField, { OptionalField::ALL.len() }>);

impl Exposure {
    pub fn shows(&self, field: OptionalField) -> bool {
        self.0.contains(&field)
    }
}

/// More settings than this of clients, and of projects, are not kept.
pub const MOST_EXPOSURES: usize = 1_000;

/// Who is shown what, for the whole agency. One record, so that any page of shifts has it in its first load.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExposureBook {
    pub agency: AgencyId,
    pub default: Option<Exposure>,
    pub clients: BTreeMap<ClientId, Exposure>,
    pub projects: BTreeMap<ProjectId, Exposure>,
}

pub static EXPOSURE_BOOK: Kind = Kind { name: "exposure_book", columns: &[], indexes: &[] };

impl Record for ExposureBook {
    const KIND: &'static Kind = &EXPOSURE_BOOK;

    fn record_id(&self) -> String {
        self.agency.to_string()
    }
}

impl ExposureBook {
    pub const fn empty(agency: AgencyId) -> Self {
        Self { agency, default: None, clients: BTreeMap::new(), projects: BTreeMap::new() }
    }
}
