//! What stands differently than the client wrote it, field by field.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::mandates::model::{Mandate, Request, RequestedPosition, RequestedShift, Side};

/// One field that differs from what the client wrote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// Such as `shifts[0].positions[1].headcount`.
    pub path: String,
    /// As the client wrote it; null if it was not there.
    pub before: Option<String>,
    /// As it is now; null if it is gone.
    pub after: Option<String>,
}

/// What stands differently now than the client itself last wrote it, field by field.
pub fn differences(mandate: &Mandate) -> Vec<Difference> {
    let last_is_the_clients = mandate.revisions.last().is_none_or(|revision| revision.by == Side::Client);
    match (mandate.by_client(), mandate.request()) {
        (Some(before), Some(after)) if !last_is_the_clients => compare(before, after),
        _ => Vec::new(),
    }
}

fn compare(before: &Request, after: &Request) -> Vec<Difference> {
    let mut found = Comparison(Vec::new());
    found.field("name", Some(&before.name), Some(&after.name));
    found.field("site", Some(&before.site_name), Some(&after.site_name));
    found.field("note", before.note.as_ref(), after.note.as_ref());
    found.field("buyer_reference", before.buyer_reference.as_ref(), after.buyer_reference.as_ref());
    let contact = |request: &Request| request.contact.as_ref().map(|contact| contact.name.clone());
    found.field("contact.name", contact(before).as_ref(), contact(after).as_ref());
    let phone = |request: &Request| {
        let phone = request.contact.as_ref().and_then(|contact| contact.phone.as_ref());
        phone.map(|phone| phone.as_str().to_owned())
    };
    found.field("contact.phone", phone(before), phone(after));
    let number = |request: &Request| request.purchase_order.as_ref().map(|one| one.number.clone());
    found.field("purchase_order", number(before), number(after));
    for index in 0..before.shifts.len().max(after.shifts.len()) {
        found.shift(index, before.shifts.get(index), after.shifts.get(index));
    }
    found.0
}

struct Comparison(Vec<Difference>);

impl Comparison {
    fn field<T: ToString>(&mut self, path: impl Into<String>, before: Option<T>, after: Option<T>) {
        let (before, after) = (before.map(|value| value.to_string()), after.map(|value| value.to_string()));
        if before != after {
            self.0.push(Difference { path: path.into(), before, after });
        }
    }

    fn shift(&mut self, index: usize, before: Option<&RequestedShift>, after: Option<&RequestedShift>) {
        let path = |field: &str| format!("shifts[{index}].{field}");
        self.field(
            path("start"),
            before.map(|shift| shift.local_start),
            after.map(|shift| shift.local_start),
        );
        self.field(path("end"), before.map(|shift| shift.local_end), after.map(|shift| shift.local_end));
        let pause = |shift: &RequestedShift| shift.break_minutes;
        self.field(path("break_minutes"), before.map(pause), after.map(pause));
        let count = |shift: Option<&RequestedShift>| shift.map_or(0, |shift| shift.positions.len());
        for place in 0..count(before).max(count(after)) {
            let at =
                |shift: Option<&RequestedShift>| shift.and_then(|shift| shift.positions.get(place)).cloned();
            let (old, new) = (at(before), at(after));
            let path = |field: &str| format!("shifts[{index}].positions[{place}].{field}");
            self.field(
                path("skill"),
                old.as_ref().map(|p| &p.skill_name),
                new.as_ref().map(|p| &p.skill_name),
            );
            let role = |position: &RequestedPosition| position.role.text();
            self.field(path("role"), old.as_ref().map(role), new.as_ref().map(role));
            self.field(
                path("headcount"),
                old.as_ref().map(|p| p.headcount),
                new.as_ref().map(|p| p.headcount),
            );
        }
    }
}
