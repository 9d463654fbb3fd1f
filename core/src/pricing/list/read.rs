//! From JSON text to a price list; a refusal names the rule in which it arose.

use serde_json::Value;

use super::{Key, PriceList};
use crate::engine::{Refusal, decode};

/// Reads a list as a person writes it. What does not fit is refused with the field's path, and the id of its rule.
pub fn read(json: &str) -> Result<PriceList, Refusal> {
    decode(json).map_err(|refusal| {
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        let rule = refusal.path.as_deref().and_then(|path| rule_at(&value, path));
        match rule {
            Some(rule) => refusal.with("rule", rule),
            None => refusal,
        }
    })
}

/// The id of the innermost rule on a path such as `rules[2].otherwise[0].rate`.
fn rule_at(list: &Value, path: &str) -> Option<Key> {
    let (mut at, mut rule) = (list, None);
    for step in path.split('.') {
        let (name, index) = step.split_once('[').map_or((step, None), |(name, rest)| (name, Some(rest)));
        let Some(field) = at.get(name) else { break };
        let Some(index) = index else {
            at = field;
            continue;
        };
        let item = index.strip_suffix(']').and_then(|index| index.parse::<usize>().ok());
        let Some(item) = item.and_then(|index| field.get(index)) else { break };
        at = item;
        if matches!(name, "rules" | "otherwise") {
            rule = at.get("id").and_then(Value::as_str).and_then(|id| Key::parse(id).ok());
        }
    }
    rule
}
