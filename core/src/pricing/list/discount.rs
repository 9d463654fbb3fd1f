//! Discounts by volume, as a price list names them: what is discounted, which minutes count, and the tiers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::{Key, Label};
use crate::values::{Bounded, Percent};

/// What a tier that is reached applies to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TierMethod {
    /// The highest tier reached holds for everything.
    #[default]
    Slab,
    /// Each tier holds for the minutes above it, up to the next.
    Graduated,
}

/// From how many minutes on how much comes off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Reached by more minutes than these.
    pub above_minutes: u32,
    pub percent: Percent,
}

/// An allowance on the document for the minutes of a whole order that the list prices, rounded by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Discount {
    /// The code of its lines; no rule and no component has it.
    pub id: Key,
    pub name: Label,
    /// The components whose amounts are discounted.
    pub of: Bounded<Key, 20>,
    /// The components whose minutes are counted; none means those of `of`. A discount on hours and their premiums
    /// counts the hours alone, or an hour with a premium would count twice.
    #[serde(default)]
    pub minutes_of: Bounded<Key, 20>,
    #[serde(default)]
    pub method: TierMethod,
    /// Ascending.
    pub tiers: Bounded<Tier, 20>,
}
