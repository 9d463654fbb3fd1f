//! Jobs and candidates, as the core keeps them.

use serde_json::{Value, json};
use staffgate::candidates::model::{
    Candidate as CandidateRecord, Feedback, Job as JobRecord, StageBook as StageBookRecord,
};

use super::marks;
use super::of_projects::inner;
use super::records::Records;
use crate::Fallible;
use crate::world::START;
use crate::world::candidates::STAGES;
use crate::world::model::{Agency, Candidate, Job, World};

pub(super) fn put(records: &mut Records, world: &World, agency: &Agency) -> Fallible<()> {
    let setting = |stage: &&'static str| {
        let hidden = agency.hidden_stages.contains(stage);
        json!({ "stage": stage, "en": marks::stage(stage), "fr": null, "hidden": hidden })
    };
    let settings: Vec<Value> = STAGES.iter().map(setting).collect();
    records.put::<StageBookRecord>(json!({ "agency": agency.id, "settings": settings }))?;
    for job in world.jobs.iter().filter(|job| job.client.agency.id == agency.id) {
        let candidates: Vec<&Candidate> =
            world.candidates.iter().filter(|one| one.job.id == job.id).collect();
        records.put::<JobRecord>(of_job(job, &candidates))?;
        for (number, candidate) in (1..).zip(candidates) {
            records.put::<CandidateRecord>(of_candidate(candidate, number))?;
            records.put::<Feedback>(of_feedback(candidate))?;
        }
    }
    Ok(())
}

/// The core's word for where somebody is.
fn state(candidate: &Candidate) -> &'static str {
    match (candidate.removed, candidate.review) {
        (true, _) => "removed",
        (false, "passed") => "on_portal",
        (false, review) => review,
    }
}

fn of_job(job: &Job, candidates: &[&Candidate]) -> Value {
    let state = match (job.on_portal, job.open) {
        (true, true) => "on_portal",
        (true, false) => "closed_on_portal",
        (false, true) => "not_on_portal",
        (false, false) => "closed",
    };
    let shown = candidates.iter().filter(|one| self::state(one) == "on_portal").count();
    json!({
        "id": job.id, "client": job.client.id, "project": job.project.as_ref().map(|project| project.id),
        "mandate": null, "site": job.site.as_ref().map(|site| site.id), "project_hidden": job.is_hidden(),
        "title": marks::text("job", job.number), "description": marks::text("task", job.number), "positions": 1,
        "internal_note": marks::text("inside", job.number), "state": state,
        "shown_at": job.on_portal.then(|| marks::instant(START)), "candidates": candidates.len(),
        "shown_candidates": shown, "numbered": candidates.len(), "created_at": marks::instant(START), "revision": 1,
    })
}

/// A document's file: the one that names the candidate, or the one that does not. The host knows it by an id of its own.
fn file(candidate: &Candidate, is_blind: bool) -> Value {
    let [name, bytes, hash] = marks::file(candidate.number, is_blind);
    json!({
        "id": inner(candidate.document, if is_blind { 2 } else { 1 }), "name": name,
        "media_type": "application/pdf", "bytes": bytes.parse::<u32>().unwrap_or(1), "sha256": hash,
    })
}

fn of_candidate(candidate: &Candidate, number: u32) -> Value {
    let own = candidate.number;
    let audience = |for_clients: bool| if for_clients { "clients" } else { "agency" };
    let document = json!({
        "id": candidate.document, "file": file(candidate, false),
        "anonymised": candidate.blind_file.then(|| file(candidate, true)),
        "audience": audience(candidate.document_for_clients), "added_at": marks::instant(START),
    });
    let activity = json!({
        "id": candidate.activity, "kind": "call", "text": marks::text("called", own),
        "anonymous_text": candidate.blind_activity.then(|| marks::text("veiled", own)),
        "audience": audience(candidate.activity_for_clients), "at": marks::instant(START),
    });
    let person = json!({
        "name": marks::text("person", own), "email": marks::mail(own), "phone": marks::phone(own),
        "picture": { "reference": marks::text("face", own), "media_type": "image/png" },
    });
    let job = &candidate.job;
    let passed = candidate.review == "passed";
    json!({
        "id": candidate.id, "job": job.id, "client": job.client.id,
        "project": job.project.as_ref().map(|project| project.id), "site": job.site.as_ref().map(|site| site.id),
        "job_shown": job.on_portal && !job.is_hidden(), "worker": inner(candidate.id, 1), "person": person,
        "shows_contact": candidate.shows_contact, "anonymous": candidate.anonymous,
        "number": passed.then_some(number), "summary": marks::text("summary", own),
        "anonymous_summary": candidate.blind_summary.then(|| marks::text("plain", own)),
        "internal_note": marks::text("inside", own), "documents": [document], "activities": [activity],
        "state": state(candidate), "stages": candidate.stages, "review_note": marks::text("sent-back", own),
        "feedback": 1, "shown_at": (state(candidate) == "on_portal").then(|| marks::instant(START)),
        "created_at": marks::instant(START), "revision": 1,
    })
}

fn of_feedback(candidate: &Candidate) -> Value {
    json!({
        "candidate": candidate.id, "job": candidate.job.id, "client": candidate.job.client.id,
        "user": candidate.critic, "user_name": "Anna Weiss", "decision": "interested", "rating": 3,
        "note": marks::text("word", candidate.number), "given_at": marks::instant(START),
    })
}
