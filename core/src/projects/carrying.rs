//! Writing how a project is shared onto everything that carries it, for operations on projects and on clients.

use super::model::{MOST_SHIFTS, Project, ProjectPlace};
use crate::access::Grant;
use crate::candidates::carrying::{candidates_of, carry as carry_job, jobs_of};
use crate::candidates::model::Job;
use crate::changes::model::ChangeRequest;
use crate::engine::{Record, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::notifications::model::Notification;
use crate::selection::model::Selection;
use crate::shifts::model::{OnSite, Shift};
use crate::values::{ProjectId, SiteId};

/// All shifts of a project by start.
pub fn shifts_of(project: ProjectId) -> Want {
    Want::range::<Shift>("by_project", vec![project.to_string().into()], MOST_SHIFTS)
}

/// The project with all that tells of it, as far as it is known before the project is.
pub fn all_of(project: ProjectId) -> [Want; 9] {
    [
        Want::record::<Project>(project),
        shifts_of(project),
        Selection::of_project(project),
        Mandate::of_project(project, true),
        Mandate::of_project(project, false),
        ChangeRequest::of_project(project, true),
        ChangeRequest::of_project(project, false),
        Notification::waiting_for(project),
        jobs_of(project),
    ]
}

/// Makes the project to be found under its own id and at the site, where it is not yet.
pub fn place(tx: &mut Tx, grant: &Grant, project: &Project, site: SiteId) -> Run<()> {
    for key in [project.id.uuid(), site.uuid()] {
        let (created_at, shared) = (project.created_at, project.shared);
        let place = ProjectPlace { key, project: project.id, created_at, shared };
        if !tx.exists::<ProjectPlace>(place.record_id())? {
            tx.put(grant, &place)?;
        }
    }
    Ok(())
}

/// Everything that tells of a project: shown to its client, and hidden from it, as one.
#[derive(Debug)]
pub struct Carrying {
    shifts: Vec<Shift>,
    mandates: Vec<Mandate>,
    changes: Vec<ChangeRequest>,
    selections: Vec<Selection>,
    jobs: Vec<Job>,
    /// What the client is to be told as soon as it may know of the project.
    notices: Vec<Notification>,
}

impl Carrying {
    pub fn of(tx: &mut Tx, project: ProjectId) -> Run<Self> {
        let mut mandates = tx.list(Mandate::of_project(project, true))?;
        mandates.extend(tx.list(Mandate::of_project(project, false))?);
        let mut changes = tx.list(ChangeRequest::of_project(project, true))?;
        changes.extend(tx.list(ChangeRequest::of_project(project, false))?);
        let selections = tx.list(Selection::of_project(project))?;
        let notices = tx.list(Notification::waiting_for(project))?;
        let (shifts, jobs) = (tx.list(shifts_of(project))?, tx.list(jobs_of(project))?);
        Ok(Self { shifts, mandates, changes, selections, jobs, notices })
    }

    /// The rows under which the project is found, those of who is on site for it, and its jobs' candidates.
    pub fn wants(&self, project: &Project) -> Vec<Want> {
        let places = ProjectPlace::of(project)
            .into_iter()
            .map(|place| Want::record::<ProjectPlace>(place.record_id()));
        let present =
            self.shifts.iter().flat_map(OnSite::all_of).map(|one| Want::record::<OnSite>(one.booking));
        let candidates = self.jobs.iter().map(|job| candidates_of(job.id));
        places.chain(present).chain(candidates).collect()
    }

    /// Writes the project with whether it is shared onto all of it. Every row was read: its version is expected.
    pub fn show(self, tx: &mut Tx, grant: &Grant, project: &Project) -> Run<()> {
        for place in ProjectPlace::of(project) {
            tx.exists::<ProjectPlace>(place.record_id())?;
            tx.put(grant, &place)?;
        }
        for mut mandate in self.mandates {
            mandate.project_hidden = !project.shared;
            tx.put(grant, &mandate)?;
        }
        for mut change in self.changes {
            change.shared = project.shared;
            tx.put(grant, &change)?;
        }
        for mut selection in self.selections {
            selection.shared = project.shared;
            tx.put(grant, &selection)?;
        }
        for mut job in self.jobs {
            job.follow(Some(project), tx.now());
            carry_job(tx, grant, &mut job)?;
        }
        for mut notice in self.notices {
            notice.waits_for = notice.waits_for.filter(|_| !project.shared);
            tx.put(grant, &notice)?;
        }
        tx.put(grant, project)?;
        for mut shift in self.shifts {
            shift.share(project);
            tx.put(grant, &shift)?;
            for presence in OnSite::all_of(&shift) {
                tx.exists::<OnSite>(presence.booking)?;
                tx.put(grant, &presence)?;
            }
        }
        Ok(())
    }
}

/// Writes the project, and how its team is shared onto each of its shifts.
pub fn carry(tx: &mut Tx, grant: &Grant, project: &Project) -> Run<()> {
    let shifts: Vec<Shift> = tx.list(shifts_of(project.id))?;
    tx.put(grant, project)?;
    for mut shift in shifts {
        shift.share(project);
        tx.put(grant, &shift)?;
    }
    Ok(())
}
