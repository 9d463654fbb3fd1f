//! Price lists as the agency sees them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::checks::FindingView;
use super::fees::CancellationPolicy;
use super::list::{Calendar, Component, Discount, Key, Policies, Rule};
use super::model::{PriceScope, PublishedList};
use super::totals::Vat;
use crate::access::Grant;
use crate::shifts::views::pay_schema;
use crate::values::{Currency, Day, Instant, Pay, PriceListId, pay_for_agency};

/// What a worker earns for an hour under a rule. For the agency's eyes only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayForRule {
    pub rule: Key,
    #[serde(with = "pay_for_agency", default)]
    #[schemars(schema_with = "pay_schema")]
    pub per_hour: Option<Pay>,
}

/// A published version of prices, with everything that the short form stood for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PriceListView {
    pub id: PriceListId,
    pub scope: PriceScope,
    pub currency: Currency,
    pub valid_from: Day,
    pub vat: Vat,
    pub components: Vec<Component>,
    pub calendar: Calendar,
    pub policies: Policies,
    pub rules: Vec<Rule>,
    pub discounts: Vec<Discount>,
    pub cancellation: Option<CancellationPolicy>,
    pub pay: Vec<PayForRule>,
    pub published_at: Instant,
    /// What publishing warned of; only in its reply.
    pub warnings: Vec<FindingView>,
}

pub fn price_list(_: &Grant, published: &PublishedList) -> PriceListView {
    let list = published.list.clone();
    let pay = published.pay.iter().map(|pay| PayForRule { rule: pay.rule.clone(), per_hour: pay.per_hour });
    PriceListView {
        id: published.id,
        scope: published.scope,
        currency: list.currency,
        valid_from: list.valid_from,
        vat: list.vat,
        components: list.components.into_vec(),
        calendar: list.calendar,
        policies: list.policies,
        rules: list.rules.into_vec(),
        discounts: list.discounts.into_vec(),
        cancellation: list.cancellation,
        pay: pay.collect(),
        published_at: published.published_at,
        warnings: Vec::new(),
    }
}
