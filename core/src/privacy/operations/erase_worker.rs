//! Erasing a worker, in steps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at_most;
use super::erase_candidate::empty_candidate;
use crate::access::{Grant, Permission, Scope, authorize, forget_replies};
use crate::attendance::model::WorkerPapers;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::hosts;
use crate::privacy::events::ErasureEvent;
use crate::privacy::finding::{Found, SHIFTS_PER_STEP, step};
use crate::privacy::model::{DataSubject, Erasure};
use crate::privacy::rules;
use crate::privacy::views::{self, ErasureView};
use crate::shifts::days;
use crate::shifts::events::{BookingChange, BookingEvent};
use crate::shifts::model::{Worker, WorkerDay};
use crate::values::WorkerId;

/// Erases a worker: name, phone, picture, skills, host id, certificates, documents and what was said of them, in every
/// row that holds a copy, the candidates that they were among them. What money and the history rest on stays and names nobody: bookings, their times and pay, events.
///
/// Refused while the worker is booked for what has not ended. From the first step on the worker is gone; call again,
/// with a command id of its own, while the reply says `more`. Once it does not, replies that were kept for retries of
/// earlier commands are forgotten too: such a retry is answered by `reply_erased`, and still does nothing twice.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseWorker {
    pub worker: WorkerId,
    /// How many shifts of the agency this step goes through, 1 to 10,000; 2,000 if not given.
    #[serde(default)]
    pub at_most: Option<u32>,
}

impl Operation for EraseWorker {
    const NAME: &'static str = "privacy.erase_worker";
    const EFFECT: Effect = Effect::Command;
    type Reply = ErasureView;

    fn run(&self, tx: &mut Tx) -> Run<ErasureView> {
        let most = at_most(self.at_most, SHIFTS_PER_STEP)?;
        let id = Erasure::worker_id(self.worker);
        tx.prefetch([
            Want::record::<Erasure>(&id),
            Want::record::<Worker>(self.worker),
            Want::record::<WorkerPapers>(self.worker),
            days::ahead(self.worker, tx.now()),
        ])?;
        let grant = authorize(tx, Permission::ManagePersonalData, Scope::Agency)?;
        let found: Option<Erasure> = tx.find(&id)?;
        let mut erasure = match found {
            Some(erasure) if erasure.finished_at.is_some() => return Ok(views::erasure(&grant, &erasure)),
            Some(erasure) => erasure,
            None => self.begin(tx, &grant)?,
        };
        let (copies, walk) = step(tx, &erasure.walk, self.worker, most)?;
        erasure.walk = walk;
        self.empty(tx, &grant, &mut erasure, copies)?;
        if erasure.walk.is_over() {
            erasure.finished_at = Some(tx.now());
            forget_replies(tx, &grant)?;
            let copies = erasure.copies;
            tx.emit(&grant, &ErasureEvent::WorkerErased { worker: self.worker, copies })?;
        }
        tx.put(&grant, &erasure)?;
        Ok(views::erasure(&grant, &erasure))
    }
}

impl EraseWorker {
    /// The worker's own rows. Who books a worker, proposes one or says something of one reads the worker's row, so
    /// from this commit on no further copy is made.
    fn begin(&self, tx: &mut Tx, grant: &Grant) -> Run<Erasure> {
        let worker: Worker = tx.get(self.worker)?;
        let ahead: Vec<WorkerDay> = tx.list(days::ahead(self.worker, tx.now()))?;
        rules::is_free(&ahead, tx.now())?;
        hosts::bind(tx, grant, hosts::WORKER, worker.host_id.as_ref(), None, worker.id)?;
        tx.put(grant, &rules::worker(&worker, tx.now())?)?;
        if tx.find::<WorkerPapers>(worker.id)?.is_some() {
            tx.put(grant, &rules::papers(worker.id))?;
        }
        tx.emit(grant, &ErasureEvent::WorkerBegun { worker: worker.id })?;
        Ok(Erasure::begun(DataSubject::Worker, worker.id.uuid(), tx.now()))
    }

    fn empty(&self, tx: &mut Tx, grant: &Grant, erasure: &mut Erasure, copies: Found) -> Run<()> {
        let said = copies.preferences.len() + copies.feedback.len();
        erasure.found(copies.shifts.len() + copies.selections.len() + copies.candidates.len() + said);
        for mut shift in copies.shifts {
            let ended = rules::shift(&mut shift, self.worker, tx.now())?;
            tx.put(grant, &shift)?;
            for booking in ended {
                tx.emit(grant, &BookingEvent::of(&shift, &booking, BookingChange::Cancelled))?;
            }
        }
        for mut selection in copies.selections {
            rules::selection(&mut selection, self.worker, tx.now())?;
            tx.put(grant, &selection)?;
        }
        for mut kept in copies.preferences {
            rules::preferences(&mut kept, self.worker)?;
            tx.put(grant, &kept)?;
        }
        for candidate in copies.candidates {
            empty_candidate(tx, grant, candidate)?;
        }
        for mut feedback in copies.feedback {
            rules::feedback_on(&mut feedback);
            tx.put(grant, &feedback)?;
        }
        Ok(())
    }
}
