//! From JSON text to an operation's input, with the path of what does not fit.

use serde::de::DeserializeOwned;

use super::strict::Strict;
use super::trail::Trail;
use super::{Refusal, json};
use crate::codes::Code;
use crate::values::Fault;

/// The largest input of one call.
pub const MAX_INPUT_BYTES: usize = 2 << 20;

/// Reads JSON into a typed value; the refusal names the field.
pub fn decode<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    is_worth_reading(json, MAX_INPUT_BYTES)?;
    carefully(json)
}

/// The same with another limit, for price lists and demands: there are many of them, and they are large.
pub(crate) fn decode_within<T: DeserializeOwned>(json: &str, most: usize) -> Result<T, Refusal> {
    is_worth_reading(json, most)?;
    if let Some(value) = json::read(json) {
        debug_assert!(carefully::<T>(json).is_ok(), "the quick reader takes what the careful one does not");
        return Ok(value);
    }
    carefully(json)
}

/// Reads what may be wrong, and keeps track of where it stands.
fn carefully<T: DeserializeOwned>(json: &str) -> Result<T, Refusal> {
    let trail = Trail::default();
    let mut reader = serde_json::Deserializer::from_str(json);
    match T::deserialize(Strict::new(&mut reader, &trail)) {
        Ok(value) => ends(reader).map(|()| value),
        Err(error) => Err(refusal(&error, trail.path(), json)),
    }
}

fn is_worth_reading(json: &str, most: usize) -> Result<(), Refusal> {
    if json.len() > most {
        return Err(Refusal::new(Code::InputTooLarge).with("expected", most));
    }
    if json.trim_ascii_start().starts_with('{') { Ok(()) } else { Err(not_json()) }
}

fn ends(mut reader: serde_json::Deserializer<serde_json::de::StrRead<'_>>) -> Result<(), Refusal> {
    reader.end().map_err(|_| Refusal::new(Code::NotJson).with("expected", "nothing after the value"))
}

fn not_json() -> Refusal {
    Refusal::new(Code::NotJson).with("expected", "one JSON object")
}

fn refusal(error: &serde_json::Error, path: String, json: &str) -> Refusal {
    let message = error.to_string();
    if error.is_syntax() || error.is_eof() {
        // The reader also calls it bad syntax when good JSON has, say, a number where one of several words belongs.
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(json).is_ok();
        return if is_json { wrong_type(&message, path) } else { not_json() };
    }
    if let Some(fault) = Fault::parse(&message) {
        return place(Refusal::from(fault), path);
    }
    if message.starts_with("UUID parsing failed") {
        return place(Refusal::new(Code::Malformed).with("expected", "a UUID"), path);
    }
    let named = |prefix: &str| message.strip_prefix(prefix)?.split('`').next().map(ToOwned::to_owned);
    if let Some(field) = named("missing field `") {
        return Refusal::new(Code::FieldMissing).at(join(&path, &field));
    }
    if let Some(field) = named("duplicate field `") {
        return Refusal::new(Code::FieldTwice).at(join(&path, &field));
    }
    if message.starts_with("unknown field `") {
        // The path of an unknown field already ends in its name.
        return place(Refusal::new(Code::FieldUnknown), path);
    }
    if message.starts_with("unknown variant") {
        let expected = message.split_once("expected ").map_or("", |(_, rest)| rest);
        let expected = expected.split(" at line ").next().unwrap_or_default().replace('`', "");
        return place(Refusal::new(Code::NotOneOf).with("expected", expected), path);
    }
    wrong_type(&message, path)
}

fn wrong_type(message: &str, path: String) -> Refusal {
    let expected = message.split_once("expected ").map_or("another type", |(_, rest)| rest);
    let expected = expected.split(" at line ").next().unwrap_or_default().replace('`', "");
    place(Refusal::new(Code::WrongType).with("expected", expected), path)
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

fn place(refusal: Refusal, path: String) -> Refusal {
    if path.is_empty() { refusal } else { refusal.at(path) }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::values::{Bounded, Locale, Text};

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        count: u32,
        name: Text<3>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Outer {
        items: Bounded<Inner, 2>,
        #[serde(default)]
        locale: Option<Locale>,
    }

    fn fails(json: &str) -> (String, String) {
        let refusal = decode::<Outer>(json).unwrap_err();
        (refusal.code.text().to_owned(), refusal.path.unwrap_or_default())
    }

    #[test]
    fn each_fault_names_its_code_and_its_place() {
        let of = |code: &str, path: &str| (code.to_owned(), path.to_owned());
        assert_eq!(fails(r#"{"items":[{"count":1,"name":"abcd"}]}"#), of("too_long", "items[0].name"));
        assert_eq!(fails(r#"{"items":[{"count":-1,"name":"a"}]}"#), of("wrong_type", "items[0].count"));
        assert_eq!(fails(r#"{"items":[{"count":1}]}"#), of("field_missing", "items[0].name"));
        assert_eq!(fails(r#"{"items":[],"more":1}"#), of("field_unknown", "more"));
        assert_eq!(fails(r#"{"items":[],"items":[]}"#), of("field_twice", "items"));
        assert_eq!(fails(r#"{"items":{}}"#), of("wrong_type", "items"));
        assert_eq!(fails(r#"{"items":[],"locale":false}"#), of("wrong_type", "locale"));
        assert_eq!(fails(r#"{"items":[],"locale":"tlh"}"#), of("not_one_of", "locale"));
        assert_eq!(fails(r#"{"items":[[1,"a"]]}"#), of("wrong_type", "items[0]"));
        assert_eq!(fails("{"), of("not_json", ""));
        assert_eq!(fails("{\"items\":[]} x"), of("not_json", ""));
        assert_eq!(fails(&"[".repeat(10_000)), of("not_json", ""));
        assert_eq!(fails("NaN"), of("not_json", ""));
        assert_eq!(fails(&" ".repeat(super::MAX_INPUT_BYTES + 1)), of("input_too_large", ""));
    }
}
