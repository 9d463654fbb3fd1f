//! What clients are told of stages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{book, book_want};
use crate::access::{Permission, Scope, authorize};
use crate::candidates::events::StageSet;
use crate::candidates::model::{StageKey, StageSetting};
use crate::candidates::views::{self, StagesView};
use crate::engine::{Effect, Operation, Refusal, Run, Tx};
use crate::values::{Bounded, Text};

/// Sets under which name clients read a stage, or that they are not told of it. It holds at once, for all candidates.
///
/// Who is in a hidden stage is shown in the last stage before it that is not hidden. What is left out is as usual; a stage
/// renamed in one language alone is read in that in the other too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetStage {
    pub stage: StageKey,
    #[serde(default)]
    pub en: Option<Text<60>>,
    #[serde(default)]
    pub fr: Option<Text<60>>,
    #[serde(default)]
    pub hidden: bool,
}

impl Operation for SetStage {
    const NAME: &'static str = "stages.set";
    const EFFECT: Effect = Effect::Command;
    type Reply = StagesView;

    fn run(&self, tx: &mut Tx) -> Run<StagesView> {
        let want = book_want(tx);
        tx.prefetch([want])?;
        let grant = authorize(tx, Permission::ManageCandidates, Scope::Agency)?;
        let mut book = book(tx)?;
        let setting =
            StageSetting { stage: self.stage, en: self.en.clone(), fr: self.fr.clone(), hidden: self.hidden };
        if book.setting(self.stage) != setting {
            let mut settings = std::mem::take(&mut book.settings).into_vec();
            settings.retain(|one| one.stage != self.stage);
            settings.push(setting);
            settings.sort_by_key(|one| one.stage);
            book.settings = Bounded::new(settings).map_err(Refusal::from)?;
            tx.put(&grant, &book)?;
            let (agency, stage, hidden) = (book.agency, self.stage, self.hidden);
            tx.emit(&grant, &StageSet { agency, stage, hidden })?;
        }
        Ok(views::stages(&grant, &book, tx.locale()))
    }
}

/// All stages in their order, with what clients are told of them. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListStages {}

impl Operation for ListStages {
    const NAME: &'static str = "stages.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = StagesView;

    fn run(&self, tx: &mut Tx) -> Run<StagesView> {
        let want = book_want(tx);
        tx.prefetch([want])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let book = book(tx)?;
        Ok(views::stages(&grant, &book, tx.locale()))
    }
}
