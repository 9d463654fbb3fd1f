//! Publishing and reading price lists.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::checks::{self, Finding, FindingView};
use super::engine::Compiled;
use super::events::PriceListPublished;
use super::fees;
use super::fees::CancellationPolicy;
use super::list::{Calendar, Component, Discount, Key, Label, Policies, PriceList, Rule};
use super::model::{PriceScope, PublicationGuard, PublishedList, RulePay};
use super::rules::{self, SkillRate, skill_id};
use super::totals::{Vat, VatCategory};
use super::views::{self, PayForRule, PriceListView};
use crate::access::{Permission, Scope, authorize};
use crate::agency::model::{Agency, Skill};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::values::{Bounded, Currency, Day, Locale, Percent, PriceListId, SkillId};

/// Publishes a version of the prices of a scope. A version never changes; publish another one instead.
///
/// It is in force for minutes worked from the first instant of `valid_from` at the place of work, until a later
/// version of the same scope. A simple list needs `rates` alone; `rules` say everything else.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishPriceList {
    pub scope: PriceScope,
    pub valid_from: Day,
    /// VAT on all lines whose rule does not say otherwise.
    pub vat_percent: Percent,
    #[serde(default)]
    pub vat_category: VatCategory,
    /// Each slot is charged at least this long; 0 to 1,440. Short for a rule with a minimum call.
    #[serde(default)]
    pub minimum_minutes: u32,
    /// Charge per hour for skills. Short for rules of the first component.
    #[serde(default)]
    pub rates: Bounded<SkillRate, 1000>,
    /// What lines charge for, in their order; absent means `work` and `minimum`.
    #[serde(default)]
    pub components: Option<Bounded<Component, 50>>,
    #[serde(default)]
    pub calendar: Calendar,
    #[serde(default)]
    pub policies: Policies,
    /// Skills in conditions are ids of the agency's skills.
    #[serde(default)]
    pub rules: Bounded<Rule, 10_000>,
    /// What comes off large orders.
    #[serde(default)]
    pub discounts: Bounded<Discount, 20>,
    /// What it costs to cancel or to change late.
    #[serde(default)]
    pub cancellation: Option<CancellationPolicy>,
    /// What workers earn under rules, for the agency alone.
    #[serde(default)]
    pub pay: Bounded<PayForRule, 10_000>,
}

impl PublishPriceList {
    fn wants(&self) -> Vec<Want> {
        let mut wants = vec![
            self.scope.versions(),
            PriceScope::Basic.versions(),
            Want::record::<PublicationGuard>(PublicationGuard::id(self.scope)),
        ];
        let skills: BTreeSet<SkillId> = self.skills().filter_map(|(_, skill)| skill).collect();
        wants.extend(skills.into_iter().map(Want::record::<Skill>));
        match self.scope {
            PriceScope::Basic => {}
            PriceScope::Client { client } => wants.push(Want::record::<Client>(client)),
            PriceScope::Project { project } => wants.push(Want::record::<Project>(project)),
        }
        wants
    }

    /// Every skill that is named, with its path; `None` for what is no id.
    fn skills(&self) -> impl Iterator<Item = (String, Option<SkillId>)> {
        let mut found: Vec<(String, Option<SkillId>)> = Vec::new();
        for (index, rate) in self.rates.iter().enumerate() {
            found.push((format!("rates[{index}].skill"), Some(rate.skill)));
        }
        rules::each_rule(&self.rules, "rules", &mut |rule, path| {
            for (index, skill) in rule.when.skills.iter().enumerate() {
                found.push((format!("{path}.when.skills[{index}]"), skill_id(skill)));
            }
        });
        found.into_iter()
    }

    fn check_references(&self, tx: &mut Tx, list: &PriceList) -> Run<()> {
        for (path, skill) in self.skills() {
            let known = match skill {
                Some(skill) => tx.find::<Skill>(skill)?.is_some(),
                None => false,
            };
            if !known {
                return Err(Refusal::new(Code::SkillUnknown).at(path).into());
            }
        }
        let mut ids: BTreeSet<&Key> = BTreeSet::new();
        rules::each_rule(&list.rules, "rules", &mut |rule, _| {
            ids.insert(&rule.id);
        });
        for (index, pay) in self.pay.iter().enumerate() {
            if !ids.contains(&pay.rule) {
                let refusal = Refusal::new(Code::RuleUnknown).at(format!("pay[{index}].rule"));
                return Err(refusal.with("rule", &pay.rule).into());
            }
        }
        match self.scope {
            PriceScope::Basic => Ok(()),
            PriceScope::Client { client } => tx.get::<Client>(client).map(|_| ()),
            PriceScope::Project { project } => tx.get::<Project>(project).map(|_| ()),
        }
    }

    /// What is wrong or doubtful with the list, beside those that are in force: errors first.
    fn findings(&self, tx: &mut Tx, agency: &Agency, list: &PriceList) -> Run<Vec<Finding>> {
        Compiled::new(list)?;
        if let Some(policy) = &list.cancellation {
            fees::validate(policy).map_err(|refusal| refusal.under("cancellation"))?;
        }
        let mut others: Vec<PublishedList> = tx.list(self.scope.versions())?;
        if self.scope != PriceScope::Basic {
            others.extend(tx.list::<PublishedList>(PriceScope::Basic.versions())?);
        }
        let others: Vec<PriceList> = others.into_iter().map(|published| published.list).collect();
        let mut names = Vec::with_capacity(agency.orderable.len());
        for skill in tx.list::<Skill>(skills())? {
            if agency.orderable.contains(&skill.id) {
                let name = Label::parse(skill.name.as_str()).map_err(Refusal::from)?;
                names.push((rules::skill_key(skill.id)?, name));
            }
        }
        Ok(checks::check(list, &others, &names))
    }

    fn list(&self, id: PriceListId, currency: Currency) -> Result<PriceList, Refusal> {
        rules::unambiguous(&self.rates)?;
        let components = match &self.components {
            Some(components) => components.clone(),
            None => rules::usual_components()?,
        };
        let rules = rules::with_short_form(&self.rules, &self.rates, self.minimum_minutes, &components)?;
        Ok(PriceList {
            id: Key::parse(&id.to_string())?,
            level: self.scope.level(),
            currency,
            valid_from: self.valid_from,
            vat: Vat { category: self.vat_category, percent: self.vat_percent },
            components,
            calendar: self.calendar.clone(),
            policies: self.policies.clone(),
            rules,
            discounts: self.discounts.clone(),
            cancellation: self.cancellation.clone(),
        })
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
        let agency = tx.context().agency;
        tx.prefetch(self.wants().into_iter().chain([Want::record::<Agency>(agency), skills()]))?;
        let grant = authorize(tx, Permission::ManagePrices, Scope::Agency)?;
        let agency: Agency = tx.get(agency)?;
        let id = tx.new_id();
        let list = self.list(id, agency.currency)?;
        self.check_references(tx, &list)?;
        let existing: Vec<PublishedList> = tx.list(self.scope.versions())?;
        rules::new_version(&existing, self.valid_from)?;
        let findings = self.findings(tx, &agency, &list)?;
        let locale = tx.context().locale.unwrap_or(Locale::En);
        rules::no_errors(&findings, locale)?;
        let scope = PublicationGuard::id(self.scope);
        let versions = tx.find::<PublicationGuard>(&scope)?.map_or(0, |guard| guard.versions);
        tx.put(&grant, &PublicationGuard { scope, versions: versions + 1 })?;
        let pay = self.pay.iter().map(|pay| RulePay { rule: pay.rule.clone(), per_hour: pay.per_hour });
        let published =
            PublishedList { id, scope: self.scope, list, pay: pay.collect(), published_at: tx.now() };
        tx.put(&grant, &published)?;
        let event = PriceListPublished { price_list: id, scope: self.scope, valid_from: self.valid_from };
        tx.emit(&grant, &event)?;
        let warnings = findings.iter().map(|finding| finding.view(locale)).collect();
        Ok(PriceListView { warnings, ..views::price_list(&grant, &published) })
    }
}

/// Checks a list as publishing would, and publishes nothing.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckPriceList {
    pub list: PublishPriceList,
}

/// What publishing would refuse or warn of: errors first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PriceListFindings {
    pub findings: Vec<FindingView>,
}

impl Operation for CheckPriceList {
    const NAME: &'static str = "price_lists.check";
    const EFFECT: Effect = Effect::Query;
    type Reply = PriceListFindings;

    fn run(&self, tx: &mut Tx) -> Run<PriceListFindings> {
        let agency = tx.context().agency;
        tx.prefetch(self.list.wants().into_iter().chain([Want::record::<Agency>(agency), skills()]))?;
        authorize(tx, Permission::ManagePrices, Scope::Agency)?;
        let agency: Agency = tx.get(agency)?;
        let unnamed = PriceListId::new(Uuid::nil());
        let list = self.list.list(unnamed, agency.currency)?;
        self.list.check_references(tx, &list)?;
        let locale = tx.context().locale.unwrap_or(Locale::En);
        let findings = self.list.findings(tx, &agency, &list)?;
        Ok(PriceListFindings { findings: findings.iter().map(|finding| finding.view(locale)).collect() })
    }
}

/// The agency's skills, as many as a list is checked against.
fn skills() -> Want {
    Want::range::<Skill>("by_name", Vec::new(), 1000)
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
        let lists: Vec<PublishedList> = tx.list(self.scope.versions())?;
        Ok(PriceLists { items: lists.iter().map(|list| views::price_list(&grant, list)).collect() })
    }
}
