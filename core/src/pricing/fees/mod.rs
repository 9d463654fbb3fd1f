//! What late cancellations and changes cost: [`preview`] is a pure function of a policy and of facts that are handed in.

mod check;
mod evaluate;
mod explain;
mod facts;
mod limits;
mod partial;
mod policy;
mod preview;

pub use check::{Finding, FindingCode, Severity, check};
pub use explain::explain;
pub use facts::{
    Cancellation, CancelledPart, Deadline, FeeBasis, FeeLine, FeePreview, FeeWhy, Released, SlotGroup,
    SlotMinutes, Slots, Waived,
};
pub use partial::{last_booked, released};
pub use policy::{
    Boundary, CancellationPolicy, Days, Fee, FeeCap, FeeCondition, FeeEvent, FeeTier, FixedPer, HoursLimit,
    Liability, Minutes, NoticeCount, PerSlot, TierNotice, Waiver, WaiverReason, validate,
};
pub use preview::preview;

#[cfg(test)]
mod vectors;
