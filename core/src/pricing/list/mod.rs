//! A price list as a person writes it: components, calendar, policies and rules. No calculation lives here.

mod calendar;
mod discount;
mod names;
mod policy;
mod read;
mod rule;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use calendar::{Calendar, DAY_MINUTES, Holiday, TimeOfDay, Weekday, Window};
pub use discount::{Discount, Tier, TierMethod};
pub use names::{Key, Label};
pub use policy::{
    Attribution, AutomaticBreak, BreakPlacement, BreakPolicy, ClockChange, Halves, MinimumCounts, Policies,
    Reached, RoundingOrder, SplitBy, StackGroup, Stacking, TimeBasis, TimeCounted,
};
pub use read::read;
pub use rule::{
    Between, Component, Condition, MAX_DEPTH, MAX_RULES, Per, Rate, Rule, Unit, WorkerAttributes,
};

use crate::pricing::fees::CancellationPolicy;
use crate::pricing::totals::Vat;
use crate::values::{Bounded, Currency, Day};

/// Whose list it is, as far as precedence goes: project before client before basic.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    #[default]
    Basic,
    Client,
    Project,
}

/// One version of the prices of one scope.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    pub id: Key,
    #[serde(default)]
    pub level: Level,
    pub currency: Currency,
    /// In force for minutes worked from the first instant of this date at the place of work, until a later version
    /// of the same level.
    pub valid_from: Day,
    /// VAT of all lines whose rule does not say otherwise.
    pub vat: Vat,
    /// In the order of the lines. A minute for which no rule prices the first one has no price at all.
    pub components: Bounded<Component, 50>,
    #[serde(default)]
    pub calendar: Calendar,
    #[serde(default)]
    pub policies: Policies,
    pub rules: Bounded<Rule, 10_000>,
    /// In the order of their lines.
    #[serde(default)]
    pub discounts: Bounded<Discount, 20>,
    /// What it costs to cancel or to change late.
    #[serde(default)]
    pub cancellation: Option<CancellationPolicy>,
}
