//! From a list as written to rules ready for pricing: flattened, checked, sorted by specificity, found by skill.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::calendar::{self, Feast, Range};
use super::condition::{self, Ask, Facts, Moment};
use super::{Few, order};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::{
    Between, Component, Discount, Key, Level, MAX_DEPTH, MAX_RULES, Policies, PriceList, Rate, Rule, Unit,
};
use crate::pricing::totals::Vat;
use crate::values::{ContentHash, Currency};

/// The place of a component, window or rule in its list.
pub(in crate::pricing) type At = u16;

/// What a rule costs, with the components that a percentage is of.
#[derive(Clone, Debug)]
pub enum Price {
    PerHour(Decimal),
    Each(Decimal),
    /// A hundredth of the percentage, and the components.
    Share(Decimal, Vec<At>),
}

/// How a rule's quantity comes about. Rules of one class and component exclude each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// Time, and flat amounts in place of time.
    Main,
    Minimum,
    Kilometre,
    Piece,
}

/// A rule with everything that it inherits.
#[derive(Clone, Debug)]
pub struct Ready {
    pub id: Key,
    pub path: String,
    pub component: At,
    pub class: Class,
    pub unit: Unit,
    pub price: Price,
    pub vat: Vat,
    pub priority: u32,
    pub ask: Ask,
    /// Conditions of which none may hold, from rules that this one is the else of.
    pub unless: Vec<Ask>,
}

impl Ready {
    /// Whether the conditions on the position hold, as far as the minutes do not decide.
    pub fn fits(&self, facts: &Facts) -> bool {
        self.ask.whole.holds(facts)
            && !self.unless.iter().any(|ask| ask.when.asks_nothing() && ask.whole.holds(facts))
    }

    /// The conditions that it depends on.
    pub fn asks(&self) -> impl Iterator<Item = &Ask> {
        std::iter::once(&self.ask).chain(&self.unless)
    }

    fn asks_lead_time(&self) -> bool {
        self.asks().any(|ask| ask.whole.lead_time != Between::default())
    }

    /// Whether the conditions on a minute hold, of a position that [`Self::fits`].
    pub fn holds(&self, moment: Moment, facts: &Facts) -> bool {
        self.ask.when.holds(moment)
            && !self.unless.iter().any(|ask| ask.when.holds(moment) && ask.whole.holds(facts))
    }

    /// Whether time is counted beyond a threshold.
    pub const fn threshold(&self) -> Option<u32> {
        match self.unit {
            Unit::BeyondPlan {} => Some(0),
            Unit::InShiftAfter { minutes }
            | Unit::PerDayAfter { minutes }
            | Unit::PerWeekAfter { minutes, .. } => Some(minutes),
            _ => None,
        }
    }
}

/// A list that is ready to price with.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub id: Key,
    pub level: Level,
    pub currency: Currency,
    /// The local minute at which it comes into force.
    pub valid_from: i64,
    pub components: Vec<Component>,
    pub policies: Policies,
    pub discounts: Vec<Discount>,
    pub windows: Vec<Range>,
    pub feasts: Vec<Feast>,
    /// Sorted by component, class, and the most specific first.
    pub rules: Vec<Ready>,
    /// Components with the group that each stands in, each behind all that its percentages are of.
    pub order: Vec<order::Step>,
    /// Minutes of the day at which a window begins or ends.
    pub edges: Vec<u16>,
    pub hash: ContentHash,
    /// Whether a rule asks how long before the start the order came.
    pub lead_times: bool,
    /// Whether a rule asks for something of the worker.
    pub workers: bool,
    by_skill: BTreeMap<Key, Vec<u32>>,
    any_skill: Vec<u32>,
}

impl Compiled {
    /// Checks a list and makes it ready. A refusal names the rule and the field's path.
    pub fn new(list: &PriceList) -> Result<Self, Refusal> {
        let components = order::components(list)?;
        let (windows, edges) = calendar::windows(list)?;
        list.vat.check().map_err(|refusal| refusal.under("vat"))?;
        let codes: Vec<Key> = list.calendar.windows.iter().map(|window| window.code.clone()).collect();
        let mut flat = Flattening {
            list,
            components: &components,
            windows: &codes,
            ids: BTreeSet::new(),
            rules: Vec::new(),
        };
        flat.all(&list.rules, "rules", &Ask::default(), &[], 1)?;
        super::discount::check(list, &components, flat.ids)?;
        let mut rules = flat.rules;
        one_averaging_period(&rules)?;
        // The id decides last, so that the order of the rules in the file means nothing.
        rules.sort_by(|one, other| rank(one).cmp(&rank(other)));
        let order = order::steps(list, &components, &rules)?;
        let (by_skill, any_skill) = index(&rules);
        Ok(Self {
            id: list.id.clone(),
            level: list.level,
            currency: list.currency,
            valid_from: super::local_minute(list.valid_from.date().and_time(chrono::NaiveTime::MIN)),
            components: list.components.to_vec(),
            policies: list.policies.clone(),
            discounts: list.discounts.to_vec(),
            windows,
            feasts: calendar::feasts(list)?,
            order,
            edges,
            hash: hash(list)?,
            lead_times: rules.iter().any(Ready::asks_lead_time),
            workers: rules.iter().any(|rule| rule.asks().any(|ask| ask.whole.asks_of_worker())),
            rules,
            by_skill,
            any_skill,
        })
    }

    /// The rules for a position, in the order of [`Compiled::rules`].
    pub fn candidates(&self, facts: &Facts, found: &mut Few<u32>) {
        let own = facts.skill.and_then(|skill| self.by_skill.get(skill)).map_or(&[] as &[u32], Vec::as_slice);
        let (mut own, mut any) = (own.iter().peekable(), self.any_skill.iter().peekable());
        loop {
            let next = match (own.peek(), any.peek()) {
                (Some(one), Some(other)) if one < other => own.next(),
                (Some(_), None) => own.next(),
                (_, Some(_)) => any.next(),
                (None, None) => return,
            };
            if let Some(at) = next
                && self.rule(*at).is_some_and(|rule| rule.fits(facts))
            {
                found.push(*at);
            }
        }
    }

    /// Whether some rule of the first component may hold in the position.
    pub fn prices_first(&self, facts: &Facts) -> bool {
        let mut found = Few::new();
        self.candidates(facts, &mut found);
        found.first().and_then(|at| self.rule(*at)).is_some_and(|rule| rule.component == 0)
    }

    pub fn rule(&self, at: u32) -> Option<&Ready> {
        self.rules.get(usize::try_from(at).ok()?)
    }
}

type Rank<'r> = (At, Class, std::cmp::Reverse<(u32, u32, Option<u32>)>, &'r Key);

/// Within a component and class: priority, then how much is asked, then the higher threshold; a rule beyond one,
/// even of no minutes, goes before a rule without.
fn rank(rule: &Ready) -> Rank<'_> {
    let first = std::cmp::Reverse((rule.priority, rule.ask.specificity, rule.threshold()));
    (rule.component, rule.class, first, &rule.id)
}

struct Flattening<'l> {
    list: &'l PriceList,
    components: &'l BTreeMap<Key, At>,
    windows: &'l [Key],
    ids: BTreeSet<Key>,
    rules: Vec<Ready>,
}

impl Flattening<'_> {
    fn all(
        &mut self,
        rules: &[Rule],
        path: &str,
        outer: &Ask,
        unless: &[Ask],
        depth: usize,
    ) -> Result<(), Refusal> {
        if depth > MAX_DEPTH && !rules.is_empty() {
            return Err(Refusal::new(Code::TooMany)
                .at(path)
                .with("expected", format!("{MAX_DEPTH} levels of rules")));
        }
        for (index, rule) in rules.iter().enumerate() {
            let path = format!("{path}[{index}]");
            self.one(rule, &path, outer, unless, depth).map_err(|refusal| named(refusal, rule))?;
        }
        Ok(())
    }

    fn one(
        &mut self,
        rule: &Rule,
        path: &str,
        outer: &Ask,
        unless: &[Ask],
        depth: usize,
    ) -> Result<(), Refusal> {
        if !self.ids.insert(rule.id.clone()) {
            return Err(Refusal::new(Code::RuleTwice).at(format!("{path}.id")));
        }
        if self.ids.len() > MAX_RULES {
            return Err(Refusal::new(Code::TooMany).at("rules").with("expected", MAX_RULES));
        }
        let own = condition::read(&rule.when, self.windows, &format!("{path}.when"))?;
        let ask = outer.and(&own).ok_or_else(|| Refusal::new(Code::RuleNever).at(format!("{path}.when")))?;
        if let Some(rate) = &rule.rate {
            let ready = self.ready(rule, rate, path, ask.clone(), unless)?;
            self.rules.push(ready);
        }
        self.all(&rule.rules, &format!("{path}.rules"), &ask, unless, depth + 1)?;
        if !rule.otherwise.is_empty() {
            let mut others = unless.to_vec();
            others.push(ask);
            self.all(&rule.otherwise, &format!("{path}.otherwise"), outer, &others, depth + 1)?;
        }
        Ok(())
    }

    fn ready(
        &self,
        rule: &Rule,
        rate: &Rate,
        path: &str,
        ask: Ask,
        unless: &[Ask],
    ) -> Result<Ready, Refusal> {
        let component = match &rule.component {
            None => 0,
            Some(code) => order::component(self.components, code, &format!("{path}.component"))?,
        };
        let class = match rule.unit {
            Unit::MinimumCall { .. } => Class::Minimum,
            Unit::Kilometre {} => Class::Kilometre,
            Unit::Piece { .. } => Class::Piece,
            _ => Class::Main,
        };
        check_unit(&rule.unit, path)?;
        if let Some(vat) = rule.vat {
            vat.check().map_err(|refusal| refusal.under(&format!("{path}.vat")))?;
        }
        Ok(Ready {
            id: rule.id.clone(),
            path: path.to_owned(),
            component,
            class,
            price: self.price(rule, rate, path)?,
            unit: rule.unit.clone(),
            vat: rule.vat.unwrap_or(self.list.vat),
            priority: rule.priority,
            ask,
            unless: unless.to_vec(),
        })
    }

    fn price(&self, rule: &Rule, rate: &Rate, path: &str) -> Result<Price, Refusal> {
        let unfit = |expected: &str| {
            Err(Refusal::new(Code::RateUnfit).at(format!("{path}.rate")).with("expected", expected))
        };
        let counts_time = !matches!(rule.unit, Unit::Flat { .. } | Unit::Kilometre {} | Unit::Piece { .. });
        match rate {
            Rate::PerHour { amount } if counts_time => Ok(Price::PerHour(amount.per_hour())),
            Rate::PerHour { .. } => unfit("`each` or `percent`, as the unit is not time"),
            Rate::Each { .. } if counts_time => unfit("`per_hour` or `percent`, as the unit is time"),
            Rate::Each { amount } => Ok(Price::Each(amount.per_hour())),
            Rate::Percent { .. } if matches!(rule.unit, Unit::Kilometre {} | Unit::Piece { .. }) => {
                unfit("`each`, as the unit is counted")
            }
            Rate::Percent { of, .. } if of.is_empty() => {
                Err(Refusal::new(Code::TooFew).at(format!("{path}.rate.of")).with("expected", 1))
            }
            Rate::Percent { percent, of } => {
                let place = |(index, code)| {
                    order::component(self.components, code, &format!("{path}.rate.of[{index}]"))
                };
                let of: Result<Vec<At>, Refusal> = of.iter().enumerate().map(place).collect();
                let share = percent.of(Decimal::ONE).ok_or_else(|| Refusal::new(Code::AmountTooLarge))?;
                Ok(Price::Share(share.normalize(), of?))
            }
        }
    }
}

/// Every refusal of a rule says which.
fn named(refusal: Refusal, rule: &Rule) -> Refusal {
    if refusal.details.iter().any(|(name, _)| *name == "rule") {
        refusal
    } else {
        refusal.with("rule", &rule.id)
    }
}

/// Overtime is averaged over one number of weeks in a list: an hour belongs to one period.
fn one_averaging_period(rules: &[Ready]) -> Result<(), Refusal> {
    let mut known = None;
    for rule in rules {
        let Unit::PerWeekAfter { weeks, .. } = rule.unit else { continue };
        if *known.get_or_insert(weeks) != weeks {
            let refusal = Refusal::new(Code::OutOfRange).at(format!("{}.unit.weeks", rule.path));
            let refusal = refusal.with("rule", &rule.id);
            return Err(refusal.with("expected", format!("{}, as in other rules", known.unwrap_or(weeks))));
        }
    }
    Ok(())
}

fn check_unit(unit: &Unit, path: &str) -> Result<(), Refusal> {
    let range = |field: &str, value: u32, least: u32, most: u32| {
        if (least..=most).contains(&value) {
            return Ok(());
        }
        let refusal = Refusal::new(Code::OutOfRange).at(format!("{path}.unit.{field}"));
        Err(refusal.with("expected", format!("{least} to {most}")))
    };
    match unit {
        Unit::MinimumCall { minutes, .. } => range("minutes", *minutes, 0, 1440),
        Unit::InShiftAfter { minutes } | Unit::PerDayAfter { minutes } => {
            range("minutes", *minutes, 0, 44_640)
        }
        Unit::PerWeekAfter { minutes, weeks } => {
            range("weeks", *weeks, 1, 52)?;
            range("minutes", *minutes, 0, 10_080 * weeks)
        }
        Unit::Worked {}
        | Unit::Planned {}
        | Unit::BeyondPlan {}
        | Unit::Flat { .. }
        | Unit::Kilometre {}
        | Unit::Piece { .. } => Ok(()),
    }
}

fn index(rules: &[Ready]) -> (BTreeMap<Key, Vec<u32>>, Vec<u32>) {
    let mut by_skill: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    let mut any_skill = Vec::new();
    for (at, rule) in (0_u32..).zip(rules) {
        match &rule.ask.whole.skills {
            None => any_skill.push(at),
            Some(skills) => {
                for skill in skills {
                    by_skill.entry(skill.clone()).or_default().push(at);
                }
            }
        }
    }
    (by_skill, any_skill)
}

/// The stamp of a list's contents.
fn hash(list: &PriceList) -> Result<ContentHash, Refusal> {
    let text = serde_json::to_vec(list).map_err(|_| Refusal::new(Code::Internal))?;
    Ok(ContentHash::of(&text))
}
