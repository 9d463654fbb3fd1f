//! What is asked about jobs and those who are put forward for them.

use serde_json::json;

use super::{Inquiry, Probe, Side, inquiry, probe};
use crate::door::inner;
use crate::door::marks::{file, mail, phone, stage, text};
use crate::world::model::{Candidate, Client, Job};

pub fn of_job<'a>(side: Side, job: &Job, candidates: impl Iterator<Item = &'a Candidate>) -> [Inquiry; 2] {
    let number = job.number;
    let input = json!({ "job": job.id });
    [
        inquiry(
            side.pick("my_jobs.get", "jobs.get"),
            input.clone(),
            vec![
                probe("read_job", "Job", job.id, [text("job", number), text("task", number)], None),
                probe("read_job_note", "Job", job.id, [text("inside", number)], None),
            ],
        ),
        inquiry(
            side.pick("my_candidates.list", "candidates.list"),
            input,
            candidates.flat_map(of_one_listed).collect(),
        ),
    ]
}

/// What a list shows of somebody.
pub(super) fn of_one_listed(candidate: &Candidate) -> Vec<Probe> {
    let id = format!("\"id\":\"{}\"", candidate.id);
    vec![
        probe("read_candidate", "Candidate", candidate.id, [id], None),
        probe("read_candidate_name", "Candidate", candidate.id, [text("person", candidate.number)], None),
    ]
}

/// The jobs of a client, in one list.
pub fn of_jobs<'a>(side: Side, client: &Client, jobs: impl Iterator<Item = &'a Job>) -> Inquiry {
    let of_one = |job: &Job| probe("read_job", "Job", job.id, [text("job", job.number)], None);
    let input = json!({ "client": client.id });
    inquiry(side.pick("my_jobs.list", "jobs.list"), input, jobs.map(of_one).collect())
}

pub fn of_candidate(side: Side, candidate: &Candidate) -> Vec<Inquiry> {
    let input = json!({ "candidate": candidate.id });
    let mut probes = of_them(candidate);
    probes.extend(of_stages(side, candidate));
    probes.extend(of_document(candidate));
    probes.extend(of_activity(candidate));
    let mut seen = inquiry(side.pick("my_candidates.get", "candidates.get"), input.clone(), probes);
    seen.explain = Some(input.clone());
    let word = text("word", candidate.number);
    let said = probe("read_feedback", "Feedback", candidate.critic, [word], None);
    let mut list = vec![seen, inquiry(side.pick("my_feedback.list", "feedback.list"), input, vec![said])];
    if side == Side::Client {
        list.push(of_preview(candidate));
    }
    list
}

fn of_them(candidate: &Candidate) -> Vec<Probe> {
    let number = candidate.number;
    let own = |action, marks: Vec<String>, explained| Probe {
        action,
        kind: "Candidate",
        id: candidate.id.to_string(),
        marks,
        explained,
    };
    // The text that clients read if any; the agency reads both.
    let is_blind = candidate.anonymous && candidate.blind_summary;
    let summary = text(if is_blind { "plain" } else { "summary" }, number);
    let inside = vec![text("inside", number), text("sent-back", number)];
    let worker = inner(candidate.id, 1).to_string();
    vec![
        own("read_candidate", vec![format!("\"id\":\"{}\"", candidate.id)], Some("label")),
        own("read_candidate_name", vec![text("person", number), text("face", number)], Some("name")),
        own("read_candidate_contact", vec![mail(number), phone(number)], Some("email")),
        own("read_candidate_text", vec![summary], Some("summary")),
        own("read_named_text", vec![text("summary", number)], None),
        own("read_internal_note", inside, None),
        own("read_candidate_worker", vec![worker], None),
    ]
}

/// Of which stage somebody is told: the client of one that they were in, under the name that it is told by; the agency of
/// the one that they are in.
fn of_stages(side: Side, candidate: &Candidate) -> Vec<Probe> {
    let some = ["\"stage\":\"".to_owned()];
    let mut probes = vec![probe("read_candidate_stage", "Candidate", candidate.id, some, Some("stage"))];
    let last = candidate.stages.len().saturating_sub(1);
    let (skipped, name): (usize, fn(&str) -> String) = match side {
        Side::Client => (0, stage),
        Side::Agency => (last, str::to_owned),
    };
    for one in candidate.stages.iter().skip(skipped) {
        let marks = vec![format!("\"stage\":\"{}\"", name(one))];
        let id = candidate.step(one);
        probes.push(Probe { action: "read_stage", kind: "Step", id, marks, explained: None });
    }
    probes
}

/// Name, size and hash of a file, as they are in a reply.
fn marks_of_file(candidate: &Candidate, is_blind: bool) -> Vec<String> {
    let [name, bytes, hash] = file(candidate.number, is_blind);
    vec![name, format!("\"bytes\":{bytes},"), hash]
}

fn of_document(candidate: &Candidate) -> Vec<Probe> {
    let own = |action, marks: Vec<String>, explained| Probe {
        action,
        kind: "Document",
        id: candidate.document.to_string(),
        marks,
        explained,
    };
    // Explained for whatever there is to be seen; that the others are not, the reply tells.
    let for_clients = candidate.document_for_clients;
    let is_there = for_clients && (!candidate.anonymous || candidate.blind_file);
    let document = vec![candidate.document.to_string()];
    let mut probes = vec![
        own("read_document", document, is_there.then_some("documents")),
        own(
            "read_document_file",
            marks_of_file(candidate, false),
            for_clients.then_some("documents[].sha256"),
        ),
    ];
    if candidate.blind_file {
        probes.push(own("read_blind_file", marks_of_file(candidate, true), None));
    }
    probes
}

fn of_activity(candidate: &Candidate) -> Vec<Probe> {
    let number = candidate.number;
    let own = |action, marks, explained| probe(action, "Activity", candidate.activity, [marks], explained);
    let for_clients = candidate.activity_for_clients;
    let is_blind = candidate.anonymous && candidate.blind_activity;
    let words = text(if is_blind { "veiled" } else { "called" }, number);
    let activity = candidate.activity.to_string();
    vec![
        own("read_activity", activity, for_clients.then_some("activities")),
        own("read_activity_text", words, for_clients.then_some("activities[].text")),
        own("read_named_activity", text("called", number), None),
    ]
}

/// By what the host finds a file: of somebody anonymised, the one by which nobody can be known.
fn of_preview(candidate: &Candidate) -> Inquiry {
    let (document, is_blind) = (candidate.document, candidate.anonymous);
    let by_which = |which| format!("\"file\":\"{}\"", inner(document, which));
    let mut of_file = marks_of_file(candidate, false);
    of_file.push(by_which(1));
    let of_document = [by_which(if is_blind { 2 } else { 1 })];
    let mut probes = vec![
        probe("read_document", "Document", document, of_document, None),
        Probe {
            action: "read_document_file",
            kind: "Document",
            id: document.to_string(),
            marks: of_file,
            explained: None,
        },
    ];
    if candidate.blind_file {
        let marks = marks_of_file(candidate, true);
        let id = document.to_string();
        probes.push(Probe { action: "read_blind_file", kind: "Document", id, marks, explained: None });
    }
    let input = json!({ "candidate": candidate.id, "document": document });
    inquiry("my_candidates.preview_document", input, probes)
}
