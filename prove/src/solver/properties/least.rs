//! The public page and the least of users: what the one reads, the other reads too.
//!
//! A visitor and a user are not the same request, so the claim goes through a sentence on the thing alone. First, for all
//! requests of visitors: what the policies allow is of a thing of which the sentence is so. Second, for all requests of
//! users: who is the least of users at such a thing is allowed the same reading. Both are over every store of entities, so
//! together they say it of any visitor and any user over the same one.

use super::{Found, Proof, Side, action, only_if};
use crate::Fallible;

pub const THE_PUBLIC_PAGE: &str = "whatever the public may read of a project, of a shift or of its positions, every \
    active user of its client who reaches it and holds `view_shifts`, and nothing else, may read too; whichever names it \
    may read (as far as the agency sets that), whoever holds `view_team` beside it may read too; surnames only if the \
    agency says so; everything else, such as places, contacts, phones, prices, pictures, notes and tags, the public never \
    reads; and the least user always reads more: a shift's place and contact";

/// A reading of the public page, of what, and what else than `view_shifts` it takes of the least user.
const READINGS: &[(&str, &str, Option<&str>)] = &[
    ("read_project_name", "Project", None),
    ("read_shift_times", "Shift", None),
    ("read_shift_positions", "Shift", None),
    ("read_given_name", "TeamMember", Some("view_team")),
    ("read_team_name", "TeamMember", Some("view_team")),
];

pub(super) fn check(proof: &mut Proof) -> Fallible<Found> {
    for (reading, thing, further) in READINGS {
        let public = Side::Text(permit(thing, &of_thing(thing)));
        let found = proof.implies("Visitor", reading, &Side::Policies, &public)?;
        if !found.is_proved() {
            return Ok(found);
        }
        let both = format!("{} && {}", of_thing(thing), least(thing, *further));
        let found = proof.implies("User", reading, &Side::Text(permit(thing, &both)), &Side::Policies)?;
        if !found.is_proved() {
            return Ok(found);
        }
    }
    let is_more = |name: &str| READINGS.iter().all(|(reading, ..)| *reading != name);
    let kinds = proof.kinds(&["Visitor"], |kind| is_more(action(kind)));
    let found = proof.is_denied(&kinds, &proof.policies.set.clone())?;
    if !found.is_proved() {
        return Ok(found);
    }
    let scope = "principal is Visitor, action == Action::\"read_team_name\", resource";
    let set = proof.policies.with(&only_if("resource.project.public_names != Names::\"full\"", scope))?;
    let kinds = proof.kinds(&["Visitor"], |kind| action(kind) == "read_team_name");
    let found = proof.is_denied(&kinds, &set)?;
    if !found.is_proved() {
        return Ok(found);
    }
    let more = format!("resource.project.shared && {}", least("Shift", None));
    proof.implies("User", "read_shift", &Side::Text(permit("Shift", &more)), &Side::Policies)
}

fn permit(thing: &str, condition: &str) -> String {
    format!("@id(\"claim\") permit (principal, action, resource is {thing}) when {{ {condition} }};")
}

/// What must be so of a thing that the public reads something of.
fn of_thing(thing: &str) -> String {
    let shared = |project: &str| {
        format!(
            "{project}.shared && {project} has client && {project}.public && !{project}.client.access_ended"
        )
    };
    let in_team = "[BookingState::\"confirmed\", BookingState::\"checked_in\", BookingState::\"checked_out\"]\
        .contains(resource.state) && (resource.project.team_immediately || resource.project.team_published)";
    match thing {
        "Project" => shared("resource"),
        "Shift" => format!("{} && !resource.cancelled", shared("resource.project")),
        _ => format!("{} && !resource.shift.cancelled && {in_team}", shared("resource.project")),
    }
}

/// The least of users who reach a thing: an active one, with nothing but the right to see shifts, and what else is named.
fn least(thing: &str, further: Option<&str>) -> String {
    let project = if thing == "Project" { "resource" } else { "resource.project" };
    let standing = format!("principal.getTag({project}.client.key)");
    let exactly = further.map(|one| format!(", Permission::\"{one}\"")).unwrap_or_default();
    format!(
        "principal is User && principal.access == Access::\"active\" && !principal.must_change_password && \
         principal.agency.portal && principal.agency == {project}.agency && {project} has client && \
         !{project}.client.access_ended && principal.hasTag({project}.client.key) && \
         {standing}.client == {project}.client && {standing}.holds == [Permission::\"view_shifts\"{exactly}] && \
         ({standing}.everything || {standing}.projects.contains({project}) || \
         {standing}.sites.containsAny(resource.sites))"
    )
}
