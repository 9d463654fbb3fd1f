//! Rules of a price list: on which condition how much of what costs how much, and as which component.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::Weekday;
use super::names::{Key, Label};
use crate::pricing::totals::Vat;
use crate::shifts::model::Role;
use crate::values::{Bounded, ChargeRate, Percent, Surcharge};

/// The most rules of one list, nested ones counted.
pub const MAX_RULES: usize = 10_000;
/// How deep rules may be nested.
pub const MAX_DEPTH: usize = 8;

/// What a line charges for: its code in files, its name on documents.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    pub code: Key,
    pub name: Label,
}

/// Numbers between two ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Between {
    /// More than this; absent means no lower end.
    pub over: Option<u32>,
    /// This or less; absent means no upper end.
    pub up_to: Option<u32>,
}

/// What is known of a worker that may change the charge. A closed list: a price never depends on pay or rating.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WorkerAttributes {
    /// Long enough in this role at this client to earn equal treatment (qualified temporary worker).
    pub qualified: Option<bool>,
    /// The grade on which client and agency have agreed.
    pub grade: Option<Key>,
}

/// When a rule holds: everything that is given must be so; what is not given is a wildcard.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// One of these skills.
    pub skills: Bounded<Key, 200>,
    pub role: Option<Role>,
    /// The minute lies in this window of the calendar.
    pub window: Option<Key>,
    /// The minute lies on one of these days.
    pub weekdays: Bounded<Weekday, 7>,
    /// The minute is, or is not, in a holiday of the place.
    pub holiday: Option<bool>,
    /// Minutes of the shift before breaks.
    pub length_minutes: Option<Between>,
    /// Heads of the position.
    pub headcount: Option<Between>,
    /// Minutes from the order to the start.
    pub lead_time_minutes: Option<Between>,
    pub worker: Option<WorkerAttributes>,
}

/// What a flat amount is charged once for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each head of a position.
    #[default]
    Slot,
    /// Each position, however many heads it has.
    Position,
    /// Each head and local day that the shift touches.
    Day,
    /// The order, if one of its positions meets the condition.
    Order,
}

/// What is counted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Unit {
    /// Minutes of the shift, breaks taken off.
    Worked {},
    /// Minutes of the plan, even if fewer or more were worked.
    Planned {},
    /// Minutes that are missing to a minimum call, for each slot.
    MinimumCall {
        /// At least this many minutes.
        minutes: u32,
        /// At least this share of the planned minutes.
        #[serde(default)]
        percent_of_planned: Percent,
        /// Never more than was planned.
        #[serde(default)]
        at_most_planned: bool,
    },
    /// Minutes beyond the planned ones.
    BeyondPlan {},
    /// Minutes after so many in the shift.
    InShiftAfter { minutes: u32 },
    /// Minutes after so many on the local day.
    PerDayAfter { minutes: u32 },
    /// Minutes after so many in the averaging period of one or more weeks.
    PerWeekAfter {
        minutes: u32,
        #[serde(default = "one")]
        weeks: u32,
    },
    /// Once.
    Flat {
        #[serde(default)]
        per: Per,
    },
    /// Kilometres that the position names.
    Kilometre {},
    /// Pieces of this code that the position names.
    Piece { code: Key },
}

impl Default for Unit {
    fn default() -> Self {
        Self::Worked {}
    }
}

const fn one() -> u32 {
    1
}

/// How much it costs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rate {
    /// Charge per hour.
    PerHour { amount: ChargeRate },
    /// Charge for one of the unit: once, a kilometre, a piece.
    Each { amount: ChargeRate },
    /// On top of these components: of their prices per hour where time is counted, of their amounts where the
    /// unit is flat.
    Percent { percent: Surcharge, of: Bounded<Key, 20> },
}

impl Rule {
    /// A rule that always holds, for the first component.
    pub fn plain(id: Key, unit: Unit, rate: Rate) -> Self {
        Self {
            id,
            when: Condition::default(),
            unit,
            rate: Some(rate),
            component: None,
            vat: None,
            priority: 0,
            rules: Bounded::default(),
            otherwise: Bounded::default(),
        }
    }
}

/// One rule. Without a rate it only gathers the rules below it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: Key,
    #[serde(default)]
    pub when: Condition,
    #[serde(default)]
    pub unit: Unit,
    #[serde(default)]
    pub rate: Option<Rate>,
    /// The component that it prices; absent means the first of the list.
    #[serde(default)]
    pub component: Option<Key>,
    /// VAT of its lines, where it is not the list's.
    #[serde(default)]
    pub vat: Option<Vat>,
    /// Decides between rules of one component before specificity does; the higher one goes first.
    #[serde(default)]
    pub priority: u32,
    /// Hold where this rule's condition holds and their own too.
    #[serde(default)]
    pub rules: Bounded<Rule, 10_000>,
    /// Hold where this rule's condition does not hold.
    #[serde(default)]
    pub otherwise: Bounded<Rule, 10_000>,
}
