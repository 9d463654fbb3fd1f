//! The fields of a staff selection as its client sees it, each with the law over it.

use crate::visibility::table;

table! {
    POSITION "SelectionPositionView" {
        Listed: shift, position, skill_name, role;
    }
    PROPOSAL "ClientProposalView" {
        Proposals: id, name, note, shortlisted, chosen, availability;
    }
    CLIENT_SELECTION "ClientSelectionView" {
        Listed: id, project, positions many POSITION, minimum, maximum, note, deadline, state, offered_at, revision;
    }
    CLIENT_SELECTION_DETAILS "ClientSelectionDetails" {
        Listed: selection one CLIENT_SELECTION;
        Proposals: proposals many PROPOSAL;
    }
}
