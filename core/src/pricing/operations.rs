//! Publishing and reading price lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::events::PriceListPublished;
use super::model::{PriceList, PriceScope, PublicationGuard, Rate};
use super::rules;
use super::views::{self, PriceListView};
use crate::access::{Permission, Scope, authorize};
use crate::agency::model::{Agency, Skill};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::values::{Bounded, Day, Percent, SkillId};

/// Publishes a version of the prices of a scope. A version never changes; publish another one instead.
///
/// It is in force for minutes worked from the first instant of `valid_from` at the place of work, until a later
/// version of the same scope.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishPriceList {
    pub scope: PriceScope,
    pub valid_from: Day,
    /// VAT on all lines of this list.
    pub vat_percent: Percent,
    /// Each slot is charged at least this long; 0 to 1,440.
    #[serde(default)]
    pub minimum_minutes: u32,
    pub rates: Bounded<Rate, 1000>,
}

impl PublishPriceList {
    fn wants(&self) -> Vec<Want> {
        let mut wants =
            vec![self.scope.versions(), Want::record::<PublicationGuard>(PublicationGuard::id(self.scope))];
        let skills: std::collections::BTreeSet<SkillId> = self.rates.iter().map(|rate| rate.skill).collect();
        wants.extend(skills.into_iter().map(Want::record::<Skill>));
        match self.scope {
            PriceScope::Basic => {}
            PriceScope::Client { client } => wants.push(Want::record::<Client>(client)),
            PriceScope::Project { project } => wants.push(Want::record::<Project>(project)),
        }
        wants
    }

    fn check_references(&self, tx: &mut Tx) -> Run<()> {
        for (index, rate) in self.rates.iter().enumerate() {
            if tx.find::<Skill>(rate.skill)?.is_none() {
                return Err(Refusal::new(Code::SkillUnknown).at(format!("rates[{index}].skill")).into());
            }
        }
        match self.scope {
            PriceScope::Basic => Ok(()),
            PriceScope::Client { client } => tx.get::<Client>(client).map(|_| ()),
            PriceScope::Project { project } => tx.get::<Project>(project).map(|_| ()),
        }
    }
}

impl Operation for PublishPriceList {
    const NAME: &'static str = "price_lists.publish";
    const EFFECT: Effect = Effect::Command;
    type Reply = PriceListView;

    fn run(&self, tx: &mut Tx) -> Run<PriceListView> {
        if self.minimum_minutes > 1440 {
            let refusal = Refusal::new(Code::OutOfRange).at("minimum_minutes").with("expected", "0 to 1440");
            return Err(refusal.into());
        }
        rules::unambiguous(&self.rates)?;
        let agency = tx.context().agency;
        tx.prefetch(self.wants().into_iter().chain([Want::record::<Agency>(agency)]))?;
        let grant = authorize(tx, Permission::ManagePrices, Scope::Agency)?;
        self.check_references(tx)?;
        let agency: Agency = tx.get(agency)?;
        let existing: Vec<PriceList> = tx.list(self.scope.versions())?;
        rules::new_version(&existing, self.valid_from)?;
        let scope = PublicationGuard::id(self.scope);
        let versions = tx.find::<PublicationGuard>(&scope)?.map_or(0, |guard| guard.versions);
        tx.put(&grant, &PublicationGuard { scope, versions: versions + 1 })?;
        let list = PriceList {
            id: tx.new_id(),
            scope: self.scope,
            currency: agency.currency,
            valid_from: self.valid_from,
            vat: self.vat_percent,
            minimum_minutes: self.minimum_minutes,
            rates: self.rates.to_vec(),
            published_at: tx.now(),
        };
        tx.put(&grant, &list)?;
        let event =
            PriceListPublished { price_list: list.id, scope: list.scope, valid_from: list.valid_from };
        tx.emit(&grant, &event)?;
        Ok(views::price_list(&grant, &list))
    }
}

/// The versions of a scope, newest first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListPriceLists {
    pub scope: PriceScope,
}

/// Versions of prices.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PriceLists {
    pub items: Vec<PriceListView>,
}

impl Operation for ListPriceLists {
    const NAME: &'static str = "price_lists.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = PriceLists;

    fn run(&self, tx: &mut Tx) -> Run<PriceLists> {
        tx.prefetch([self.scope.versions()])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let lists: Vec<PriceList> = tx.list(self.scope.versions())?;
        Ok(PriceLists { items: lists.iter().map(|list| views::price_list(&grant, list)).collect() })
    }
}
