//! Prices as people see them: the estimate, and price lists for the agency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{PriceList, PriceScope, Rate};
use crate::access::Grant;
use crate::shifts::model::Role;
use crate::values::{Amount, ChargeRate, Currency, Day, Instant, Percent, PriceListId, SkillId};

/// What a line charges for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineCode {
    /// Planned time.
    Work,
    /// What is missing to the minimum call.
    Minimum,
}

/// One line of an estimate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EstimateLine {
    /// Index of the position in the demand, from 0.
    pub position: u32,
    pub code: LineCode,
    pub skill: SkillId,
    pub skill_name: String,
    pub role: Role,
    pub headcount: u32,
    /// Elapsed minutes of all heads together.
    pub minutes: u32,
    /// Charge per hour and head.
    pub per_hour: ChargeRate,
    /// Minutes times rate, rounded half up to the currency's exponent.
    pub amount: Amount,
    pub vat_percent: Percent,
    /// The version that the rate comes from.
    pub price_list: PriceListId,
    pub from: Instant,
    pub to: Instant,
}

/// VAT of all lines with one percentage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VatLine {
    pub percent: Percent,
    pub taxable: Amount,
    pub amount: Amount,
}

/// Why there is no price: no list in force has a rate for this skill and role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UnpricedReason {
    /// Index of the position in the demand, from 0.
    pub position: u32,
    pub skill: SkillId,
    pub skill_name: String,
    pub role: Role,
    /// The first instant without a rate.
    pub from: Instant,
}

/// What an order is expected to cost, or why that cannot be said. Never zero for a missing rate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Estimate {
    Priced {
        currency: Currency,
        lines: Vec<EstimateLine>,
        /// The exact sum of the rounded lines.
        net: Amount,
        vat: Vec<VatLine>,
        vat_total: Amount,
        total: Amount,
        price_lists: Vec<PriceListId>,
        /// The release of the time zone data.
        zone_data: String,
    },
    Unpriced {
        currency: Currency,
        reasons: Vec<UnpricedReason>,
    },
}

impl Estimate {
    pub const fn is_priced(&self) -> bool {
        matches!(self, Self::Priced { .. })
    }
}

/// A published version of prices.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PriceListView {
    pub id: PriceListId,
    pub scope: PriceScope,
    pub currency: Currency,
    pub valid_from: Day,
    pub vat_percent: Percent,
    pub minimum_minutes: u32,
    pub rates: Vec<Rate>,
    pub published_at: Instant,
}

pub fn price_list(_: &Grant, list: &PriceList) -> PriceListView {
    PriceListView {
        id: list.id,
        scope: list.scope,
        currency: list.currency,
        valid_from: list.valid_from,
        vat_percent: list.vat,
        minimum_minutes: list.minimum_minutes,
        rates: list.rates.clone(),
        published_at: list.published_at,
    }
}
