//! From a list as written to rules ready for pricing: flattened, checked, sorted by specificity, found by skill.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::calendar::{self, Feast, Range};
use super::condition::{self, Ask, Facts};
use super::index::Index;
use super::kinds::Kinds;
use super::ready::{At, Class, Needs, Price, Ready, Turn};
use super::{Few, order};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::{
    Component, Discount, Key, Level, MAX_DEPTH, MAX_RULES, Policies, PriceList, Rate, Rule, Unit,
};
use crate::values::{ContentHash, Currency};

/// A list that is ready to price with.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Its place in the book.
    pub at: usize,
    pub id: Key,
    pub level: Level,
    pub currency: Currency,
    /// The local minute at which it comes into force.
    pub valid_from: i64,
    pub components: Vec<Component>,
    pub policies: Policies,
    pub discounts: Vec<Discount>,
    pub windows: Vec<Range>,
    /// By their beginnings, ascending.
    pub feasts: Vec<Feast>,
    /// Minutes of the longest of them.
    pub longest_feast: i64,
    /// Sorted by component, class, and the most specific first.
    pub rules: Vec<Ready>,
    /// Components with the group that each stands in, each behind all that its percentages are of.
    pub order: Vec<order::Step>,
    /// Minutes of the day, ascending, at which a window begins or ends.
    pub edges: Vec<u16>,
    pub hash: ContentHash,
    /// Whether a rule asks how long before the start the order came.
    pub lead_times: bool,
    /// Whether a rule asks for something of the worker.
    pub workers: bool,
    index: Index,
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
        let feasts = calendar::feasts(list)?;
        for (at, rule) in (0..).zip(&mut rules) {
            rule.at = at;
            rule.turn = order::turn(&order, rule.component);
        }
        Ok(Self {
            at: 0,
            id: list.id.clone(),
            level: list.level,
            currency: list.currency,
            valid_from: list.valid_from.minute(),
            components: list.components.to_vec(),
            policies: list.policies.clone(),
            discounts: list.discounts.to_vec(),
            windows,
            longest_feast: feasts.iter().map(|feast| feast.to - feast.from).max().unwrap_or(0),
            feasts,
            order,
            edges,
            hash: hash(list)?,
            lead_times: rules.iter().any(Ready::asks_lead_time),
            workers: rules.iter().any(|rule| rule.asks().any(|ask| ask.whole.asks_of_worker())),
            index: Index::of(&rules),
            rules,
        })
    }

    /// The rules that a position of this skill may meet, in the order of [`Compiled::rules`].
    pub(super) fn asked(&self, skill: Option<&Key>) -> impl Iterator<Item = &Ready> {
        self.index.rules(skill).filter_map(|at| self.rule(at))
    }

    /// Those of them whose conditions on the position hold.
    pub fn candidates(&self, facts: &Facts) -> impl Iterator<Item = &Ready> {
        self.asked(facts.skill).filter(|rule| rule.fits(facts))
    }

    /// The kinds of minutes of a position that are the same for all of its skill and role, if they are.
    pub(super) fn kept(&self, facts: &Facts) -> Option<&Kinds> {
        self.index.kept(facts.skill, facts.role, || Kinds::kept(self, facts))
    }

    /// Whether some rule of the first component may hold in the position.
    pub fn prices_first(&self, facts: &Facts) -> bool {
        self.candidates(facts).next().is_some_and(|rule| rule.component == 0)
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
        let named = self.list.components.get(usize::from(component));
        let named = named.ok_or_else(|| Refusal::new(Code::Internal))?;
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
            at: 0,
            id: rule.id.clone(),
            path: path.to_owned(),
            component,
            code: named.code.clone(),
            name: named.name.clone(),
            class,
            price: self.price(rule, rate, path)?,
            unit: rule.unit.clone(),
            vat: rule.vat.unwrap_or(self.list.vat),
            priority: rule.priority,
            needs: Needs::of(&rule.unit, &ask, unless),
            ask,
            unless: unless.to_vec(),
            turn: Turn::default(),
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
                let of: Result<Few<At>, Refusal> = of.iter().enumerate().map(place).collect();
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

/// The stamp of a list's contents.
fn hash(list: &PriceList) -> Result<ContentHash, Refusal> {
    let text = serde_json::to_vec(list).map_err(|_| Refusal::new(Code::Internal))?;
    Ok(ContentHash::of(&text))
}
