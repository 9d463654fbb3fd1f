//! Pricing an estimate again: whether the same bytes come out, and if not, which of the things it rests on changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::demand::Demand;
use super::engine::{Book, CALCULATION, Compiled, Zones};
use super::estimate::{Estimate, ListStamp, PricedEstimate};
use super::list::{Key, PriceList};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{ContentHash, Currency};

/// What is not as it was.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "ReplayDifference")]
pub enum Difference {
    /// The library computes with another meaning now.
    CalculationVersion {},
    /// The release of the time zone data is another one.
    ZoneData {},
    /// This list has other contents, is not there any more, or has come in.
    List { list: Key },
    /// Everything that was stamped is the same: the demand is another one, or the lines were changed afterwards.
    DemandOrLines {},
}

/// The answer to pricing again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Replay {
    /// Byte for byte.
    Same {},
    Differs {
        what: Vec<Difference>,
    },
}

/// Prices again with the library's time zone data and compares bytes.
pub fn replay(estimate: &Estimate, lists: &[PriceList], demand: &Demand) -> Result<Replay, Refusal> {
    replay_with_zones(estimate, lists, demand, Arc::new(Zones::bundled()))
}

/// The same with other time zone data: that of the release in the stamp, if the host has kept it.
pub fn replay_with_zones(
    estimate: &Estimate,
    lists: &[PriceList],
    demand: &Demand,
    zones: Arc<Zones>,
) -> Result<Replay, Refusal> {
    let zone_data = zones.version().to_owned();
    let again = Book::with_zones(currency(estimate), lists, zones)?.estimate(demand)?;
    if bytes(&again)? == bytes(estimate)? {
        return Ok(Replay::Same {});
    }
    let mut what = BTreeSet::new();
    for priced in priced(estimate) {
        if priced.calculation != CALCULATION {
            what.insert(Difference::CalculationVersion {});
        }
        if priced.zone_data != zone_data {
            what.insert(Difference::ZoneData {});
        }
    }
    for stamp in stamps(estimate) {
        if hash_of(&stamp.list, lists)?.as_ref() != Some(&stamp.hash) {
            what.insert(Difference::List { list: stamp.list.clone() });
        }
    }
    if what.is_empty() {
        what.insert(Difference::DemandOrLines {});
        what.extend(new_lists(estimate, &again));
    }
    Ok(Replay::Differs { what: what.into_iter().collect() })
}

const fn currency(estimate: &Estimate) -> Currency {
    match estimate {
        Estimate::Priced(priced) => priced.currency,
        Estimate::Range { currency, .. } | Estimate::Unpriced { currency, .. } => *currency,
    }
}

fn priced(estimate: &Estimate) -> Vec<&PricedEstimate> {
    match estimate {
        Estimate::Priced(priced) => vec![priced],
        Estimate::Range { lowest, highest, .. } => vec![lowest, highest],
        Estimate::Unpriced { .. } => Vec::new(),
    }
}

fn stamps(estimate: &Estimate) -> impl Iterator<Item = &ListStamp> {
    priced(estimate).into_iter().flat_map(|priced| &priced.lists)
}

/// Lists that price now what others priced then. It is a cause only beside the demand: another demand can bring in a
/// list that was there all along. An unpriced estimate has no stamps, so nothing can be said of it.
fn new_lists(before: &Estimate, again: &Estimate) -> Vec<Difference> {
    if stamps(before).next().is_none() {
        return Vec::new();
    }
    let known = |list: &Key| stamps(before).any(|stamp| stamp.list == *list);
    let new = stamps(again).filter(|stamp| !known(&stamp.list));
    new.map(|stamp| Difference::List { list: stamp.list.clone() }).collect()
}

fn hash_of(list: &Key, lists: &[PriceList]) -> Result<Option<ContentHash>, Refusal> {
    let Some(found) = lists.iter().find(|one| one.id == *list) else { return Ok(None) };
    Ok(Some(Compiled::new(found)?.hash))
}

fn bytes(estimate: &Estimate) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(estimate).map_err(|_| Refusal::new(Code::Internal).with("reason", "estimate to JSON"))
}
