//! Inputs made from an operation's JSON Schema, for walking through the whole catalog.

use serde_json::{Map, Value, json};

/// Makes inputs; `known` says what stands under a field's name, such as an id of the world.
pub struct Sampler<'s> {
    pub types: &'s Value,
    pub known: &'s dyn Fn(&str) -> Option<Value>,
}

impl std::fmt::Debug for Sampler<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sampler").finish_non_exhaustive()
    }
}

impl Sampler<'_> {
    /// An input with the fields that are required, and with `optional` those that are not.
    pub fn input(&self, schema: &Value, optional: bool) -> Value {
        self.value("", schema, optional, 0)
    }

    fn value(&self, name: &str, schema: &Value, optional: bool, depth: u32) -> Value {
        if let Some(known) = (self.known)(name) {
            return known;
        }
        if depth > 8 {
            return Value::Null;
        }
        let deeper = |schema: &Value| self.value(name, schema, optional, depth + 1);
        if let Some(reference) = schema["$ref"].as_str() {
            let target = reference.rsplit('/').next().unwrap_or_default();
            return deeper(&self.types[target]);
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        for choice in ["anyOf", "oneOf", "enum"] {
            if let Some(first) = schema[choice].as_array().and_then(|list| list.first()) {
                return if choice == "enum" { first.clone() } else { deeper(first) };
            }
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.first().and_then(Value::as_str),
            other => other.as_str(),
        };
        match kind.unwrap_or_default() {
            "object" => self.object(schema, optional, depth),
            "array" => json!([self.value(name, &schema["items"], optional, depth + 1)]),
            "integer" => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
            "boolean" => json!(false),
            "string" => json!(text(schema)),
            _ => Value::Null,
        }
    }

    fn object(&self, schema: &Value, optional: bool, depth: u32) -> Value {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let fields = schema["properties"].as_object().cloned().unwrap_or_default();
        let wanted = fields.iter().filter(|(name, _)| optional || required.contains(&name.as_str()));
        let made: Map<String, Value> = wanted
            .map(|(name, field)| (name.clone(), self.value(name, field, optional, depth + 1)))
            .collect();
        Value::Object(made)
    }
}

fn text(schema: &Value) -> &'static str {
    match schema["format"].as_str().unwrap_or_default() {
        "uuid" => "00000000-0000-4000-8000-000000000001",
        "date-time" => "2026-09-10T08:00:00Z",
        "local-date-time" => "2026-10-10T08:00",
        "date" => "2026-10-10",
        "decimal" => "1.00",
        "currency" => "EUR",
        "zone" => "Europe/Berlin",
        "email" => "somebody@example.com",
        "phone" => "+4915100000",
        "subdomain" | "slug" => "somewhere",
        "colour" => "#102030",
        "password" => "a long enough password",
        "uri" => "https://portal.example/join",
        "sha-256" => "0000000000000000000000000000000000000000000000000000000000000000",
        _ => "text",
    }
}
