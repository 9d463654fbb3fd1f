//! All that is kept of a worker.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at_most;
use crate::access::{Permission, Scope, authorize};
use crate::attendance::model::WorkerPapers;
use crate::attendance::views::certificates;
use crate::candidates::stages::{book, book_want};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::privacy::finding::{SHIFTS_PER_STEP, Walk, step};
use crate::privacy::views::{self, WorkerExport};
use crate::shifts::model::Worker;
use crate::shifts::views as shifts;
use crate::values::{Text, WorkerId};

/// All that is kept of a worker: the row, certificates, every booking with its pay, proposals,
/// what clients said, and the candidates that the worker was, with what was said of them. In
/// parts; the disclosures are read with `privacy.disclosures`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportWorker {
    pub worker: WorkerId,
    /// The `next` of the part before.
    #[serde(default)]
    pub after: Option<Text<2000>>,
    /// How many shifts of the agency one part goes through, 1 to 10,000; 2,000 if not given.
    #[serde(default)]
    pub at_most: Option<u32>,
}

impl Operation for ExportWorker {
    const NAME: &'static str = "privacy.export_worker";
    const EFFECT: Effect = Effect::Query;
    type Reply = WorkerExport;

    fn run(&self, tx: &mut Tx) -> Run<WorkerExport> {
        let most = at_most(self.at_most, SHIFTS_PER_STEP)?;
        let walk = match &self.after {
            Some(text) => Walk::parse(text.as_str())?,
            None => Walk::default(),
        };
        let own = [Want::record::<Worker>(self.worker), Want::record::<WorkerPapers>(self.worker)];
        let stages = [book_want(tx)];
        tx.prefetch(own.into_iter().chain(stages).chain(walk.wants(self.worker)))?;
        let grant = authorize(tx, Permission::ManagePersonalData, Scope::Agency)?;
        let worker: Worker = tx.get(self.worker)?;
        let book = book(tx)?;
        let papers: Option<WorkerPapers> = tx.find(self.worker)?;
        let papers = papers.unwrap_or_else(|| WorkerPapers::of(self.worker));
        let (found, walk) = step(tx, &walk, self.worker, most)?;
        let next = if walk.is_over() { None } else { Some(walk.text()?) };
        let (worker, papers) = (shifts::worker(&grant, worker), certificates(&grant, &papers).certificates);
        let found = views::Part { found, book, locale: tx.locale(), now: tx.now(), next };
        Ok(views::worker_export(&grant, worker, papers, found))
    }
}
