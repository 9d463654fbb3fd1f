//! What the agency does with workers, bookings and shifts, and what clients read of shifts.

mod answers;
mod booking;
mod cancelling;
mod days;
mod editing;
mod listing;
mod moving;
mod reading;
mod workers;

pub use answers::{CancelBooking, ConfirmBooking, DeclineBooking, MarkNoShow, ReconfirmBooking};
pub use booking::{Book, BookedAs, ReplaceBooking};
pub use cancelling::{CancellationPreview, PreviewCancellation};
pub use editing::{NameLead, SetTags};
pub use listing::{ListMyShifts, ListShifts};
pub use moving::{CancelShift, MoveShift};
pub use reading::{GetMyShift, GetShift};
pub use workers::{CreateWorker, GetWorker, ListWorkers, UpdateWorker};
