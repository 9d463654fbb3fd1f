//! Workers: creating, changing and reading them.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::days;
use crate::access::{Grant, Page, PageRequest, Permission, Scope, authorize, page, prefetch_page};
use crate::agency::model::Skill;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::hosts;
use crate::shifts::events::WorkerEvent;
use crate::shifts::model::{Shift, Worker, WorkerDay};
use crate::shifts::views::{self, WorkerView};
use crate::values::{Bounded, HostId, Phone, Picture, ShiftId, SkillId, Text, WorkerId};

/// Creates a worker.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateWorker {
    pub name: Text<120>,
    #[serde(default)]
    pub phone: Option<Phone>,
    /// Clients see it with the team, where pictures are shared.
    #[serde(default)]
    pub picture: Option<Picture>,
    #[serde(default)]
    pub skills: Bounded<SkillId, 100>,
    /// The host's own id, unique among the agency's workers.
    #[serde(default)]
    pub host_id: Option<HostId>,
}

impl Operation for CreateWorker {
    const NAME: &'static str = "workers.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = WorkerView;

    fn run(&self, tx: &mut Tx) -> Run<WorkerView> {
        let host_id = hosts::wants(hosts::WORKER, self.host_id.as_ref());
        tx.prefetch(self.skills.iter().map(Want::record::<Skill>).chain(host_id))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let id: WorkerId = tx.new_id();
        let skills = known(tx, &self.skills)?;
        hosts::bind(tx, &grant, hosts::WORKER, None, self.host_id.as_ref(), id)?;
        let worker = Worker {
            id,
            name: self.name.clone(),
            phone: self.phone.clone(),
            picture: self.picture.clone(),
            skills,
            archived: false,
            host_id: self.host_id.clone(),
            erased_at: None,
        };
        tx.put(&grant, &worker)?;
        tx.emit(&grant, &WorkerEvent::Created { worker: id })?;
        Ok(views::worker(&grant, worker))
    }
}

/// The skills in a fixed order, each once; one that does not exist is refused at its place.
fn known(tx: &mut Tx, skills: &Bounded<SkillId, 100>) -> Run<Bounded<SkillId, 100>> {
    for (position, skill) in skills.iter().enumerate() {
        if tx.find::<Skill>(skill)?.is_none() {
            return Err(Refusal::new(Code::SkillUnknown).at(format!("skills[{position}]")).into());
        }
    }
    let mut skills = skills.to_vec();
    skills.sort_unstable();
    skills.dedup();
    Ok(Bounded::new(skills).map_err(Refusal::from)?)
}

/// Changes a worker. What is left out stays as it is.
///
/// A new name, phone or picture goes onto the bookings of shifts that have not ended, so that nobody calls an old number.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateWorker {
    pub worker: WorkerId,
    #[serde(default)]
    pub name: Option<Text<120>>,
    #[serde(default)]
    pub phone: Option<Phone>,
    /// Takes the phone away, also from the bookings of shifts that have not ended.
    #[serde(default)]
    pub clear_phone: bool,
    #[serde(default)]
    pub picture: Option<Picture>,
    /// Takes the picture away, from the bookings ahead too.
    #[serde(default)]
    pub remove_picture: bool,
    #[serde(default)]
    pub skills: Option<Bounded<SkillId, 100>>,
    /// An archived worker keeps the bookings there are and gets no new ones.
    #[serde(default)]
    pub archived: Option<bool>,
    #[serde(default)]
    pub host_id: Option<HostId>,
}

impl Operation for UpdateWorker {
    const NAME: &'static str = "workers.update";
    const EFFECT: Effect = Effect::Command;
    type Reply = WorkerView;

    fn run(&self, tx: &mut Tx) -> Run<WorkerView> {
        let skills = self.skills.iter().flatten().map(Want::record::<Skill>);
        let host_id = hosts::wants(hosts::WORKER, self.host_id.as_ref());
        let is_pictured = self.picture.is_some() || self.remove_picture;
        let renamed = self.name.is_some() || self.phone.is_some() || self.clear_phone || is_pictured;
        let ahead = renamed.then(|| days::ahead(self.worker, tx.now()));
        let others = skills.chain(host_id).chain(ahead);
        tx.prefetch([Want::record::<Worker>(self.worker)].into_iter().chain(others))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        if self.clear_phone && self.phone.is_some() {
            let refusal = Refusal::new(Code::NotOneOf).at("clear_phone");
            return Err(refusal.with("expected", "left out if a phone is given").into());
        }
        let mut worker: Worker = tx.get(self.worker)?;
        let before = (worker.name.clone(), worker.phone.clone(), worker.picture.clone());
        if let Some(host_id) = &self.host_id {
            hosts::bind(tx, &grant, hosts::WORKER, worker.host_id.as_ref(), Some(host_id), worker.id)?;
            worker.host_id = Some(host_id.clone());
        }
        if let Some(name) = &self.name {
            worker.name = name.clone();
        }
        if self.phone.is_some() || self.clear_phone {
            worker.phone.clone_from(&self.phone);
        }
        if is_pictured {
            worker.picture = self.picture.clone().filter(|_| !self.remove_picture);
        }
        if let Some(skills) = &self.skills {
            worker.skills = known(tx, skills)?;
        }
        if let Some(archived) = self.archived {
            worker.archived = archived;
        }
        if before != (worker.name.clone(), worker.phone.clone(), worker.picture.clone()) {
            carry(tx, &grant, &worker)?;
        }
        tx.put(&grant, &worker)?;
        tx.emit(&grant, &WorkerEvent::Updated { worker: worker.id, archived: worker.archived })?;
        Ok(views::worker(&grant, worker))
    }
}

/// Writes name, phone and picture onto the worker's bookings ahead.
fn carry(tx: &mut Tx, grant: &Grant, worker: &Worker) -> Run<()> {
    let days: Vec<WorkerDay> = tx.list(days::ahead(worker.id, tx.now()))?;
    let shifts: BTreeSet<ShiftId> =
        days.iter().flat_map(|day| &day.entries).map(|entry| entry.shift).collect();
    tx.prefetch(shifts.iter().map(Want::record::<Shift>))?;
    for shift in shifts {
        let mut shift: Shift = tx.get(shift)?;
        if shift.ends_at <= tx.now() {
            continue;
        }
        let bookings = shift.positions.iter_mut().flat_map(|position| position.bookings.iter_mut());
        for booking in bookings.filter(|booking| booking.worker == worker.id && booking.state.is_active()) {
            booking.name = worker.name.clone();
            booking.phone.clone_from(&worker.phone);
            booking.picture.clone_from(&worker.picture);
        }
        tx.put(grant, &shift)?;
    }
    Ok(())
}

/// Reads a worker.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetWorker {
    pub worker: WorkerId,
}

impl Operation for GetWorker {
    const NAME: &'static str = "workers.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = WorkerView;

    fn run(&self, tx: &mut Tx) -> Run<WorkerView> {
        tx.prefetch([Want::record::<Worker>(self.worker)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let worker = tx.get(self.worker)?;
        Ok(views::worker(&grant, worker))
    }
}

/// The agency's workers by name, archived ones too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListWorkers {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListWorkers {
    const NAME: &'static str = "workers.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<WorkerView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<WorkerView>> {
        let want = Want::range::<Worker>("by_name", Vec::new(), 0);
        prefetch_page::<Worker>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (workers, next) = page::<Worker>(tx, &self.page, want)?;
        Ok(Page { items: workers.into_iter().map(|worker| views::worker(&grant, worker)).collect(), next })
    }
}
