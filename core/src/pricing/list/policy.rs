//! Policies of a price list: how time is read, split, cut and rounded. Data, so that two agencies can differ.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::{TimeOfDay, Weekday};
use super::names::Key;
use crate::pricing::rounding::TimeRounding;
use crate::values::{Bounded, Day, Fault};

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$item])* $variant,)+ }
    };
}

choice! {
    /// Which clock measures a shift.
    TimeBasis {
        /// Time that passes: a night with a clock change is an hour longer or shorter.
        #[default]
        Elapsed,
        /// The difference of the readings on the wall.
        Wall,
    }
}

choice! {
    /// Which instant a reading means that the clock shows twice or never.
    ClockChange {
        /// The first of two; a missing one moves forward by the gap. The rule of calendars.
        #[default]
        Compatible,
        /// The first of two; a missing one moves back by the gap.
        Earlier,
        /// The second of two; a missing one moves forward by the gap.
        Later,
        /// Neither: such a time is refused with both readings.
        Reject,
    }
}

choice! {
    /// To which local day the minutes of a shift belong.
    Attribution {
        /// Each minute to its own.
        #[default]
        SplitAtMidnight,
        /// All to the day of the start.
        ShiftStart,
        /// All to the day of the last minute.
        ShiftEnd,
        /// All to each day that the shift touches.
        AnyTouch,
    }
}

choice! {
    /// What decides about a window or a version: each minute, or the start for the whole shift.
    SplitBy {
        #[default]
        Minute,
        Start,
    }
}

choice! {
    /// The time that is priced when planned and worked times differ.
    TimeCounted {
        #[default]
        Worked,
        Planned,
        Longer,
    }
}

choice! {
    /// Where in the shift a break lies that is not paid.
    BreakPlacement {
        /// Where it was taken; a break without a time comes off as under `prevailing_rate`.
        #[default]
        Explicit,
        /// The whole break from the prices under which most of it lies; without a time, under which most of the
        /// shift lies.
        PrevailingRate,
        EndOfShift,
        /// From the first minutes on.
        Sequential,
        /// From the last stretch of one price to the first.
        Reverse,
        /// From the longest stretch of one price.
        Largest,
        /// From all stretches in proportion to their length.
        Proportional,
    }
}

choice! {
    /// Whether a threshold of automatic breaks counts from its minute on or only beyond it.
    Reached {
        #[default]
        At,
        After,
    }
}

choice! {
    /// Which minutes a minimum call looks at.
    MinimumCounts {
        #[default]
        AfterBreaks,
        BeforeBreaks,
    }
}

choice! {
    /// How the premiums of one group go together.
    Stacking {
        /// Only the dearest.
        #[default]
        Highest,
        /// All, each on the price that it names.
        SumOfBase,
        /// Each on what it names and the premiums before it.
        Compound,
        /// Only the first in the order of the group.
        First,
    }
}

choice! {
    /// How halves are rounded.
    Halves {
        /// Away from zero.
        #[default]
        Up,
        Even,
    }
}

choice! {
    /// Whether a premium's price per hour is rounded before it is multiplied with time.
    RoundingOrder {
        /// The price to four decimals, then the line.
        #[default]
        PriceThenLine,
        /// The line alone.
        LineOnly,
    }
}

/// Components of which the stacking decides how they go together. A component of no group is simply added.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StackGroup {
    pub components: Bounded<Key, 20>,
    #[serde(default)]
    pub stacking: Stacking,
}

/// A break that a shift of some length gets without being asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AutomaticBreak {
    /// Length of the shift in minutes.
    pub after_minutes: u32,
    /// The whole break from then on; it replaces that of a lower threshold.
    pub minutes: u32,
}

/// Which breaks there are and where they come off.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BreakPolicy {
    pub placement: BreakPlacement,
    /// For positions that name no break.
    pub automatic: Bounded<AutomaticBreak, 10>,
    pub threshold: Reached,
    /// Automatic breaks are paid.
    pub paid: bool,
}

/// Everything about a calculation that agencies settle differently. The default is the usual practice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Policies {
    pub time: TimeBasis,
    pub clock_change: ClockChange,
    /// For conditions on weekdays, and for hours per day.
    pub weekdays: Attribution,
    pub holidays: Attribution,
    /// When the local day begins; a shift until two in the morning may belong to the evening.
    pub day_starts: TimeOfDay,
    pub windows: SplitBy,
    pub versions: SplitBy,
    pub counted: TimeCounted,
    pub breaks: BreakPolicy,
    pub rounding: TimeRounding,
    pub minimum_call: MinimumCounts,
    pub stacking: Bounded<StackGroup, 20>,
    pub week_starts: Weekday,
    /// The first day of an averaging period of several weeks.
    pub averaging_from: Option<Day>,
    pub halves: Halves,
    pub rounding_order: RoundingOrder,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            time: TimeBasis::default(),
            clock_change: ClockChange::default(),
            weekdays: Attribution::default(),
            holidays: Attribution::default(),
            day_starts: TimeOfDay::default(),
            windows: SplitBy::default(),
            versions: SplitBy::default(),
            counted: TimeCounted::default(),
            breaks: BreakPolicy::default(),
            rounding: TimeRounding::default(),
            minimum_call: MinimumCounts::default(),
            stacking: usual_stacking().unwrap_or_default(),
            week_starts: Weekday::default(),
            averaging_from: None,
            halves: Halves::default(),
            rounding_order: RoundingOrder::default(),
        }
    }
}

/// Of night, weekend and holiday only the dearest counts; overtime is in no group and comes on top.
fn usual_stacking() -> Result<Bounded<StackGroup, 20>, Fault> {
    let components: Result<Vec<Key>, Fault> =
        ["night", "weekend", "holiday"].map(Key::parse).into_iter().collect();
    let group = StackGroup { components: Bounded::new(components?)?, stacking: Stacking::Highest };
    Bounded::new(vec![group])
}
