//! Jobs and candidates, as the core keeps them.

use serde_json::{Value, json};
use staffgate::candidates::model::{Candidate as CandidateRecord, Feedback, Job as JobRecord};

use super::marks;
use super::of_projects::inner;
use super::records::Records;
use crate::Fallible;
use crate::world::START;
use crate::world::model::{Agency, Candidate, Job, World};

pub(super) fn put(records: &mut Records, world: &World, agency: &Agency) -> Fallible<()> {
    for job in world.jobs.iter().filter(|job| job.client.agency.id == agency.id) {
        let of_job = || world.candidates.iter().filter(|one| one.job.id == job.id);
        records.put::<JobRecord>(of_a_job(job, of_job().filter(|one| one.passed).count()))?;
        for (number, candidate) in (1..).zip(of_job()) {
            records.put::<CandidateRecord>(of_candidate(candidate, number))?;
            records.put::<Feedback>(of_feedback(candidate))?;
        }
    }
    Ok(())
}

/// Whether its project, if it has one, is not shared with the client.
fn is_hidden(job: &Job) -> bool {
    job.project.as_ref().is_some_and(|project| !project.shared)
}

fn of_a_job(job: &Job, shown: usize) -> Value {
    json!({
        "id": job.id, "client": job.client.id, "project": job.project.as_ref().map(|project| project.id),
        "mandate": null, "site": job.site.as_ref().map(|site| site.id), "project_hidden": is_hidden(job),
        "title": marks::text("job", job.number), "description": null, "positions": 1, "internal_note": null,
        "state": if job.on_portal { "on_portal" } else { "not_on_portal" },
        "shown_at": job.on_portal.then(|| marks::instant(START)), "candidates": 2, "shown_candidates": shown,
        "numbered": 2, "created_at": marks::instant(START), "revision": 1,
    })
}

fn of_candidate(candidate: &Candidate, number: u32) -> Value {
    let own = candidate.number;
    let file = |name: &str, which: u128, digit: &str| {
        json!({
            "id": inner(candidate.document, which), "name": format!("{}.pdf", marks::text(name, own)),
            "media_type": "application/pdf", "bytes": 1000, "sha256": digit.repeat(64),
        })
    };
    let blind = candidate.blind.then(|| file("blind", 2, "b"));
    let audience = |for_clients: bool| if for_clients { "clients" } else { "agency" };
    let document = json!({
        "id": candidate.document, "file": file("file", 1, "a"), "anonymised": blind,
        "audience": audience(candidate.document_for_clients), "added_at": marks::instant(START),
    });
    let activity = json!({
        "id": candidate.activity, "kind": "call", "text": "called", "anonymous_text": null,
        "audience": audience(candidate.activity_for_clients), "at": marks::instant(START),
    });
    let person = json!({
        "name": marks::text("person", own), "email": marks::mail(own), "phone": marks::phone(own),
        "picture": { "reference": marks::text("face", own), "media_type": "image/png" },
    });
    let job = &candidate.job;
    json!({
        "id": candidate.id, "job": job.id, "client": job.client.id,
        "project": job.project.as_ref().map(|project| project.id), "site": job.site.as_ref().map(|site| site.id),
        "job_shown": job.on_portal && !is_hidden(job), "worker": null, "person": person,
        "shows_contact": candidate.shows_contact, "anonymous": candidate.anonymous, "number": number,
        "summary": marks::text("summary", own), "anonymous_summary": marks::text("plain", own),
        "internal_note": marks::text("inside", own), "documents": [document], "activities": [activity],
        "state": if candidate.passed { "on_portal" } else { "in_review" }, "stages": ["new"], "review_note": null,
        "feedback": 1, "shown_at": candidate.passed.then(|| marks::instant(START)),
        "created_at": marks::instant(START), "revision": 1,
    })
}

fn of_feedback(candidate: &Candidate) -> Value {
    json!({
        "candidate": candidate.id, "job": candidate.job.id, "client": candidate.job.client.id,
        "user": candidate.feedback, "user_name": "Anna Weiss", "decision": "interested", "rating": 3,
        "note": marks::text("word", candidate.number), "given_at": marks::instant(START),
    })
}
