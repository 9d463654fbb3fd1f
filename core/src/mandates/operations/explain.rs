//! Why an estimate is what it is: in sentences for people, and by pricing it again.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::read::own;
use crate::access::{Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::mandates::{no_revision, order};
use crate::pricing::engine::Zones;
use crate::pricing::estimate::Estimate;
use crate::pricing::explain::explain;
use crate::pricing::list::PriceList;
use crate::pricing::model::PublishedList;
use crate::pricing::replay::{Replay, replay_with_zones};
use crate::values::{Locale, MandateId, PriceListId};

/// An estimate in the actor's language, one sentence a line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    pub sentences: Vec<String>,
}

/// Says line by line why the mandate's estimate is what it is. For those who may see prices.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainMyMandate {
    pub mandate: MandateId,
}

impl Operation for ExplainMyMandate {
    const NAME: &'static str = "my_mandates.explain";
    const EFFECT: Effect = Effect::Query;
    type Reply = Explanation;

    fn run(&self, tx: &mut Tx) -> Run<Explanation> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let (_, mandate) = own(tx, Permission::SeePrices, self.mandate)?;
        let lists = stamped_lists(tx, &mandate.estimate)?;
        let request = mandate.request().ok_or_else(no_revision)?;
        let locale = tx.context().locale.unwrap_or(Locale::En);
        let mut sentences = explain(&mandate.estimate, &lists, &request.zone, locale);
        // Lists know skills by their ids; people know them by the names under which they ordered.
        for position in request.shifts.iter().flat_map(|shift| &shift.positions) {
            let id = position.skill.to_string();
            for sentence in &mut sentences {
                *sentence = sentence.replace(&id, position.skill_name.as_str());
            }
        }
        Ok(Explanation { sentences })
    }
}

/// Prices the mandate again with the lists of its estimate and says whether every byte is the same.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayEstimate {
    pub mandate: MandateId,
}

impl Operation for ReplayEstimate {
    const NAME: &'static str = "mandates.replay_estimate";
    const EFFECT: Effect = Effect::Query;
    type Reply = Replay;

    fn run(&self, tx: &mut Tx) -> Run<Replay> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let mandate: Mandate = tx.get(self.mandate)?;
        if !mandate.is_there_for(tx.context().actor) {
            return Err(Refusal::not_found().into());
        }
        let lists = stamped_lists(tx, &mandate.estimate)?;
        if lists.is_empty() {
            return Err(Refusal::new(Code::NotPriced).into());
        }
        let request = mandate.request().ok_or_else(no_revision)?;
        let demand = order::demand(request, mandate.submitted_at)?;
        let zones = Arc::new(Zones::of(&request.zone));
        Ok(replay_with_zones(&mandate.estimate, &lists, &demand, zones)?)
    }
}

/// The versions that an estimate rests on. Published ones never go away.
fn stamped_lists(tx: &mut Tx, estimate: &Estimate) -> Run<Vec<PriceList>> {
    let stamps = match estimate {
        Estimate::Priced(priced) => priced.lists.iter().chain(&[]),
        Estimate::Range { lowest, highest, .. } => lowest.lists.iter().chain(&highest.lists),
        Estimate::Unpriced { .. } => return Ok(Vec::new()),
    };
    let mut ids: Vec<PriceListId> =
        stamps.filter_map(|stamp| Uuid::try_parse(stamp.list.as_str()).ok()).map(PriceListId::new).collect();
    ids.sort_unstable();
    ids.dedup();
    tx.prefetch(ids.iter().map(|id| Want::record::<PublishedList>(*id)))?;
    let mut lists = Vec::with_capacity(ids.len());
    for id in ids {
        lists.push(tx.get::<PublishedList>(id)?.list);
    }
    Ok(lists)
}
