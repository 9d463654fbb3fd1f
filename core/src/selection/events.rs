//! What happened to selections: ids and figures, nobody's name and nobody's note.

use serde::Serialize;

use super::model::{Selection, SelectionState};
use crate::engine::{EventBody, Subject};
use crate::values::{ClientId, ProjectId, SelectionId};

/// What became of a selection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectionChange {
    Opened,
    Edited,
    Offered,
    Shortlisted,
    Submitted,
    Dropped,
    Reopened,
    Applied,
    Withdrawn,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SelectionEvent {
    #[serde(skip)]
    change: SelectionChange,
    selection: SelectionId,
    client: ClientId,
    project: ProjectId,
    state: SelectionState,
    revision: u32,
    chosen: usize,
}

impl SelectionEvent {
    pub fn of(selection: &Selection, change: SelectionChange) -> Self {
        Self {
            change,
            selection: selection.id,
            client: selection.client,
            project: selection.project,
            state: selection.state,
            revision: selection.revision,
            chosen: selection.proposals.iter().filter(|proposal| proposal.chosen).count(),
        }
    }
}

impl EventBody for SelectionEvent {
    fn name(&self) -> &'static str {
        match self.change {
            SelectionChange::Opened => "selection_opened",
            SelectionChange::Edited => "selection_edited",
            SelectionChange::Offered => "selection_offered",
            SelectionChange::Shortlisted => "selection_shortlisted",
            SelectionChange::Submitted => "selection_submitted",
            SelectionChange::Dropped => "selection_proposal_dropped",
            SelectionChange::Reopened => "selection_reopened",
            SelectionChange::Applied => "selection_applied",
            SelectionChange::Withdrawn => "selection_withdrawn",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("selection", self.selection)
    }
}
