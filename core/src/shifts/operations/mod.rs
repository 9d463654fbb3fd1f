//! What the agency does with workers, bookings and shifts, and what clients read of shifts.

mod answers;
mod booking;
mod cancelling;
pub(super) mod days;
mod editing;
mod listing;
mod merging;
mod moving;
mod planning;
mod reading;
mod restoring;
mod sites;
mod splitting;
mod workers;

pub use answers::{CancelBooking, ConfirmBooking, DeclineBooking, MarkNoShow, ReconfirmBooking};
pub use booking::{Book, BookedAs, ReplaceBooking};
pub use cancelling::{CancellationPreview, PreviewCancellation};
pub use editing::{NameLead, SetTags};
pub use listing::{ListMyShifts, ListShifts};
pub use merging::{MergeHow, MergeShift};
pub use moving::{CancelShift, MoveShift};
pub use planning::{EditPositions, PlannedPosition};
pub use reading::{GetMyShift, GetShift};
pub use restoring::RestoreShift;
pub use sites::ChangeSite;
pub use splitting::{SplitHow, SplitShift};
pub use workers::{CreateWorker, GetWorker, ListWorkers, UpdateWorker};
