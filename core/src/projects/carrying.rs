//! Writing how a project is shared onto everything that carries it, for operations on projects and on clients.

use super::model::{MOST_SHIFTS, Project, ProjectPlace};
use crate::access::Grant;
use crate::engine::{Record, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::shifts::model::Shift;
use crate::values::ProjectId;

/// All shifts of a project by start.
pub fn shifts_of(project: ProjectId) -> Want {
    Want::range::<Shift>("by_project", vec![project.to_string().into()], MOST_SHIFTS)
}

/// The project with everything that carries its sharing, but the rows under which it is found.
pub fn all_of(project: ProjectId) -> [Want; 4] {
    [
        Want::record::<Project>(project),
        shifts_of(project),
        Mandate::of_project(project, false),
        Mandate::of_project(project, true),
    ]
}

/// The rows under which it is found.
pub fn places(project: &Project) -> Vec<Want> {
    ProjectPlace::of(project).iter().map(|place| Want::record::<ProjectPlace>(place.record_id())).collect()
}

/// Writes the project with whether it is shared onto everything that carries it.
pub fn show(tx: &mut Tx, grant: &Grant, project: &Project) -> Run<()> {
    let mut mandates: Vec<Mandate> = tx.list(Mandate::of_project(project.id, false))?;
    mandates.extend(tx.list::<Mandate>(Mandate::of_project(project.id, true))?);
    for place in ProjectPlace::of(project) {
        // Read first: the row's version is expected.
        tx.exists::<ProjectPlace>(place.record_id())?;
        tx.put(grant, &place)?;
    }
    for mut mandate in mandates {
        mandate.project_hidden = !project.shared;
        tx.put(grant, &mandate)?;
    }
    carry(tx, grant, project)
}

/// Writes the project, and its sharing onto each of its shifts.
pub fn carry(tx: &mut Tx, grant: &Grant, project: &Project) -> Run<()> {
    let shifts: Vec<Shift> = tx.list(shifts_of(project.id))?;
    tx.put(grant, project)?;
    for mut shift in shifts {
        shift.share(project);
        tx.put(grant, &shift)?;
    }
    Ok(())
}
