//! Which settings are in force, and what they leave of a view. No Tx.

use super::model::{Exposure, ExposureBook, OptionalField};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::views::ClientShiftView;
use crate::values::{ClientId, ProjectId};

/// What a project's people are shown: its own setting, else the client's, else the agency's, else everything.
pub fn exposure(book: &ExposureBook, client: Option<ClientId>, project: ProjectId) -> Option<&Exposure> {
    let of_client = || client.and_then(|client| book.clients.get(&client));
    book.projects.get(&project).or_else(of_client).or(book.default.as_ref())
}

/// Takes out of a view what is not to be shown. It only takes away: what the field rules hide stays hidden.
pub fn narrow(view: &mut ClientShiftView, exposure: Option<&Exposure>) {
    let Some(exposure) = exposure else { return };
    for field in OptionalField::ALL {
        if exposure.shows(field) {
            continue;
        }
        match field {
            OptionalField::ShiftNote => view.note = None,
            OptionalField::SiteAddress => view.site_address = None,
            OptionalField::Tags => view.tags.clear(),
        }
    }
}

/// The settings of clients and projects are bounded, as they come with every page of shifts.
pub fn fits(kept: usize) -> Result<(), Refusal> {
    if kept <= super::model::MOST_EXPOSURES {
        Ok(())
    } else {
        Err(Refusal::new(Code::TooMany).at("owner").with("expected", super::model::MOST_EXPOSURES))
    }
}
