//! From JSON Schema to a type. Every keyword that is not understood is refused: a guess would reach users.

use serde_json::{Map, Value};

use crate::model::{Choice, Field, Scalar, Shape, Type, Variant};

/// A shape that has no place in the model, and where it stands.
#[derive(Debug)]
pub struct NotUnderstood {
    pub at: String,
    pub what: String,
}

impl std::fmt::Display for NotUnderstood {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

pub type Reads<T> = Result<T, NotUnderstood>;

fn refuse<T>(at: &str, what: impl Into<String>) -> Reads<T> {
    Err(NotUnderstood { at: at.to_owned(), what: what.into() })
}

type Object = Map<String, Value>;

/// What may stand beside any schema without changing the values that it allows.
const REMARKS: [&str; 3] = ["description", "default", "title"];

fn object<'a>(value: &'a Value, at: &str) -> Reads<&'a Object> {
    value.as_object().map_or_else(|| refuse(at, format!("`{value}` says nothing about the type")), Ok)
}

fn only(schema: &Object, known: &[&str], at: &str) -> Reads<()> {
    match schema.keys().find(|key| !known.contains(&key.as_str()) && !REMARKS.contains(&key.as_str())) {
        Some(key) => refuse(at, format!("the keyword `{key}` is not understood here")),
        None => Ok(()),
    }
}

fn text<'a>(schema: &'a Object, key: &str) -> Option<&'a str> {
    schema.get(key)?.as_str()
}

pub fn doc(schema: &Object) -> Option<String> {
    text(schema, "description").map(ToOwned::to_owned)
}

/// Reads the schema of a field, an item or a reply.
pub fn read_type(value: &Value, at: &str) -> Reads<Type> {
    let schema = object(value, at)?;
    if let Some(reference) = text(schema, "$ref") {
        only(schema, &["$ref"], at)?;
        let name = reference.strip_prefix("#/$defs/");
        return name.map_or_else(
            || refuse(at, format!("`{reference}` does not point to a named type")),
            |name| Ok(Type::Named(name.to_owned())),
        );
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        only(schema, &["anyOf"], at)?;
        return match choices.as_slice() {
            [one, null] if is_null(null) => Ok(nullable(read_type(one, at)?)),
            _ => refuse(at, "`anyOf` is understood only as a type or null"),
        };
    }
    match schema.get("type") {
        Some(Value::String(name)) => read_plain(schema, name, at),
        Some(Value::Array(names)) => match names.as_slice() {
            [Value::String(name), Value::String(null)] if null == "null" => {
                read_plain(schema, name, at).map(nullable)
            }
            _ => refuse(at, "a list of types is understood only as a type and null"),
        },
        _ => refuse(at, "it has no type; give it a name of its own"),
    }
}

fn is_null(value: &Value) -> bool {
    value.get("type").and_then(Value::as_str) == Some("null")
}

fn nullable(ty: Type) -> Type {
    match ty {
        Type::Nullable(_) => ty,
        other => Type::Nullable(Box::new(other)),
    }
}

fn read_plain(schema: &Object, name: &str, at: &str) -> Reads<Type> {
    match name {
        "boolean" => only(schema, &["type"], at).map(|()| Type::Scalar(Scalar::Boolean)),
        "integer" => {
            only(schema, &["type", "format", "minimum", "maximum"], at)?;
            let limit = |key| schema.get(key).and_then(Value::as_i64);
            Ok(Type::Scalar(Scalar::Integer { least: limit("minimum"), most: limit("maximum") }))
        }
        "string" => read_text(schema, at).map(Type::Scalar),
        "array" => {
            only(schema, &["type", "items", "maxItems", "minItems", "uniqueItems"], at)?;
            let Some(items) = schema.get("items") else { return refuse(at, "a list without `items`") };
            let item = Box::new(read_type(items, &format!("{at}[]"))?);
            Ok(Type::List { item, most: schema.get("maxItems").and_then(Value::as_u64) })
        }
        "object" => match schema.get("additionalProperties") {
            Some(values @ Value::Object(_)) => {
                only(schema, &["type", "additionalProperties"], at)?;
                Ok(Type::Map(Box::new(read_type(values, &format!("{at}{{}}"))?)))
            }
            _ => refuse(at, "an object without a name; do not inline it"),
        },
        other => refuse(at, format!("the type `{other}` is not understood")),
    }
}

fn read_text(schema: &Object, at: &str) -> Reads<Scalar> {
    only(schema, &["type", "format", "minLength", "maxLength"], at)?;
    let limit = |key| schema.get(key).and_then(Value::as_u64);
    Ok(match text(schema, "format") {
        None => Scalar::Text { least: limit("minLength"), most: limit("maxLength") },
        Some("uuid") => Scalar::Uuid,
        Some("date-time") => Scalar::DateTime,
        Some("local-date-time") => Scalar::LocalDateTime,
        Some("date") => Scalar::Date,
        Some("decimal") => Scalar::Decimal,
        Some("currency") => Scalar::Currency,
        Some("zone") => Scalar::Zone,
        Some("email") => Scalar::Email,
        Some("phone") => Scalar::Phone,
        // Texts with a form of their own, checked by the core.
        Some("colour" | "html" | "slug") => Scalar::Text { least: None, most: None },
        Some("host-id") => Scalar::HostId,
        Some("subdomain") => Scalar::Subdomain,
        Some("password") => Scalar::Password,
        Some("token") => Scalar::Token,
        Some("one-time-secret") => Scalar::OneTimeSecret,
        Some("uri") => Scalar::Uri,
        Some("sha-256") => Scalar::Sha256,
        Some(other) => return refuse(at, format!("the format `{other}` is not understood")),
    })
}

/// Reads the fields of an object, those that are required first.
pub fn read_fields(value: &Value, at: &str) -> Reads<Vec<Field>> {
    let schema = object(value, at)?;
    only(schema, &["type", "properties", "required", "additionalProperties"], at)?;
    if !matches!(schema.get("additionalProperties"), None | Some(Value::Bool(false))) {
        return refuse(at, "an object with fields and others besides");
    }
    fields(schema, at)
}

fn fields(schema: &Object, at: &str) -> Reads<Vec<Field>> {
    let required = schema.get("required").and_then(Value::as_array);
    let required = |name: &str| required.is_some_and(|names| names.iter().any(|known| known == name));
    let mut fields = Vec::new();
    for (name, value) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let at = format!("{at}.{name}");
        fields.push(Field {
            name: name.clone(),
            doc: doc(object(value, &at)?),
            ty: read_type(value, &at)?,
            required: required(name),
            default: value.get("default").cloned(),
        });
    }
    fields.sort_by_key(|field| !field.required);
    Ok(fields)
}

/// Reads a type that has a name of its own.
pub fn read_shape(value: &Value, types: &Object, at: &str) -> Reads<Shape> {
    let schema = object(value, at)?;
    if let Some(variants) = schema.get("oneOf").and_then(Value::as_array) {
        only(schema, &["oneOf"], at)?;
        return if variants.iter().all(|variant| choices(variant).is_some()) {
            Ok(Shape::Choice(variants.iter().filter_map(choices).flatten().collect()))
        } else {
            read_union(variants, types, at)
        };
    }
    if let Some(choices) = choices(value) {
        only(schema, &["type", "enum", "const"], at)?;
        return Ok(Shape::Choice(choices));
    }
    let is_map = matches!(schema.get("additionalProperties"), Some(Value::Object(_)));
    if text(schema, "type") == Some("object") && !is_map {
        return read_fields(value, at).map(Shape::Struct);
    }
    read_type(value, at).map(Shape::Alias)
}

/// The texts that a schema allows, if it allows nothing else.
fn choices(value: &Value) -> Option<Vec<Choice>> {
    let schema = value.as_object()?;
    if text(schema, "type") != Some("string") {
        return None;
    }
    if let Some(value) = text(schema, "const") {
        return Some(vec![Choice { value: value.to_owned(), doc: doc(schema) }]);
    }
    let values = schema.get("enum")?.as_array()?.iter();
    values.map(|value| Some(Choice { value: value.as_str()?.to_owned(), doc: None })).collect()
}

/// Reads a union of structs. The tag is the one field that is a constant in every variant.
fn read_union(variants: &[Value], types: &Object, at: &str) -> Reads<Shape> {
    let tag = variants.first().and_then(tag_of).map(|(name, _)| name.to_owned());
    let Some(tag) = tag else {
        return refuse(at, "a union without a tag; give the enum `#[serde(tag = \"...\")]`");
    };
    let mut read = Vec::new();
    for variant in variants {
        let at = format!("{at}.{}", read.len());
        let schema = object(variant, &at)?;
        let Some((_, value)) = tag_of(variant).filter(|(name, _)| *name == tag) else {
            return refuse(&at, format!("this variant lacks the tag `{tag}`"));
        };
        only(schema, &["type", "properties", "required", "additionalProperties", "$ref"], &at)?;
        let mut own = schema.clone();
        if let Some(properties) = own.get_mut("properties").and_then(Value::as_object_mut) {
            properties.remove(&tag);
        }
        let mut fields = fields(&own, &at)?;
        if let Some(name) = text(schema, "$ref").and_then(|name| name.strip_prefix("#/$defs/")) {
            let payload = types.get(name).unwrap_or(&Value::Null);
            fields.extend(read_fields(payload, name)?);
        }
        read.push(Variant { value: value.to_owned(), doc: doc(schema), fields });
    }
    Ok(Shape::Union { tag, variants: read })
}

fn tag_of(variant: &Value) -> Option<(&str, &str)> {
    let properties = variant.get("properties")?.as_object()?;
    properties.iter().find_map(|(name, value)| Some((name.as_str(), value.get("const")?.as_str()?)))
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde_json::{Map, Value, json};

    use super::{read_shape, read_type};
    use crate::model::{Scalar, Shape, Type};

    fn shape<T: JsonSchema>() -> Result<Shape, String> {
        let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
        let _ = generator.subschema_for::<T>();
        let types = generator.take_definitions(true);
        let name = T::schema_name().into_owned();
        let schema = types.get(&name).cloned().unwrap_or_else(|| Value::Object(Map::new()));
        read_shape(&schema, &types, &name).map_err(|fault| fault.to_string())
    }

    #[allow(dead_code)]
    #[derive(JsonSchema)]
    struct Lead {
        name: String,
        phone: Option<String>,
    }

    #[allow(dead_code)]
    #[derive(JsonSchema)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Place {
        /// Not known yet.
        Open,
        Site {
            street: String,
        },
        Person(Lead),
    }

    #[test]
    fn a_tagged_enum_is_a_union_with_its_variants_fields() {
        let Ok(Shape::Union { tag, variants }) = shape::<Place>() else { panic!("not a union") };
        assert_eq!(tag, "kind");
        let variants: Vec<(&str, Vec<&str>)> = variants
            .iter()
            .map(|it| (it.value.as_str(), it.fields.iter().map(|field| field.name.as_str()).collect()))
            .collect();
        let expected = [("open", vec![]), ("site", vec!["street"]), ("person", vec!["name", "phone"])];
        assert_eq!(variants, expected);
    }

    #[allow(dead_code)]
    #[derive(JsonSchema)]
    #[serde(rename_all = "snake_case")]
    enum Fill {
        Empty,
        Partly,
        /// Every place is taken.
        Full,
    }

    #[test]
    fn an_enum_of_texts_is_a_choice_with_or_without_docs() {
        let Ok(Shape::Choice(choices)) = shape::<Fill>() else { panic!("not a choice") };
        let texts: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
        assert_eq!(texts, ["empty", "partly", "full"]);
    }

    #[allow(dead_code)]
    #[derive(JsonSchema)]
    enum Untagged {
        Number(u32),
        Nothing,
    }

    #[test]
    fn what_has_no_counterpart_is_refused() {
        assert!(shape::<Untagged>().unwrap_err().contains("without a tag"));
        for schema in [
            json!(true),
            json!({ "type": "number" }),
            json!({ "type": "string", "format": "ipv4" }),
            json!({ "type": "object", "properties": {} }),
            json!({ "type": "array", "prefixItems": [] }),
            json!({ "type": ["string", "integer"] }),
            json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
        ] {
            assert!(read_type(&schema, "here").is_err(), "{schema}");
        }
    }

    #[test]
    fn an_optional_named_type_is_nullable() {
        let schema = json!({ "anyOf": [{ "$ref": "#/$defs/Lead" }, { "type": "null" }] });
        let named = Box::new(Type::Named("Lead".to_owned()));
        assert_eq!(read_type(&schema, "here").unwrap(), Type::Nullable(named));
        let schema = json!({ "type": ["string", "null"], "format": "decimal", "default": null });
        let decimal = Box::new(Type::Scalar(Scalar::Decimal));
        assert_eq!(read_type(&schema, "here").unwrap(), Type::Nullable(decimal));
    }
}
