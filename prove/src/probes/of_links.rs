//! What whoever has a link is asked about.

use serde_json::json;

use super::of_candidates::of_one_listed;
use super::{Inquiry, Side, inquiry, of_shift, probe};
use crate::door::marks::text;
use crate::door::token;
use crate::world::model::{Link, World};

/// What a link shows, asked of everything in its agency: of its own project, and of all others.
pub fn of_link(world: &World, link: &Link) -> Inquiry {
    let agency = link.client.agency.id;
    let mut probes = Vec::new();
    for project in world.projects.iter().filter(|project| project.agency.id == agency) {
        probes.push(probe(
            "read_project_name",
            "Project",
            project.id,
            [text("project", project.number)],
            None,
        ));
    }
    for shift in world.shifts.iter().filter(|shift| shift.project.agency.id == agency) {
        probes.extend(of_shift(Side::Client, shift).probes.into_iter().map(|mut probe| {
            probe.explained = None;
            if probe.action == "read_shift_counts" {
                // The holder of a link reads the sum of what is wanted, the visitor what is wanted of each skill.
                let count = if link.is_public { "\"confirmed\"" } else { "\"headcount\"" };
                let number = shift.number;
                probe.marks = vec![format!("{count}:{number}")];
            }
            if probe.action == "read_team_name" {
                probe.marks.truncate(1);
            }
            probe
        }));
    }
    // No link shows any of them: who has one reads less than the least of users.
    for job in world.jobs.iter().filter(|job| job.client.agency.id == agency) {
        probes.push(probe("read_job", "Job", job.id, [text("job", job.number)], None));
    }
    for candidate in world.candidates.iter().filter(|one| one.job.client.agency.id == agency) {
        probes.extend(of_one_listed(candidate));
    }
    if link.is_public {
        inquiry("public_page.get", json!({ "token": token(link).text() }), probes)
    } else {
        inquiry("shared_project.get", json!({}), probes)
    }
}
