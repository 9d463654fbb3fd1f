//! Which lists may be published, and the short form of a list: rates per skill with a minimum call.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::checks::{Finding, Severity};
use super::list::{Component, Condition, Key, Label, MAX_RULES, Rate, Rule, Unit};
use super::model::{MAX_VERSIONS, PublishedList};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::Role;
use crate::values::{Bounded, ChargeRate, Day, Locale, Percent, SkillId, Surcharge};

/// What the client pays for an hour of a skill in a role: the short form of a rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillRate {
    pub skill: SkillId,
    #[serde(default)]
    pub role: Role,
    /// Charge per hour in the agency's currency.
    pub per_hour: ChargeRate,
}

/// Two rates for the same skill and role would leave the price to chance.
pub fn unambiguous(rates: &[SkillRate]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for (index, rate) in rates.iter().enumerate() {
        if !seen.insert((rate.skill, rate.role)) {
            return Err(Refusal::new(Code::RateAmbiguous).at(format!("rates[{index}]")));
        }
    }
    Ok(())
}

/// A version is immutable, so another one with the same first day is refused.
pub fn new_version(existing: &[PublishedList], valid_from: Day) -> Result<(), Refusal> {
    if existing.iter().any(|known| known.list.valid_from == valid_from) {
        return Err(Refusal::new(Code::PriceVersionExists).at("valid_from"));
    }
    if existing.len() >= MAX_VERSIONS as usize {
        return Err(Refusal::new(Code::TooMany).at("valid_from").with("expected", MAX_VERSIONS));
    }
    Ok(())
}

/// A list with errors is not published; the refusal tells the first.
pub fn no_errors(findings: &[Finding], locale: Locale) -> Result<(), Refusal> {
    let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
    let Some(first) = errors().next() else { return Ok(()) };
    let refusal = Refusal::new(Code::PriceListFaulty).with("count", errors().count());
    let refusal = refusal.with("first", first.message(locale));
    Err(match &first.path {
        Some(path) => refusal.at(path.clone()),
        None => refusal,
    })
}

/// The components of a list that names none: time, and what is missing to the minimum call.
pub fn usual_components() -> Result<Bounded<Component, 50>, Refusal> {
    let component = |code: &str, name: &str| -> Result<Component, Refusal> {
        Ok(Component { code: Key::parse(code)?, name: Label::parse(name)? })
    };
    Ok(Bounded::new(vec![component("work", "Work")?, component(MINIMUM, "Minimum call")?])?)
}

const MINIMUM: &str = "minimum";

/// The rules as written, with those that the short form stands for.
pub fn with_short_form(
    rules: &[Rule],
    rates: &[SkillRate],
    minimum_minutes: u32,
    components: &[Component],
) -> Result<Bounded<Rule, MAX_RULES>, Refusal> {
    let mut all = rules.to_vec();
    for rate in rates {
        let condition = Condition {
            skills: Bounded::new(vec![skill_key(rate.skill)?])?,
            role: Some(rate.role),
            ..Condition::default()
        };
        let id = Key::parse(&format!("rate:{}:{}", rate.skill, rate.role.text()))?;
        let price = Rate::PerHour { amount: rate.per_hour };
        all.push(Rule { when: condition, ..Rule::plain(id, Unit::default(), price) });
    }
    if minimum_minutes > 0 {
        let first = components.first().map(|component| component.code.clone());
        let of = Bounded::new(first.into_iter().collect())?;
        let price = Rate::Percent { percent: Surcharge::parse("100")?, of };
        let unit = Unit::MinimumCall {
            minutes: minimum_minutes,
            percent_of_planned: Percent::ZERO,
            at_most_planned: false,
        };
        let component = Some(Key::parse(MINIMUM)?);
        all.push(Rule { component, ..Rule::plain(Key::parse(MINIMUM)?, unit, price) });
    }
    if all.is_empty() {
        return Err(Refusal::new(Code::TooFew).at("rates").with("expected", 1));
    }
    Ok(Bounded::new(all)?)
}

/// How a skill of the agency is named in price lists.
pub fn skill_key(skill: SkillId) -> Result<Key, Refusal> {
    Ok(Key::parse(&skill.to_string())?)
}

/// The agency's skill that a price list names; `None` if it names something else.
pub fn skill_id(key: &Key) -> Option<SkillId> {
    Uuid::try_parse(key.as_str()).ok().map(SkillId::new).filter(|id| id.to_string() == key.as_str())
}

/// Every rule with its path, nested ones too.
pub fn each_rule<'l>(rules: &'l [Rule], path: &str, visit: &mut dyn FnMut(&'l Rule, &str)) {
    for (index, rule) in rules.iter().enumerate() {
        let path = format!("{path}[{index}]");
        visit(rule, &path);
        each_rule(&rule.rules, &format!("{path}.rules"), visit);
        each_rule(&rule.otherwise, &format!("{path}.otherwise"), visit);
    }
}
