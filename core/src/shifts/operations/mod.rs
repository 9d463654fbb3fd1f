//! What the agency does with workers, bookings and shifts, and what clients read of shifts.

mod answers;
mod attendance;
mod booking;
mod cancelling;
mod editing;
mod listing;
mod merging;
mod moving;
mod planning;
mod preferences;
mod reading;
mod restoring;
mod sites;
mod splitting;
mod steps;
mod suggesting;
mod workers;

use super::{days, opening, placing};

pub use answers::{
    CancelBooking, ConfirmAgain, ConfirmBooking, DeclineBooking, MarkNoShow, ReconfirmBooking,
};
pub use attendance::{CheckIn, CheckOut, GetBookingPolicy, SetBookingPolicy, UndoCheckIn, UndoCheckOut};
pub use booking::{Book, InviteBooking, ReplaceBooking};
pub use cancelling::{CancellationPreview, PreviewCancellation};
pub use editing::{NameLead, SetTags};
pub use listing::{ListMyShifts, ListShifts};
pub use merging::{MergeHow, MergeShift};
pub use moving::{CancelShift, MoveShift};
pub use planning::{EditPositions, PlannedPosition};
pub use preferences::{
    GetStaffPreferences, ListMyStaff, MyStaffList, MyStaffRemoved, MyStaffSet, RemoveMyStaff,
    RemoveStaffPreference, SeenWorker, SetMyStaff, SetStaffPreference,
};
pub use reading::{GetMyShift, GetShift};
pub use restoring::RestoreShift;
pub use sites::ChangeSite;
pub use splitting::{SplitHow, SplitShift};
pub use suggesting::{Attention, AttentionList, ListAttention, SuggestWorkers};
pub use workers::{CreateWorker, GetWorker, ListWorkers, UpdateWorker};
