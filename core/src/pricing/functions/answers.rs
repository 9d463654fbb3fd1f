//! What lists and estimates are asked afterwards: is the list good, why is the price this one, is it still the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Function;
use crate::engine::Refusal;
use crate::pricing::checks::{self, FindingView};
use crate::pricing::demand::Demand;
use crate::pricing::estimate::Estimate;
use crate::pricing::explain::explain;
use crate::pricing::list::{Key, Label, PriceList};
use crate::pricing::replay::{Replay, replay};
use crate::values::{Bounded, Locale, Zone};

/// A skill that clients can order.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedSkill {
    pub skill: Key,
    pub name: Label,
}

/// What is wrong or doubtful with a list before it is published: errors first.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckList {
    pub list: PriceList,
    /// Its other versions, and the broader lists that price what it leaves out.
    #[serde(default)]
    pub others: Bounded<PriceList, 1000>,
    #[serde(default)]
    pub skills: Bounded<NamedSkill, 1000>,
    #[serde(default)]
    pub locale: Locale,
}

impl Function for CheckList {
    const NAME: &'static str = "check_list";
    type Reply = Vec<FindingView>;

    fn compute(self) -> Result<Vec<FindingView>, Refusal> {
        let skills: Vec<(Key, Label)> =
            self.skills.iter().map(|one| (one.skill.clone(), one.name.clone())).collect();
        let findings = checks::check(&self.list, &self.others, &skills);
        Ok(findings.iter().map(|finding| finding.view(self.locale)).collect())
    }
}

/// Why an estimate is what it is, one sentence a line.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainEstimate {
    pub estimate: Estimate,
    /// The lists that it was computed with.
    pub lists: Bounded<PriceList, 1000>,
    pub zone: Zone,
    #[serde(default)]
    pub locale: Locale,
}

impl Function for ExplainEstimate {
    const NAME: &'static str = "explain";
    type Reply = Vec<String>;

    fn compute(self) -> Result<Vec<String>, Refusal> {
        Ok(explain(&self.estimate, &self.lists, &self.zone, self.locale))
    }
}

/// Computes an estimate again and says whether every byte is the same, or what its stamps say is another.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayDemand {
    pub estimate: Estimate,
    pub lists: Bounded<PriceList, 1000>,
    pub demand: Demand,
}

impl Function for ReplayDemand {
    const NAME: &'static str = "replay";
    type Reply = Replay;

    fn compute(self) -> Result<Replay, Refusal> {
        replay(&self.estimate, &self.lists, &self.demand)
    }
}
