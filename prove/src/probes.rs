//! What is asked about each thing: one call of the core, and what must be in its reply if the policies allow a reading.

mod of_candidates;
mod of_links;

pub use of_candidates::{of_candidate, of_job, of_jobs};
pub use of_links::of_link;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::door::inner;
use crate::door::marks::{family, fee, given, instant, net, pay, phone, text};
use crate::world::START;
use crate::world::model::{
    Booking, ChangeRequest, Client, Mandate, Message, Page, Preference, Project, Selection, Shift,
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
    pub id: String,
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
    Probe { action, kind, id: id.to_string(), marks: marks.into(), explained }
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
        id: shift.id.to_string(),
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
        id: booking.id.to_string(),
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
        id: change.id.to_string(),
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

pub fn of_page(side: Side, page: &Page) -> Inquiry {
    inquiry(
        side.pick("my_pages.get", "staff_pages.get"),
        json!({ "slug": text("page", page.number) }),
        vec![probe("read_page", "Page", page.id, [text("title", page.number)], None)],
    )
}
