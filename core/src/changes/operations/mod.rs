//! Asking for changes, deciding over them, and reading them.

mod asking;
mod deciding;
mod examining;
mod previewing;
mod reading;
mod withdrawing;

pub use asking::RequestChange;
pub use deciding::{ApproveChange, DeclineChange, WaiveFee};
pub use previewing::PreviewChange;
pub use reading::{GetChange, GetMyChange, ListChanges, ListMyChanges};
pub use withdrawing::WithdrawChange;
