//! The order of the fields of a type: as replies are written. A reader that expects them so need not look for each.

use serde_json::Value;
use staffgate::catalog::Description;

use crate::model::{Api, Field, Shape};

/// Puts the fields of all types into the order in which `replies` requires them.
pub fn as_written(api: &mut Api, replies: &Description) {
    let schema = |name: &str| replies.types.get(name).unwrap_or(&Value::Null);
    for (name, named) in &mut api.types {
        match &mut named.shape {
            Shape::Struct(fields) => sort(fields, &required(schema(name))),
            Shape::Union { tag: _, variants } => {
                let written = schema(name).get("oneOf").and_then(Value::as_array);
                for (variant, written) in variants.iter_mut().zip(written.into_iter().flatten()) {
                    let payload = written.get("$ref").and_then(Value::as_str);
                    let payload = payload.and_then(|path| path.strip_prefix("#/$defs/")).map(schema);
                    let mut order = required(written);
                    order.extend(payload.map(required).unwrap_or_default());
                    sort(&mut variant.fields, &order);
                }
            }
            Shape::Choice(_) | Shape::Alias(_) => {}
        }
    }
}

fn required(schema: &Value) -> Vec<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What no reply holds stays behind, as it stood.
fn sort(fields: &mut [Field], order: &[&str]) {
    fields.sort_by_key(|field| order.iter().position(|name| *name == field.name).unwrap_or(order.len()));
}
