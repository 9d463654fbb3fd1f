//! A request that the solver found, in words: who reads what, and what is so of them.

use cedar_policy::{Entities, EntityUid, Request};
use serde_json::Value;

use crate::Fallible;

/// One sentence on the request, and a line on each thing that has a say in it.
pub(super) fn of(request: &Request, entities: &Entities) -> Fallible<String> {
    let name = |uid: Option<&EntityUid>| uid.map_or_else(|| "somebody".to_owned(), short);
    let mut lines = vec![format!(
        "{} is allowed `{}` of {}{}, where",
        name(request.principal()),
        request.action().map_or("?", |action| action.id().unescaped()),
        name(request.resource()),
        context(request),
    )];
    let json = entities.to_json_value()?;
    for entity in json.as_array().into_iter().flatten() {
        let pairs = |part: &str| entity.get(part).and_then(Value::as_object).into_iter().flatten();
        let attributes = pairs("attrs").map(|(name, value)| format!("{name} {}", said(value)));
        let tags = pairs("tags").map(|(key, value)| format!("under the key {key:?} {}", said(value)));
        let said: Vec<String> = attributes.chain(tags).collect();
        if !said.is_empty() {
            lines.push(format!(
                "  {} has {}",
                entity.get("uid").map(said_of).unwrap_or_default(),
                said.join(", ")
            ));
        }
    }
    Ok(lines.join("\n"))
}

fn context(request: &Request) -> String {
    let now = request.context().and_then(|context| context.get("now"));
    now.map_or_else(String::new, |now| format!(" at {now}"))
}

fn short(uid: &EntityUid) -> String {
    format!("{} \"{}\"", uid.type_name(), uid.id().unescaped())
}

fn said_of(uid: &Value) -> String {
    let part = |name: &str| uid.get(name).and_then(Value::as_str).unwrap_or_default();
    format!("{} \"{}\"", part("type"), part("id"))
}

fn said(value: &Value) -> String {
    match value {
        Value::Array(list) => format!("[{}]", list.iter().map(said).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => map.get("__entity").map_or_else(
            || {
                let fields = map.iter().map(|(name, value)| format!("{name} {}", said(value)));
                format!("({})", fields.collect::<Vec<_>>().join(", "))
            },
            said_of,
        ),
        other => other.to_string(),
    }
}
