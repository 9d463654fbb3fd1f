//! What an agency writes down about cancellations and changes: data with a JSON form, and its hard limits.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::Key;
use crate::values::{Amount, Bounded, Percent, Whole};

/// Minutes of notice, grace or shift length, at most a year.
pub type Minutes = Whole<0, 527_040>;
/// Days of notice or to prove something, at most a year.
pub type Days = Whole<0, 366>;

pub(super) const MINUTES_OF_A_DAY: u32 = 1440;

/// What it costs the client to cancel or change late. Without a tier it costs nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancellationPolicy {
    /// From long notice to short, then those for a shift that has begun.
    pub tiers: Bounded<FeeTier, 50>,
    #[serde(default)]
    pub count: NoticeCount,
    #[serde(default)]
    pub boundary: Boundary,
    #[serde(default)]
    pub per: PerSlot,
    /// The whole fee never goes above this.
    #[serde(default)]
    pub cap: Option<FeeCap>,
    /// So long after posting nothing is charged; the last minute is included.
    #[serde(default)]
    pub grace_minutes: Minutes,
    #[serde(default)]
    pub waivers: Bounded<Waiver, 20>,
    #[serde(default)]
    pub liability: Liability,
}

/// A fee that holds from a notice downwards, until a tier with less notice takes over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeTier {
    #[serde(default)]
    pub on: FeeEvent,
    pub notice: TierNotice,
    /// Of tiers with the same notice, the first whose condition holds counts.
    #[serde(default)]
    pub when: FeeCondition,
    pub fee: Fee,
}

/// What the client does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeEvent {
    /// Slots or hours are taken back.
    #[default]
    Cancellation,
    /// The work stays and is altered: its time, its place.
    Change,
}

/// The least notice of a tier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum TierNotice {
    Minutes {
        minutes: Minutes,
    },
    Days {
        days: Days,
    },
    /// The shift has begun. Without such a tier, what held just before goes on.
    Started {},
}

impl TierNotice {
    /// In minutes; `None` once the shift has begun.
    pub fn minutes(self) -> Option<u32> {
        match self {
            Self::Minutes { minutes } => Some(minutes.get()),
            Self::Days { days } => Some(days.get() * MINUTES_OF_A_DAY),
            Self::Started {} => None,
        }
    }
}

/// How notice is counted at the place of work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCount {
    /// Hours that pass.
    #[default]
    Elapsed,
    /// What the clock on the wall shows: a day is from ten to ten, also when the clocks change.
    Wall,
    /// Dates from the one to the other: all of yesterday is one day.
    CalendarDays,
}

/// Which side owns the exact moment between two tiers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Boundary {
    /// "At least 24 hours": the moment still has the fee of longer notice.
    #[default]
    Cheaper,
    /// "More than 24 hours": the moment has the fee of shorter notice.
    Dearer,
}

/// Which of the cancelled slots are charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PerSlot {
    /// All that were requested.
    #[default]
    Requested,
    /// Those with a worker.
    Booked,
}

/// For which slots a tier is. What is left out holds for all.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeCondition {
    /// Any of these; none means every skill.
    #[serde(default)]
    pub skills: Bounded<Key, 200>,
    /// The shift lasts longer than this.
    #[serde(default)]
    pub longer_than_minutes: Option<Minutes>,
    /// The shift lasts this long or shorter.
    #[serde(default)]
    pub at_most_minutes: Option<Minutes>,
}

/// What is charged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fee {
    None {},
    /// All that was estimated for what is cancelled.
    Full {},
    /// A part of the estimate.
    Percent {
        percent: Percent,
    },
    /// So long at the hourly charge of each slot.
    Hours {
        minutes: Minutes,
        #[serde(default)]
        limit: HoursLimit,
    },
    /// A part of the minimum call of each slot.
    MinimumCall {
        percent: Percent,
    },
    Fixed {
        amount: Amount,
        #[serde(default)]
        per: FixedPer,
    },
    /// The highest of these, each computed for all slots of the tier together.
    MaxOf {
        of: Bounded<Fee, 8>,
    },
    /// The lowest of these, each computed for all slots of the tier together.
    MinOf {
        of: Bounded<Fee, 8>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoursLimit {
    /// Never more than was scheduled.
    Scheduled,
    /// As written, also for a shorter shift.
    #[default]
    AsWritten,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FixedPer {
    #[default]
    Slot,
    /// Once for all slots of the tier.
    Once,
}

/// The most that one cancellation or change costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FeeCap {
    Amount {
        amount: Amount,
    },
    /// Of the estimate of what is cancelled.
    Percent {
        percent: Percent,
    },
}

/// A reason for which nothing is charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    pub reason: WaiverReason,
    /// Said at most so long after the start, the last minute included. Left out: at any time.
    #[serde(default)]
    pub within_minutes_of_start: Option<Minutes>,
}

/// Reasons that some agencies accept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaiverReason {
    /// The worker was sent away because the work was not done well.
    UnsuitableWorker,
    /// The worker did not come, or left.
    WorkerFault,
    AgencyFault,
    ForceMajeure,
}

/// Whether the fee is owed at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Liability {
    Due {},
    /// It may be claimed, and the client may have it withdrawn with proof so many days of 24 hours after cancelling.
    Claimable {
        withdraw_within_days: Days,
    },
}

impl Default for Liability {
    fn default() -> Self {
        Self::Due {}
    }
}

/// Refuses what the types let through: negative amounts, combinations in combinations of combinations, parts of days
/// where dates are counted.
pub fn validate(policy: &CancellationPolicy) -> Result<(), Refusal> {
    for (index, tier) in policy.tiers.iter().enumerate() {
        let under = |refusal: Refusal| refusal.under(&format!("tiers[{index}]"));
        validate_fee(&tier.fee, 0).map_err(|refusal| under(refusal.under("fee")))?;
        let part_of_day = tier.notice.minutes().is_some_and(|minutes| minutes % MINUTES_OF_A_DAY != 0);
        if policy.count == NoticeCount::CalendarDays && part_of_day {
            let expected = "a multiple of 1440, because the notice is counted in dates";
            let refusal = Refusal::new(Code::OutOfRange).with("expected", expected);
            return Err(under(refusal.at("notice.minutes")));
        }
    }
    match policy.cap {
        Some(FeeCap::Amount { amount }) => not_negative(amount).map_err(|refusal| refusal.under("cap")),
        Some(FeeCap::Percent { .. }) | None => Ok(()),
    }
}

/// A combination may hold combinations, but these no others: more nobody can explain.
const DEEPEST: u32 = 1;

fn validate_fee(fee: &Fee, depth: u32) -> Result<(), Refusal> {
    match fee {
        Fee::Fixed { amount, .. } => not_negative(*amount),
        Fee::MaxOf { of } | Fee::MinOf { of } => {
            if of.is_empty() {
                return Err(Refusal::new(Code::TooFew).with("expected", 1).at("of"));
            }
            if depth > DEEPEST {
                let expected = "a fee that is no combination; combinations nest once";
                return Err(Refusal::new(Code::OutOfRange).with("expected", expected).at("kind"));
            }
            of.iter().enumerate().try_for_each(|(index, part)| {
                validate_fee(part, depth + 1).map_err(|refusal| refusal.under(&format!("of[{index}]")))
            })
        }
        Fee::None {} | Fee::Full {} | Fee::Percent { .. } | Fee::Hours { .. } | Fee::MinimumCall { .. } => {
            Ok(())
        }
    }
}

pub(super) fn not_negative(amount: Amount) -> Result<(), Refusal> {
    if amount.decimal() < Decimal::ZERO {
        return Err(Refusal::new(Code::OutOfRange).with("expected", "0 or more").at("amount"));
    }
    Ok(())
}
