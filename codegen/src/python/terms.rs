//! How names, types and documentation are written in Python.

use serde_json::Value;

use crate::files::NOTICE;
use crate::model::{Field, Scalar, Type};

/// The first lines of a module.
pub(super) fn head(about: &str) -> String {
    format!("# {NOTICE}\n{}\nfrom __future__ import annotations\n\n", docstring(about, ""))
}

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// A name that Python accepts: a keyword gets an underscore behind it.
pub(super) fn name(text: &str) -> String {
    if KEYWORDS.contains(&text) { format!("{text}_") } else { text.to_owned() }
}

/// A text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// On which way a value goes. A time of day at a site may go in as `datetime`; it comes back as text, because
/// only text says both what the wall shows and the offset without guessing a zone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
    Both,
}

pub(super) fn annotation(ty: &Type, way: Way) -> String {
    match ty {
        Type::Scalar(scalar) => of_scalar(*scalar, way).to_owned(),
        Type::Named(name) => name.clone(),
        Type::Nullable(inner) => {
            let inner = annotation(inner, way);
            if inner.ends_with("| None") { inner } else { format!("{inner} | None") }
        }
        Type::Map(item) => format!("Mapping[str, {}]", annotation(item, way)),
        Type::List { item, .. } if way == Way::Out => format!("tuple[{}, ...]", annotation(item, way)),
        Type::List { item, .. } => format!("Sequence[{}]", annotation(item, way)),
    }
}

fn of_scalar(scalar: Scalar, way: Way) -> &'static str {
    match scalar {
        Scalar::Boolean => "bool",
        Scalar::Integer { .. } => "int",
        Scalar::Uuid => "UUID",
        Scalar::DateTime => "dt.datetime",
        Scalar::LocalDateTime if way == Way::In => "dt.datetime | str",
        Scalar::Date => "dt.date",
        Scalar::Decimal => "Decimal",
        Scalar::OneTimeSecret => "str | None",
        Scalar::LocalDateTime
        | Scalar::Text { .. }
        | Scalar::Currency
        | Scalar::Zone
        | Scalar::Email
        | Scalar::Phone
        | Scalar::HostId
        | Scalar::Subdomain
        | Scalar::Password
        | Scalar::Token
        | Scalar::Uri
        | Scalar::Sha256 => "str",
    }
}

/// A field's documentation, with the value that stands for it when it is left out.
pub(super) fn about(field: &Field) -> Option<String> {
    let default = match &field.default {
        Some(Value::String(text)) => Some(format!("`{text}`")),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => Some(format!("`{}`", python_literal(value))),
        _ => None,
    };
    let default = default.filter(|_| !field.required).map(|value| format!("{value} if not given."));
    match (field.doc.clone(), default) {
        (Some(doc), Some(default)) => Some(format!("{doc} {default}")),
        (doc, default) => doc.or(default),
    }
}

fn python_literal(value: &Value) -> String {
    match value {
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        other => other.to_string(),
    }
}

/// The imports that a module's annotations need, by what stands in its text.
pub(super) fn imports(body: &str) -> String {
    let has = |word: &str| {
        let part_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        body.match_indices(word).any(|(at, _)| {
            !body.get(..at).is_some_and(|text| text.ends_with(part_of_word))
                && !body.get(at + word.len()..).is_some_and(|text| text.starts_with(part_of_word))
        })
    };
    let from = |module: &str, names: &[&str]| {
        let names: Vec<&str> = names.iter().copied().filter(|name| has(name)).collect();
        if names.is_empty() { String::new() } else { format!("from {module} import {}\n", names.join(", ")) }
    };
    let dates = if body.contains("dt.date") { "import datetime as dt\n" } else { "" };
    [
        dates,
        &from("collections.abc", &["Mapping", "Sequence"]),
        &from("decimal", &["Decimal"]),
        &from("typing", &["Literal", "TypeAlias"]),
        &from("uuid", &["UUID"]),
    ]
    .concat()
}

/// How long a line of a docstring may be, so that one with its quotes fits into 110 columns.
const WIDTH: usize = 103;

/// A docstring with its quotes, wrapped and indented.
pub(super) fn docstring(text: &str, indent: &str) -> String {
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "'''");
    let wrapped = wrap(&text, indent);
    // A quote at the end would join the closing ones.
    let space = if wrapped.ends_with('"') { " " } else { "" };
    if wrapped.contains('\n') {
        format!("{indent}\"\"\"{wrapped}{space}\n{indent}\"\"\"\n")
    } else {
        format!("{indent}\"\"\"{wrapped}{space}\"\"\"\n")
    }
}

/// Breaks lines at blanks; blank lines stay, every line but the first is indented.
fn wrap(text: &str, indent: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let hang: String = paragraph.chars().take_while(|c| *c == ' ').collect();
        let mut line = hang.clone();
        // The rest of an indented entry hangs below its name.
        let hang = if hang.is_empty() { hang } else { format!("{hang}    ") };
        for word in paragraph.split_whitespace() {
            if line.trim().is_empty() {
                line.push_str(word);
            } else if indent.len() + line.len() + word.len() + 1 > WIDTH {
                lines.push(std::mem::replace(&mut line, format!("{hang}{word}")));
            } else {
                line.push(' ');
                line.push_str(word);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            text.push('\n');
            if !line.is_empty() {
                text.push_str(indent);
            }
        }
        text.push_str(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Way, annotation, docstring, imports, name};
    use crate::model::{Scalar, Type};

    fn list(item: Type) -> Type {
        Type::List { item: Box::new(item), most: None }
    }

    #[test]
    fn a_list_is_a_tuple_when_it_comes_back() {
        let ty = Type::Nullable(Box::new(list(Type::Scalar(Scalar::Uuid))));
        assert_eq!(annotation(&ty, Way::In), "Sequence[UUID] | None");
        assert_eq!(annotation(&ty, Way::Out), "tuple[UUID, ...] | None");
        let secret = Type::Nullable(Box::new(Type::Scalar(Scalar::OneTimeSecret)));
        assert_eq!(annotation(&secret, Way::Out), "str | None");
    }

    #[test]
    fn keywords_and_quotes_do_not_break_the_source() {
        assert_eq!((name("from").as_str(), name("name").as_str()), ("from_", "name"));
        assert_eq!(docstring("say \"yes\"", ""), "\"\"\"say \"yes\" \"\"\"\n");
        assert_eq!(docstring("a\\b \"\"\"", ""), "\"\"\"a\\\\b '''\"\"\"\n");
    }

    #[test]
    fn long_texts_are_wrapped_and_entries_hang() {
        let text = docstring(&format!("Head.\n\nArgs:\n    one: {}", "word ".repeat(40)), "    ");
        assert!(text.lines().all(|line| line.len() <= 110), "{text}");
        assert!(text.contains("\n            word"), "{text}");
    }

    #[test]
    fn only_what_is_named_is_imported() {
        assert_eq!(imports("x: UUID\ny: Sequence[Decimal]"), {
            "from collections.abc import Sequence\nfrom decimal import Decimal\nfrom uuid import UUID\n"
        });
        assert_eq!(imports("class DecimalView: ..."), "");
    }
}
