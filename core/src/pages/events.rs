//! What happened to pages: ids and switches only.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::PageId;

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum PageEvent {
    Created { page: PageId },
    Changed { page: PageId, revision: u32 },
    Published { page: PageId, on: bool },
}

impl EventBody for PageEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "page_created",
            Self::Changed { .. } => "page_changed",
            Self::Published { .. } => "page_published",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Created { page } | Self::Changed { page, .. } | Self::Published { page, .. } => {
                Subject::new("page", page)
            }
        }
    }
}
