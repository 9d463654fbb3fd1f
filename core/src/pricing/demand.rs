//! What is to be priced: positions with their times, as a platform names them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Key, Label, WorkerAttributes};
use crate::shifts::model::Role;
use crate::values::{Bounded, Fault, Instant, LocalTime, Quantity, SkillId, Zone};

/// The most positions of one demand.
pub const MAX_POSITIONS: usize = 5000;
/// The most heads of one position.
pub const MAX_HEADCOUNT: u32 = 10_000;
/// The longest shift, in minutes: 31 days.
pub const MAX_LENGTH: i64 = 44_640;

/// Staff that is wanted at one place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    pub zone: Zone,
    /// Where holidays are looked up that hold in some places only.
    #[serde(default)]
    pub place: Option<Key>,
    /// When the order came in first; needed by lists with prices for late orders.
    #[serde(default)]
    pub ordered_at: Option<Instant>,
    pub positions: Bounded<Position, MAX_POSITIONS>,
}

/// So many of a skill in a role over a span of time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// What documents call it; shown on its lines.
    #[serde(default)]
    pub label: Option<Label>,
    #[serde(default)]
    pub skill: Option<Key>,
    #[serde(default)]
    pub role: Role,
    /// 1 to 10,000.
    pub headcount: u32,
    /// The planned start on the wall of the place; with an offset where the clock shows it twice.
    pub start: LocalTime,
    pub end: LocalTime,
    /// The times that were worked; absent in an estimate.
    #[serde(default)]
    pub worked: Option<WorkedTime>,
    #[serde(default)]
    pub breaks: Bounded<Break, 10>,
    #[serde(default)]
    pub worker: WorkerAttributes,
    /// Positions with one head and the same person share the hours of a day and of a week.
    #[serde(default)]
    pub person: Option<Key>,
    /// For all heads together.
    #[serde(default)]
    pub kilometres: Option<Quantity>,
    #[serde(default)]
    pub pieces: Bounded<Pieces, 20>,
}

impl Position {
    /// A position as it is ordered, with an unpaid break of which only the length is known.
    pub fn planned(slot: Slot, span: WorkedTime, break_minutes: u32) -> Result<Self, Fault> {
        let unpaid = (break_minutes > 0).then_some(Break { from: None, minutes: break_minutes, paid: false });
        Ok(Self {
            label: Some(Label::parse(slot.skill_name)?),
            skill: Some(Key::parse(&slot.skill.to_string())?),
            role: slot.role,
            headcount: slot.headcount,
            start: span.start,
            end: span.end,
            worked: None,
            breaks: Bounded::new(unpaid.into_iter().collect())?,
            worker: WorkerAttributes::default(),
            person: None,
            kilometres: None,
            pieces: Bounded::default(),
        })
    }
}

/// What is ordered of a skill of the agency.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'s> {
    pub skill: SkillId,
    pub skill_name: &'s str,
    pub role: Role,
    pub headcount: u32,
}

/// When work began and ended, on the wall of the place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkedTime {
    pub start: LocalTime,
    pub end: LocalTime,
}

/// A break of each head.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// When it began; absent if only its length is known.
    #[serde(default)]
    pub from: Option<LocalTime>,
    pub minutes: u32,
    #[serde(default)]
    pub paid: bool,
}

/// How many of a piece, for all heads together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pieces {
    pub code: Key,
    pub count: Quantity,
}
