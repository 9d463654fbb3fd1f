//! What is asked about each thing: one call of the core, and what must be in its reply if the policies allow a reading.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::door::marks::{family, fee, given, instant, mail, net, pay, phone, text};
use crate::door::{inner, token};
use crate::world::START;
use crate::world::model::{
    Booking, Candidate, ChangeRequest, Client, Job, Link, Mandate, Message, Page, Preference, Project,
    Selection, Shift, World,
};

/// Which operations somebody has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Client,
    Agency,
}

/// A reading, and the marks that are all in the reply if it is allowed and none of which is if it is not.
#[derive(Clone, Debug)]
pub struct Probe {
    pub action: &'static str,
    pub kind: &'static str,
    pub id: Uuid,
    pub marks: Vec<String>,
    /// The field that `visibility.explain` says the same of.
    pub explained: Option<&'static str>,
}

/// One call of the core with the readings that its reply decides.
#[derive(Clone, Debug)]
pub struct Inquiry {
    pub operation: &'static str,
    pub input: Value,
    /// What to explain, if it is something that can be.
    pub explain: Option<Value>,
    pub probes: Vec<Probe>,
}

fn probe<const N: usize>(
    action: &'static str,
    kind: &'static str,
    id: Uuid,
    marks: [String; N],
    explained: Option<&'static str>,
) -> Probe {
    Probe { action, kind, id, marks: marks.into(), explained }
}

fn inquiry(operation: &'static str, input: Value, probes: Vec<Probe>) -> Inquiry {
    Inquiry { operation, input, explain: None, probes }
}

impl Side {
    const fn pick(self, client: &'static str, agency: &'static str) -> &'static str {
        match self {
            Self::Client => client,
            Self::Agency => agency,
        }
    }
}

pub fn of_shift(side: Side, shift: &Shift) -> Inquiry {
    let number = shift.number;
    // Nobody is wanted for a shift that is cancelled.
    let requested = if shift.cancelled { 0 } else { number };
    let own = |action, marks: Vec<String>, explained| Probe {
        action,
        kind: "Shift",
        id: shift.id,
        marks,
        explained,
    };
    let mut probes = vec![
        own("read_shift_times", vec![instant(shift.starts_at), instant(shift.ends_at)], Some("starts_at")),
        own("read_shift_positions", vec![text("skill", number)], Some("positions[].skill_name")),
        own("read_shift_counts", vec![format!("\"requested\":{requested},")], Some("progress.requested")),
        own(
            "read_shift",
            vec![text("place", number), text("contact", number), shift.id.to_string()],
            Some("site_name"),
        ),
        own("read_site_address", vec![text("address", number)], Some("site_address")),
        own("read_shift_note", vec![text("note", number)], Some("note")),
    ];
    if shift.cancelled {
        probes.push(own("read_cancellation_reason", vec![text("reason", number)], None));
    }
    // The core keeps no margin: whoever is not of the agency must find neither it nor what it is made of.
    if side == Side::Client {
        probes.push(own(
            "read_margin",
            ["\"margin\"", "\"pay\"", "\"cost\""].map(str::to_owned).into(),
            None,
        ));
    }
    for tag in &shift.tags {
        let explained = tag.for_client.then_some("tags");
        probes.push(probe("read_tag", "Tag", tag.id, [text("tag", tag.number)], explained));
    }
    for booking in &shift.team {
        of_booking(side, booking, &mut probes);
    }
    let operation = side.pick("my_shifts.get", "shifts.get");
    let input = json!({ "shift": shift.id });
    Inquiry { operation, explain: Some(input.clone()), input, probes }
}

fn of_booking(side: Side, booking: &Booking, probes: &mut Vec<Probe>) {
    let number = booking.number;
    let in_team = ["confirmed", "checked_in", "checked_out"].contains(&booking.state);
    // Explained for whoever there is to be seen; that the others are not, the reply tells.
    let explained = |field| in_team.then_some(field);
    let own = |action, marks: Vec<String>, explained| Probe {
        action,
        kind: "TeamMember",
        id: booking.id,
        marks,
        explained,
    };
    let name = vec![family(number), booking.id.to_string()];
    probes.push(own("read_team_name", name, explained("team[].name")));
    probes.push(own("read_given_name", vec![given(number)], explained("team")));
    probes.push(own("read_picture", vec![text("picture", number)], explained("team[].picture")));
    probes.push(own("read_pay", vec![pay(number)], None));
    if booking.leads {
        let name = format!("{} {}", given(number), family(number));
        let lead = match side {
            Side::Client => format!("\"lead\":{{\"name\":\"{name}\""),
            Side::Agency => format!("\"lead\":\"{}\"", booking.id),
        };
        probes.push(own("read_lead", vec![lead], Some("lead")));
        probes.push(own("read_lead_phone", vec![phone(number)], Some("lead.phone")));
    } else {
        probes.push(own("read_phone", vec![phone(number)], None));
    }
}

pub fn of_project(side: Side, project: &Project) -> [Inquiry; 3] {
    let input = json!({ "project": project.id });
    let own = |action, mark: String| probe(action, "Project", project.id, [mark], None);
    let mut probes = vec![
        own("read_project_name", text("project", project.number)),
        own("read_project", format!("\"id\":\"{}\"", project.id)),
    ];
    for (id, _) in project.schedules() {
        probes.push(probe("read_schedule", "Schedule", id, [id.to_string()], None));
    }
    [
        inquiry(side.pick("my_projects.get", "projects.get"), input.clone(), probes),
        inquiry(
            side.pick("my_projects.progress", "projects.progress"),
            input.clone(),
            vec![own("read_progress", "\"total\":".to_owned())],
        ),
        inquiry(
            side.pick("my_messages.thread", "messages.thread"),
            input,
            vec![own("read_thread", "\"read_to\":".to_owned())],
        ),
    ]
}

pub fn of_messages<'a>(
    side: Side,
    project: &Project,
    messages: impl Iterator<Item = &'a Message>,
) -> Inquiry {
    let of_one = |message: &Message| {
        probe("read_message", "Message", message.id, [text("message", message.number)], None)
    };
    inquiry(
        side.pick("my_messages.list", "messages.list"),
        json!({ "project": project.id }),
        messages.map(of_one).collect(),
    )
}

pub fn of_selection(side: Side, selection: &Selection) -> Inquiry {
    let note = text("selection", selection.number);
    let proposal = inner(selection.id, 2).to_string();
    inquiry(
        side.pick("my_selections.get", "selections.get"),
        json!({ "selection": selection.id }),
        vec![
            probe("read_selection", "Selection", selection.id, [note], None),
            probe("read_proposals", "Selection", selection.id, [proposal], None),
        ],
    )
}

pub fn of_change(side: Side, change: &ChangeRequest) -> Inquiry {
    let number = change.number;
    let own = |action, marks: Vec<String>| Probe {
        action,
        kind: "ChangeRequest",
        id: change.id,
        marks,
        explained: None,
    };
    inquiry(
        side.pick("my_change_requests.get", "change_requests.get"),
        json!({ "request": change.id }),
        vec![
            own("read_change", vec![text("change", number)]),
            own("read_change_fee", vec![fee(number)]),
            own("read_change_price", vec![net(number), "\"parts\":[".to_owned()]),
        ],
    )
}

pub fn of_mandate(side: Side, mandate: &Mandate) -> [Inquiry; 2] {
    let own = |action, mark: String| probe(action, "Mandate", mandate.id, [mark], None);
    let input = json!({ "mandate": mandate.id });
    let mut probes = vec![
        own("read_mandate", text("order", mandate.number)),
        own("read_estimate", text("label", mandate.number)),
    ];
    if let Some(project) = &mandate.project {
        probes.push(own("read_mandate_project", format!("\"project\":\"{}\"", project.id)));
    }
    [
        inquiry(side.pick("my_mandates.get", "mandates.get"), input.clone(), probes),
        // Both sides have this one operation.
        inquiry("my_mandates.explain", input, vec![own("read_explanation", "\"sentences\":".to_owned())]),
    ]
}

pub fn of_client<'a>(
    side: Side,
    client: &Client,
    words: impl Iterator<Item = &'a Preference>,
) -> [Inquiry; 3] {
    let own = |action, mark: &str| probe(action, "Client", client.id, [mark.to_owned()], None);
    let (from, to) = (instant(START), instant(START + 864_000_000));
    let word = |one: &Preference| probe("read_own_word", "Preference", one.id, [one.id.to_string()], None);
    let brand = match side {
        Side::Client => json!({ "client": client.id }),
        Side::Agency => json!({ "owner": { "of": "client", "client": client.id } }),
    };
    [
        inquiry(
            side.pick("my_shifts.progress", "clients.progress"),
            json!({ "client": client.id, "from": from, "to": to }),
            vec![own("read_client_progress", "\"total\":")],
        ),
        inquiry(side.pick("my_branding.get", "branding.get"), brand, vec![own("read_brand", "\"look\":")]),
        inquiry(
            side.pick("my_staff.list", "staff_preferences.get"),
            json!({ "client": client.id }),
            words.map(word).collect(),
        ),
    ]
}

pub fn of_job(side: Side, job: &Job) -> Inquiry {
    inquiry(
        side.pick("my_jobs.get", "jobs.get"),
        json!({ "job": job.id }),
        vec![probe("read_job", "Job", job.id, [text("job", job.number)], None)],
    )
}

pub fn of_candidate(side: Side, candidate: &Candidate) -> [Inquiry; 2] {
    let number = candidate.number;
    let own = |action, marks: Vec<String>, explained| Probe {
        action,
        kind: "Candidate",
        id: candidate.id,
        marks,
        explained,
    };
    // The client reads the text that fits; the agency both.
    let fitting = text(if candidate.anonymous { "plain" } else { "summary" }, number);
    let (document, activity) = (candidate.document, candidate.activity);
    let file = vec![format!("{}.pdf", text("file", number))];
    let probes = vec![
        own("read_candidate", vec![format!("\"id\":\"{}\"", candidate.id)], Some("label")),
        own("read_candidate_name", vec![text("person", number), text("face", number)], Some("name")),
        own("read_candidate_contact", vec![mail(number), phone(number)], Some("email")),
        own("read_candidate_text", vec![fitting], Some("summary")),
        own("read_named_text", vec![text("summary", number)], None),
        own("read_candidate_stage", vec!["\"stage\":\"".to_owned()], Some("stage")),
        own("read_internal_note", vec![text("inside", number)], None),
        probe("read_document", "Document", document, [document.to_string()], None),
        Probe { action: "read_document_file", kind: "Document", id: document, marks: file, explained: None },
        probe("read_activity", "Activity", activity, [activity.to_string()], None),
    ];
    let input = json!({ "candidate": candidate.id });
    let said = probe("read_feedback", "Feedback", candidate.feedback, [text("word", number)], None);
    let mut seen = inquiry(side.pick("my_candidates.get", "candidates.get"), input.clone(), probes);
    seen.explain = Some(input.clone());
    [seen, inquiry(side.pick("my_feedback.list", "feedback.list"), input, vec![said])]
}

pub fn of_page(side: Side, page: &Page) -> Inquiry {
    inquiry(
        side.pick("my_pages.get", "staff_pages.get"),
        json!({ "slug": text("page", page.number) }),
        vec![probe("read_page", "Page", page.id, [text("title", page.number)], None)],
    )
}

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
    if link.is_public {
        inquiry("public_page.get", json!({ "token": token(link).text() }), probes)
    } else {
        inquiry("shared_project.get", json!({}), probes)
    }
}
