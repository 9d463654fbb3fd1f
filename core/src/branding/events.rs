//! That looks or exposure were changed; not to what.

use serde::Serialize;

use super::model::BrandOwner;
use crate::engine::{EventBody, Subject};
use crate::values::AgencyId;

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum BrandEvent {
    LookChanged { agency: AgencyId, owner: BrandOwner, custom: bool },
    ExposureChanged { agency: AgencyId, owner: BrandOwner, custom: bool },
}

impl EventBody for BrandEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::LookChanged { .. } => "brand_look_changed",
            Self::ExposureChanged { .. } => "brand_exposure_changed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::LookChanged { agency, .. } | Self::ExposureChanged { agency, .. } => {
                Subject::new("agency", agency)
            }
        }
    }
}
