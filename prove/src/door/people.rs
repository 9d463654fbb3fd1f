//! People, their roles, and links, as the core keeps them.

use serde_json::{Value, json};
use staffgate::access::{Gate, Principal, RoleBook, Share};
use staffgate::links::model::Link as LinkRecord;
use uuid::Uuid;

use super::asking::token;
use super::marks;
use super::records::Records;
use crate::Fallible;
use crate::world::model::{Agency, Link, Standing, User, World};
use crate::world::roles::Role;

pub(super) fn put(records: &mut Records, world: &World, agency: &Agency) -> Fallible<()> {
    let gate = json!({
        "agency": agency.id, "portal": agency.portal, "locale": "en", "cursor_key": "00".repeat(32),
    });
    records.put::<Gate>(gate)?;
    let previewer = json!({
        "id": agency.previewer, "side": "member", "role": "administrator", "access": "active", "locale": null,
    });
    records.put::<Principal>(previewer)?;
    let mut ours = Vec::new();
    for member in world.members.iter().filter(|member| member.agency.id == agency.id) {
        ours.extend(made(&member.role, member.role_id, "agency"));
        let principal = json!({
            "id": member.id, "side": "member", "role": name(&member.role, member.role_id),
            "access": member.access, "locale": null,
        });
        records.put::<Principal>(principal)?;
    }
    let users = || world.users.iter().filter(|user| user.agency.id == agency.id);
    for user in users() {
        records.put::<Principal>(principal(user))?;
    }
    // Roles of clients' people are in the agency's book or in the client's own.
    let of_book = |by_client: bool, standing: &Standing| match &standing.role {
        Role::Made { by_client: own, .. } if *own == by_client => {
            made(&standing.role, standing.role_id, "client")
        }
        _ => None,
    };
    ours.extend(users().flat_map(|user| &user.standings).filter_map(|one| of_book(false, one)));
    records.put::<RoleBook>(json!({ "owner": agency.id, "roles": ours }))?;
    for client in world.clients.iter().filter(|client| client.agency.id == agency.id) {
        let standings = users().flat_map(|user| &user.standings);
        let roles: Vec<Value> = standings
            .filter(|standing| standing.client.id == client.id)
            .filter_map(|standing| of_book(true, standing))
            .collect();
        records.put::<RoleBook>(json!({ "owner": client.id, "roles": roles }))?;
    }
    for link in world.links.iter().filter(|link| link.client.agency.id == agency.id) {
        put_link(records, world, link)?;
    }
    Ok(())
}

fn name(role: &Role, id: Uuid) -> String {
    match role {
        Role::Standard(name, _) => (*name).to_owned(),
        Role::Made { .. } => id.to_string(),
    }
}

fn made(role: &Role, id: Uuid, side: &str) -> Option<Value> {
    matches!(role, Role::Made { .. })
        .then(|| json!({ "id": id, "name": format!("Role {id}"), "side": side, "permissions": role.holds() }))
}

/// When a client's access is deactivated, its people's standings leave their principals.
fn principal(user: &User) -> Value {
    let standings = user.standings.iter().filter(|standing| !standing.client.access_ended);
    let access = |standing: &Standing| {
        let reach = match &standing.reach {
            None => json!({ "reach": "everything" }),
            Some((projects, sites)) => json!({
                "reach": "selected",
                "projects": projects.iter().map(|project| project.id).collect::<Vec<_>>(),
                "sites": sites.iter().map(|site| site.id).collect::<Vec<_>>(),
            }),
        };
        json!({ "client": standing.client.id, "role": name(&standing.role, standing.role_id), "reach": reach })
    };
    json!({
        "id": user.id, "side": "user", "clients": standings.map(access).collect::<Vec<_>>(),
        "access": user.access, "must_change_password": user.must_change_password, "locale": null,
    })
}

fn put_link(records: &mut Records, world: &World, link: &Link) -> Fallible<()> {
    // Whoever made it is the platform, or a member who is gone since.
    let gone = world.members.iter().find(|member| {
        member.agency.id == link.client.agency.id
            && (member.access != "active" || !member.role.holds().contains(&"share_links"))
    });
    let made_by = if link.maker_may {
        json!({ "as": "operator" })
    } else {
        json!({ "as": "member", "id": gone.map_or(Uuid::nil(), |member| member.id) })
    };
    let target = if link.is_public { "public" } else { "project" };
    let ended_at = marks::instant(crate::world::START - 1000);
    let ended = link.ended.then(|| json!({ "at": ended_at, "reason": "withdrawn" }));
    records.put::<LinkRecord>(json!({
        "id": link.id, "target": { "for": target, "client": link.client.id, "project": link.project.id },
        "secret": token(link).hash(), "made_by": made_by, "epoch": link.client_epoch,
        "share_epoch": link.share_epoch, "created_at": marks::instant(crate::world::START),
        "expires_at": marks::instant(link.expires_at), "send_now": false, "uses": null,
        "used": u32::from(link.opened), "last_used_at": null, "last_source": null, "passcode": null,
        "wrong_passcodes": 0, "ended": ended,
    }))?;
    if !link.is_public {
        records.put::<Share>(json!({
            "link": link.id, "client": link.client.id, "project": link.project.id,
            "expires_at": marks::instant(link.expires_at), "ended_at": link.ended.then_some(ended_at),
        }))?;
    }
    Ok(())
}
