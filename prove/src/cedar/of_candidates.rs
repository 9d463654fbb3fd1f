//! Jobs and those who are put forward for them, as the policies are told of them.

use serde_json::{Value, json};

use super::{Entity, all, of, optional, sites};
use crate::world::model::{Candidate, Job, World};

pub(super) fn put(list: &mut Entity, world: &World) {
    for job in &world.jobs {
        put_job(list, job);
    }
    for candidate in &world.candidates {
        put_candidate(list, candidate);
    }
}

fn put_job(list: &mut Entity, job: &Job) {
    let attributes = json!({
        "client": of("Client", job.client.id), "sites": sites(&job.site), "on_portal": job.on_portal,
    });
    let project = job.project.as_ref().map(|project| of("Project", project.id));
    list.put("Job", job.id, optional(attributes, "project", project));
}

fn put_candidate(list: &mut Entity, one: &Candidate) {
    let candidacy = json!({
        "job": of("Job", one.job.id), "review": of("Review", one.review), "removed": one.removed,
        "erased": one.erased, "anonymous": one.anonymous,
    });
    let own = json!({
        "candidacy": candidacy, "shows_contact": one.shows_contact, "blind_summary": one.blind_summary,
        "stages": all("Stage", &one.stages),
    });
    list.put("Candidate", one.id, own);
    for (at, stage) in one.stages.iter().enumerate() {
        let later: Value = all("Stage", one.stages.iter().skip(at + 1));
        let step = json!({ "candidacy": candidacy, "stage": of("Stage", stage), "later": later });
        list.put("Step", one.step(stage), step);
    }
    let marked = |for_clients: bool, blind: bool| json!({ "candidacy": candidacy, "for_clients": for_clients, "blind": blind });
    list.put("Document", one.document, marked(one.document_for_clients, one.blind_file));
    list.put("Activity", one.activity, marked(one.activity_for_clients, one.blind_activity));
    list.put("Feedback", one.critic, json!({ "candidacy": candidacy }));
}
