//! What the agency has not shown the client yet, shows it no longer, or has erased.

use super::{EVERYBODY, Found, Proof, only_if};
use crate::Fallible;

pub const NOT_SHOWN: &str = "a user reads nothing, and may do nothing, in a project that is not shared; reads nothing of a \
    job that is not on the portal, or in a project that is not shared with the job's client; and nothing of a candidate \
    for such a job, of one who has not passed the review, or who was removed; and of an erased candidate nobody reads \
    anything";

const IN_PROJECTS: &[&str] =
    &["Shift", "TeamMember", "Schedule", "Tag", "Message", "Selection", "ChangeRequest"];
const OF_CANDIDATES: &[&str] = &["Candidate", "Step", "Document", "Activity", "Feedback"];

pub(super) fn check(proof: &mut Proof) -> Fallible<Found> {
    let of_candidate = format!(
        "resource.candidacy.review != Review::\"passed\" || resource.candidacy.removed || {}",
        of_job("resource.candidacy.job")
    );
    for (people, things, condition) in [
        (["User"].as_slice(), IN_PROJECTS, "!resource.project.shared"),
        (&["User"], &["Project"], "!resource.shared"),
        (&["User"], &["Job"], of_job("resource").as_str()),
        (&["User"], OF_CANDIDATES, of_candidate.as_str()),
        (EVERYBODY, OF_CANDIDATES, "resource.candidacy.erased"),
    ] {
        for thing in things {
            let scope = format!("principal, action, resource is {thing}");
            let set = proof.policies.with(&only_if(condition, &scope))?;
            let kinds = proof.kinds(people, |kind| kind.resource().to_string() == *thing);
            let found = proof.is_denied(&kinds, &set)?;
            if !found.is_proved() {
                return Ok(found);
            }
        }
    }
    Ok(Found::Proved)
}

/// That clients see nothing of a job.
fn of_job(job: &str) -> String {
    format!(
        "!{job}.on_portal || ({job} has project && !({job}.project.shared && {job}.project has client && \
         {job}.project.client == {job}.client))"
    )
}
