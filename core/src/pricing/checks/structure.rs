//! What a list is made of: components, units, percentages, minimum calls, and its place among the other lists.

use std::collections::BTreeSet;

use super::cases::{BySkill, Case, Cases};
use super::finding::{Detail, Finding, FindingCode};
use super::region::Region;
use crate::pricing::engine::{At, Class, Compiled, Price, Ready, When};
use crate::pricing::list::{Component, Key, PriceList, Unit};

pub(super) fn check(compiled: &Compiled, cases: &Cases, found: &mut Vec<Finding>) {
    components(compiled, cases, found);
    percentages(compiled, found);
    minimum_calls(cases, found);
    planned(compiled, found);
}

fn components(compiled: &Compiled, cases: &Cases, found: &mut Vec<Finding>) {
    let priced: BTreeSet<At> = compiled.rules.iter().map(|rule| rule.component).collect();
    for (at, component) in (0_u16..).zip(&compiled.components) {
        let code = match at {
            0 if !cases.all.iter().any(Case::is_base) => FindingCode::BaseMissing,
            0 => continue,
            _ if priced.contains(&at) => continue,
            _ => FindingCode::ComponentUnused,
        };
        let finding = Finding::new(code).at(format!("components[{at}]"));
        found.push(finding.text("component", &component.code));
    }
}

/// Percentages of components that have no price.
fn percentages(compiled: &Compiled, found: &mut Vec<Finding>) {
    let priced: BTreeSet<At> = compiled.rules.iter().map(|rule| rule.component).collect();
    for rule in &compiled.rules {
        let Price::Share(_, of) = &rule.price else { continue };
        let code = if of.iter().any(|component| priced.contains(component)) {
            FindingCode::PercentPartlyOfNothing
        } else {
            FindingCode::PercentOfNothing
        };
        for (index, component) in of.iter().enumerate().filter(|(_, component)| !priced.contains(component)) {
            let Some(component) = named(compiled, *component) else { continue };
            let path = format!("{}.rate.of[{index}]", rule.path);
            found.push(Finding::new(code).rule(&rule.id, &path).text("component", component));
        }
    }
}

fn named(compiled: &Compiled, component: At) -> Option<&Key> {
    compiled.components.get(usize::from(component)).map(|component: &Component| &component.code)
}

/// Minimum calls for which there is nothing to be called for.
fn minimum_calls(cases: &Cases, found: &mut Vec<Finding>) {
    let mut base = BySkill::default();
    for (at, case) in cases.all.iter().enumerate().filter(|(_, case)| case.is_base()) {
        base.put(at, case.rule);
    }
    // The minimum looks at the start and prices at each minute, so moments do not part them.
    let whole = cases.grid.cells(When::default());
    let wide = |case: &Case| Region { cells: whole.clone(), ..case.within.clone() };
    for case in cases.all.iter().filter(|case| case.rule.class == Class::Minimum) {
        let region = wide(case);
        let meets = |at: usize| {
            cases.may_go_on() && cases.all.get(at).is_some_and(|one| wide(one).and(&region).is_some())
        };
        let priced = match &case.rule.ask.whole.skills {
            None => base.any.iter().chain(base.named.values().flatten()).any(|at| meets(*at)),
            Some(skills) => skills.iter().any(|skill| base.of(Some(skill)).any(meets)),
        };
        if !priced && !cases.stopped() {
            found.push(Finding::new(FindingCode::MinimumWithoutBase).rule(&case.rule.id, &case.rule.path));
        }
    }
}

/// Components that count the plan by one rule and other time by another one.
fn planned(compiled: &Compiled, found: &mut Vec<Finding>) {
    for (at, component) in (0_u16..).zip(&compiled.components) {
        let mut time = compiled
            .rules
            .iter()
            .filter(|rule| rule.component == at && rule.class == Class::Main)
            .filter(|rule| !matches!(rule.unit, Unit::Flat { .. }));
        let is_planned = |rule: &&Ready| matches!(rule.unit, Unit::Planned {});
        let (plan, other) = (time.clone().find(is_planned), time.find(|rule| !is_planned(rule)));
        if let Some((plan, other)) = plan.zip(other) {
            let finding =
                Finding::new(FindingCode::PlannedMixed).rule(&plan.id, &format!("{}.unit", plan.path));
            found.push(finding.other(&other.id).text("component", &component.code));
        }
    }
}

/// Versions that begin on the same day, and ids that are taken.
pub(super) fn versions(list: &PriceList, others: &[PriceList], found: &mut Vec<Finding>) {
    for other in others {
        if other.id == list.id {
            found.push(Finding::new(FindingCode::ListTwice).at("id").text("list", &other.id));
        }
        if other.level == list.level && other.valid_from == list.valid_from {
            let finding = Finding::new(FindingCode::VersionTwice).at("valid_from").text("list", &other.id);
            found.push(finding.with("day", Detail::Day(other.valid_from.date())));
        }
    }
}
