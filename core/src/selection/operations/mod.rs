//! What the agency does with a selection, and what the client's people do.

mod applying;
mod choosing;
mod life;
mod offering;
mod reading;

pub use applying::ApplySelection;
pub use choosing::{ShortlistMySelection, SubmitMySelection};
pub use life::{DropProposal, OfferSelection, ReopenSelection, WithdrawSelection};
pub use offering::{EditSelection, OpenSelection, ProposedWorker, SelectionPosition};
pub use reading::{GetMySelection, GetSelection, ListMySelections, ListSelections};
