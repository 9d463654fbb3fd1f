//! Compares what came with what a story expects, and says where they differ.

use serde_json::Value;

/// The differences, one line each. Objects are compared on the fields named, unless `exactly`.
pub fn differences(expected: &Value, got: &Value, exactly: bool, path: &str, found: &mut Vec<String>) {
    match (expected, got) {
        (Value::String(any), _) if any == "$any" => {}
        (Value::Object(fields), _) if fields.keys().any(|name| name.starts_with('$')) => {
            for (rule, operand) in fields {
                special(rule, operand, got, exactly, path, found);
            }
        }
        (Value::Object(fields), Value::Object(there)) => {
            for (name, field) in fields {
                let path = format!("{path}.{name}");
                match there.get(name) {
                    Some(value) => differences(field, value, exactly, &path, found),
                    None => found.push(format!("{path}: expected {field}, is not there")),
                }
            }
            for name in there.keys().filter(|name| exactly && !fields.contains_key(*name)) {
                found.push(format!("{path}.{name}: expected nothing, is there"));
            }
        }
        (Value::Array(items), Value::Array(there)) => {
            if items.len() != there.len() {
                found.push(format!("{path}: expected {} items, got {}", items.len(), there.len()));
            }
            for (index, (item, value)) in items.iter().zip(there).enumerate() {
                differences(item, value, exactly, &format!("{path}[{index}]"), found);
            }
        }
        _ if expected == got => {}
        _ => found.push(format!("{path}: expected {expected}, got {got}")),
    }
}

fn special(rule: &str, operand: &Value, got: &Value, exactly: bool, path: &str, found: &mut Vec<String>) {
    match (rule, operand, got) {
        ("$length", operand, Value::Array(there)) => {
            if operand.as_u64() != Some(there.len() as u64) {
                found.push(format!("{path}: expected {operand} items, got {}", there.len()));
            }
        }
        // Each expected item fits some item; the order does not count.
        ("$contains", Value::Array(items), Value::Array(there)) => {
            for item in items {
                let fits = |value: &Value| {
                    let mut found = Vec::new();
                    differences(item, value, exactly, path, &mut found);
                    found.is_empty()
                };
                if !there.iter().any(fits) {
                    found.push(format!("{path}: expected an item like {item}, got {got}"));
                }
            }
        }
        ("$includes", Value::String(part), Value::String(text)) => {
            if !text.contains(part) {
                found.push(format!("{path}: expected a text with {part:?}, got {text:?}"));
            }
        }
        ("$not", operand, _) if operand == got => {
            found.push(format!("{path}: expected anything but {operand}"));
        }
        ("$not", ..) => {}
        _ => found.push(format!("{path}: expected {rule} {operand}, got {got}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differences;

    fn differ(expected: serde_json::Value, got: serde_json::Value, exactly: bool) -> Vec<String> {
        let mut found = Vec::new();
        differences(&expected, &got, exactly, "reply", &mut found);
        found
    }

    #[test]
    fn objects_are_compared_on_what_is_named_and_lists_whole() {
        let got = json!({"a": 1, "list": [{"x": 1, "y": 2}, {"x": 3}]});
        assert!(differ(json!({"a": 1, "list": [{"x": 1}, "$any"]}), got.clone(), false).is_empty());
        assert_eq!(differ(json!({"a": 2}), got.clone(), false), ["reply.a: expected 2, got 1"]);
        assert_eq!(differ(json!({"list": ["$any"]}), got.clone(), false).len(), 1);
        assert_eq!(differ(json!({"a": 1}), got, true), ["reply.list: expected nothing, is there"]);
    }

    #[test]
    fn the_special_rules_say_what_they_miss() {
        let got = json!({"list": ["b", "a"], "text": "see the link"});
        let fits = json!({
            "list": {"$length": 2, "$contains": ["a", "b"]},
            "text": {"$includes": "link", "$not": "other"},
        });
        assert!(differ(fits, got.clone(), true).is_empty());
        let misses = json!({"list": {"$length": 1, "$contains": ["c"]}, "text": {"$includes": "phone"}});
        assert_eq!(differ(misses, got.clone(), false).len(), 3);
        assert_eq!(differ(json!({"text": {"$not": "see the link"}}), got, false).len(), 1);
    }
}
