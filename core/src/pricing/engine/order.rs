//! In which order components are priced: each behind all that its percentages are of, groups as one.

use std::collections::{BTreeMap, BTreeSet};

use super::ready::{At, Price, Ready, Turn};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::{Key, PriceList, Stacking};

/// Components that are priced together, in the order in which they stack.
#[derive(Clone, Debug)]
pub struct Step {
    pub members: Vec<At>,
    /// `None` for a component that stands alone.
    pub stacking: Option<Stacking>,
}

/// The places of the components by code.
pub(super) fn components(list: &PriceList) -> Result<BTreeMap<Key, At>, Refusal> {
    if list.components.is_empty() {
        return Err(Refusal::new(Code::TooFew).at("components").with("expected", 1));
    }
    let mut places = BTreeMap::new();
    for (at, component) in (0_u16..).zip(&list.components) {
        if places.insert(component.code.clone(), at).is_some() {
            let refusal = Refusal::new(Code::ComponentTwice).at(format!("components[{at}].code"));
            return Err(refusal.with("component", &component.code));
        }
    }
    Ok(places)
}

pub(super) fn component(places: &BTreeMap<Key, At>, code: &Key, path: &str) -> Result<At, Refusal> {
    places
        .get(code)
        .copied()
        .ok_or_else(|| Refusal::new(Code::ComponentUnknown).at(path).with("component", code))
}

pub(super) fn steps(
    list: &PriceList,
    places: &BTreeMap<Key, At>,
    rules: &[Ready],
) -> Result<Vec<Step>, Refusal> {
    let groups = groups(list, places)?;
    // What each group waits for. A rule's percentages may be of any component but those of its own group.
    let group_of = |component: At| groups.iter().position(|group| group.members.contains(&component));
    let mut waits: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); groups.len()];
    for rule in rules {
        let Price::Share(_, of) = &rule.price else { continue };
        for other in of {
            let (own, other) = (group_of(rule.component), group_of(*other));
            if own == other {
                return Err(cycle(rule));
            }
            if let (Some(own), Some(other)) = (own, other)
                && let Some(waits) = waits.get_mut(own)
            {
                waits.insert(other);
            }
        }
    }
    let mut done = BTreeSet::new();
    let mut sorted = Vec::with_capacity(groups.len());
    while done.len() < groups.len() {
        let free = waits
            .iter()
            .enumerate()
            .find(|(at, waits)| !done.contains(at) && waits.iter().all(|other| done.contains(other)));
        let Some((at, _)) = free else {
            let stuck = rules.iter().find(|rule| {
                matches!(rule.price, Price::Share(..))
                    && group_of(rule.component).is_some_and(|at| !done.contains(&at))
            });
            return Err(stuck.map_or_else(|| Refusal::new(Code::ComponentCycle).at("rules"), cycle));
        };
        done.insert(at);
        sorted.extend(groups.get(at).cloned());
    }
    Ok(sorted)
}

/// When a component is priced.
pub(super) fn turn(steps: &[Step], component: At) -> Turn {
    let turns = (0..).zip(steps).flat_map(|(step, of)| {
        (0..).zip(&of.members).map(move |(member, component)| (*component, Turn { step, member }))
    });
    turns.into_iter().find(|(of, _)| *of == component).map(|(_, turn)| turn).unwrap_or_default()
}

fn cycle(rule: &Ready) -> Refusal {
    Refusal::new(Code::ComponentCycle).at(format!("{}.rate.of", rule.path)).with("rule", &rule.id)
}

/// The groups of the policies, and one for each component that is in none.
fn groups(list: &PriceList, places: &BTreeMap<Key, At>) -> Result<Vec<Step>, Refusal> {
    let mut taken: BTreeSet<At> = BTreeSet::new();
    let mut groups: Vec<Step> = Vec::new();
    for (index, group) in list.policies.stacking.iter().enumerate() {
        let mut members = Vec::with_capacity(group.components.len());
        for (place, code) in group.components.iter().enumerate() {
            // The usual policies name components that a list need not have.
            let Some(at) = places.get(code).copied() else { continue };
            if at == 0 || !taken.insert(at) {
                let path = format!("policies.stacking[{index}].components[{place}]");
                return Err(Refusal::new(Code::ComponentTwice).at(path).with("component", code));
            }
            members.push(at);
        }
        if !members.is_empty() {
            groups.push(Step { members, stacking: Some(group.stacking) });
        }
    }
    let alone = places.values().filter(|at| !taken.contains(at));
    groups.extend(alone.map(|at| Step { members: vec![*at], stacking: None }));
    groups.sort_by(|one, other| one.members.iter().min().cmp(&other.members.iter().min()));
    Ok(groups)
}
