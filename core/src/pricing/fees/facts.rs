//! What a preview is made from, and what it says: plain data, handed in and handed out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::policy::{FeeEvent, PerSlot, WaiverReason};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::Key;
use crate::values::{Amount, Bounded, ChargeRate, Currency, Instant, Percent, Whole, Zone};

/// Slots of one group.
pub type Slots = Whole<0, 100_000>;
/// Minutes of one slot: a shift lasts at most 48 hours.
pub type SlotMinutes = Whole<1, 2880>;

/// A cancellation or change of one shift, at a moment that may lie ahead.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    #[serde(default)]
    pub on: FeeEvent,
    pub currency: Currency,
    pub zone: Zone,
    pub start: Instant,
    pub end: Instant,
    /// When the client cancels or changes.
    pub cancelled_at: Instant,
    /// When the client asked for the staff; without it there is no grace.
    #[serde(default)]
    pub posted_at: Option<Instant>,
    #[serde(default)]
    pub reason: Option<WaiverReason>,
    pub groups: Bounded<SlotGroup, 500>,
}

/// Equal slots of a shift, and what of them is cancelled.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotGroup {
    pub skill: Key,
    pub per_hour: ChargeRate,
    pub requested: Slots,
    /// Slots with a worker.
    #[serde(default)]
    pub booked: Slots,
    /// Scheduled minutes of one slot.
    pub minutes: SlotMinutes,
    /// The estimate of all requested slots.
    pub estimate: Amount,
    /// The minimum call of one slot.
    #[serde(default)]
    pub minimum_call: Amount,
    #[serde(default)]
    pub part: CancelledPart,
}

/// How much of a group is cancelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CancelledPart {
    Whole {},
    /// Fewer slots; the unfilled ones go first, then those that were booked last.
    Headcount {
        to: Slots,
    },
    /// All slots lose so much time.
    Shorten {
        by_minutes: SlotMinutes,
    },
}

impl Default for CancelledPart {
    fn default() -> Self {
        Self::Whole {}
    }
}

/// What it costs, and until when it costs less.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FeePreview {
    pub on: FeeEvent,
    pub currency: Currency,
    /// The sum of the lines, without VAT.
    pub fee: Amount,
    pub lines: Vec<FeeLine>,
    /// Whole minutes, as the policy counts them; below zero after the start.
    pub notice_minutes: i64,
    pub waived: Option<Waived>,
    pub per: PerSlot,
    /// For each group, in the order of the groups.
    pub released: Vec<Released>,
    /// Until when a fee that is not due at once can be withdrawn with proof.
    pub withdraw_until: Option<Instant>,
    /// The moments ahead at which the fee changes, in their order.
    pub deadlines: Vec<Deadline>,
}

/// Why nothing is charged although there is a policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Waived {
    /// It was posted a moment ago.
    Grace {},
    Reason {
        reason: WaiverReason,
    },
}

/// Which slots of a group are given back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Released {
    pub unfilled: u32,
    pub booked: u32,
}

/// A part of a fee. The amounts of all lines add up to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FeeLine {
    /// Index of the tier in the policy; none for what the cap takes off.
    pub tier: Option<u32>,
    /// Index of the group; none where all are meant together.
    pub group: Option<u32>,
    pub why: FeeWhy,
    /// Slots that are charged.
    pub slots: u32,
    pub basis: FeeBasis,
    pub amount: Amount,
}

/// How the fee came to be the one that is charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeWhy {
    /// The tier has one fee.
    Tier,
    /// It is the highest of several.
    Highest,
    /// It is the lowest of several.
    Lowest,
    /// The fees together were above the cap.
    Cap,
}

/// Kind, quantity and unit price of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FeeBasis {
    /// All of an estimate.
    Full { of: Amount },
    /// A percentage of an estimate.
    Percent { percent: Percent, of: Amount },
    /// Minutes of all slots together at an hourly price.
    Hours { minutes: u32, per_hour: ChargeRate },
    /// A percentage of the minimum calls of all slots.
    MinimumCall { percent: Percent, of: Amount },
    /// So many times an amount.
    Fixed { count: u32, each: Amount },
    /// What is above this is taken off.
    Cap { at: Amount },
}

/// A moment after which it costs something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    pub at: Instant,
    /// Whether the moment itself still has the fee of before.
    pub included: bool,
    pub fee_after: Amount,
}

/// Refuses facts that contradict each other, with their path.
pub(super) fn validate(facts: &Cancellation) -> Result<(), Refusal> {
    if facts.end <= facts.start {
        return Err(Refusal::new(Code::EndBeforeStart).at("end"));
    }
    if facts.posted_at.is_some_and(|posted| posted > facts.cancelled_at) {
        return Err(out_of_range("not before `posted_at`").at("cancelled_at"));
    }
    for (index, group) in facts.groups.iter().enumerate() {
        let under = |refusal: Refusal| refusal.under(&format!("groups[{index}]"));
        if group.booked > group.requested {
            return Err(under(out_of_range("at most `requested`").at("booked")));
        }
        for (name, amount) in [("estimate", group.estimate), ("minimum_call", group.minimum_call)] {
            super::policy::not_negative(amount).map_err(|refusal| under(refusal.at(name)))?;
        }
        match group.part {
            CancelledPart::Headcount { to } if to > group.requested => {
                return Err(under(out_of_range("at most `requested`").at("part.to")));
            }
            CancelledPart::Shorten { by_minutes } if by_minutes > group.minutes => {
                return Err(under(out_of_range("at most `minutes`").at("part.by_minutes")));
            }
            CancelledPart::Whole {} | CancelledPart::Headcount { .. } | CancelledPart::Shorten { .. } => {}
        }
    }
    Ok(())
}

fn out_of_range(expected: &str) -> Refusal {
    Refusal::new(Code::OutOfRange).with("expected", expected)
}
