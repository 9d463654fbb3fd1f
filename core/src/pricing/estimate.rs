//! What a calculation answers: lines and totals, a range, or why there is no price.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Key, Label};
use super::totals::{Vat, VatTotal};
use crate::shifts::model::Role;
use crate::values::{Amount, ContentHash, Currency, Instant, Quantity};

/// What a unit price is for one of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineUnit {
    Hour,
    /// Once: a slot, a position, a day, an order.
    Once,
    Kilometre,
    Piece,
}

/// One line of an estimate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EstimateLine {
    /// Index of the position in the demand, from 0; absent on lines of the whole order.
    pub position: Option<u32>,
    /// What the demand calls the position.
    pub label: Option<Label>,
    pub role: Option<Role>,
    /// Code of the component.
    pub code: Key,
    /// Name of the component, for documents.
    pub name: Label,
    /// The rule that it comes from.
    pub rule: Key,
    /// The version of the list that the rule stands in.
    pub list: Key,
    pub unit: LineUnit,
    pub headcount: u32,
    /// Minutes of all heads together, where the unit is the hour. The quantity of record.
    pub minutes: Option<u32>,
    /// How many, where it is not.
    pub quantity: Option<Quantity>,
    /// Charge for one of the unit, with up to four decimals, or more where a list leaves prices unrounded.
    #[serde(deserialize_with = "Amount::read_price")]
    pub unit_price: Amount,
    /// Quantity times unit price, rounded once to the currency's exponent.
    pub amount: Amount,
    pub vat: Vat,
    /// The first instant that it charges.
    pub from: Instant,
    /// The instant behind the last one.
    pub to: Instant,
}

/// A version of a list that a price rests on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListStamp {
    pub list: Key,
    /// SHA-256 of its contents.
    pub hash: ContentHash,
}

/// Lines with their totals by EN 16931, and what they rest on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PricedEstimate {
    pub currency: Currency,
    pub lines: Vec<EstimateLine>,
    /// The exact sum of the rounded lines.
    pub net: Amount,
    pub vat: Vec<VatTotal>,
    pub vat_total: Amount,
    pub total: Amount,
    pub lists: Vec<ListStamp>,
    /// The version of the calculation's meaning.
    pub calculation: String,
    /// The release of the time zone data.
    pub zone_data: String,
    /// SHA-256 over lines, totals and stamps: equal if and only if the answer is.
    pub hash: ContentHash,
}

/// Why a position has no price.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnpricedCode {
    /// No list in force prices this skill and role at that time.
    NoRate,
}

/// A position without a price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UnpricedReason {
    pub code: UnpricedCode,
    /// Index of the position in the demand, from 0.
    pub position: u32,
    pub label: Option<Label>,
    pub skill: Option<Key>,
    pub role: Role,
    /// The first instant without a price.
    pub from: Instant,
}

/// What an order is expected to cost, or why that cannot be said. Never zero for a missing rate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Estimate {
    Priced(PricedEstimate),
    /// The price depends on who comes; the rules named in `why` ask for what is not known of the worker.
    Range {
        currency: Currency,
        lowest: Box<PricedEstimate>,
        highest: Box<PricedEstimate>,
        why: Vec<Key>,
    },
    Unpriced {
        currency: Currency,
        reasons: Vec<UnpricedReason>,
    },
}

impl Estimate {
    /// What it costs at most: the upper end of a range. None without a price.
    pub fn most(&self) -> Option<&PricedEstimate> {
        match self {
            Self::Priced(priced) => Some(priced),
            Self::Range { highest, .. } => Some(highest),
            Self::Unpriced { .. } => None,
        }
    }

    pub const fn is_priced(&self) -> bool {
        matches!(self, Self::Priced(_))
    }
}
