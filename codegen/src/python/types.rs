//! `types.py`: the values that go in and come out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::terms::{self, Way, annotation};
use crate::model::{Api, Choice, Field, Named, Shape, Variant, pascal};

/// Longer lines are broken, as the formatter does.
const LINE: usize = 110;

pub(super) fn module(api: &Api) -> String {
    let mut body = String::new();
    for (name, named) in &api.types {
        if let Shape::Choice(choices) = &named.shape {
            choice(&mut body, name, named, choices);
        }
    }
    for (name, named) in &api.types {
        match &named.shape {
            Shape::Struct(fields) => {
                class(&mut body, name, named.doc.as_deref(), fields, way_of(named), None);
            }
            Shape::Union { tag, variants } => union_variants(&mut body, name, named, tag, variants),
            Shape::Choice(_) | Shape::Alias(_) => {}
        }
    }
    aliases(&mut body, api);
    let names: BTreeSet<String> = public_names(api).into_iter().collect();
    let mut text = terms::head("The values that operations take and answer with. All of them are immutable.");
    text.push_str(&terms::imports(&body));
    text.push_str("\nfrom msgspec import Struct");
    if body.contains(" = field(") {
        text.push_str(", field");
    }
    text.push_str("\n\n__all__ = [\n");
    for name in names {
        let _ = writeln!(text, "    {},", terms::quoted(&name));
    }
    text.push_str("]\n");
    text + &body
}

fn public_names(api: &Api) -> Vec<String> {
    let mut names: Vec<String> = api.types.keys().cloned().collect();
    for (name, named) in &api.types {
        if let Shape::Union { variants, .. } = &named.shape {
            names.extend(variants.iter().map(|variant| variant_name(name, variant)));
        }
    }
    names
}

fn way_of(named: &Named) -> Way {
    match (named.in_input, named.in_reply) {
        (true, true) => Way::Both,
        (true, false) => Way::In,
        _ => Way::Out,
    }
}

fn choice(body: &mut String, name: &str, named: &Named, choices: &[Choice]) {
    if let [only] = choices {
        let _ = writeln!(body, "\n{name}: TypeAlias = Literal[{}]", terms::quoted(&only.value));
    } else {
        let _ = writeln!(body, "\n{name}: TypeAlias = Literal[");
        for choice in choices {
            let _ = writeln!(body, "    {},", terms::quoted(&choice.value));
        }
        body.push_str("]\n");
    }
    let mut doc = named.doc.clone().unwrap_or_default();
    for choice in choices {
        if let Some(about) = &choice.doc {
            let _ = write!(doc, "\n\n`{}`: {about}", choice.value);
        }
    }
    if !doc.is_empty() {
        body.push_str(&terms::docstring(doc.trim(), ""));
    }
}

/// Writes one struct. `tag` is what tells it from its siblings in a union.
fn class(
    body: &mut String,
    name: &str,
    doc: Option<&str>,
    fields: &[Field],
    way: Way,
    tag: Option<(&str, &str)>,
) {
    let mut options = vec!["frozen=True".to_owned(), "kw_only=True".to_owned()];
    // What was not given is not sent.
    if way != Way::Out {
        options.push("omit_defaults=True".to_owned());
    }
    // What comes back holds no cycles, so nothing has to look for them.
    if way != Way::In {
        options.push("gc=False".to_owned());
    }
    if let Some((field, value)) = tag {
        options.push(format!("tag_field={}", terms::quoted(field)));
        options.push(format!("tag={}", terms::quoted(value)));
    }
    let joined = options.join(", ");
    let line = format!("class {name}(Struct, {joined}):");
    let inner = format!("    Struct, {joined}");
    if line.len() <= LINE {
        let _ = writeln!(body, "\n\n{line}");
    } else if inner.len() <= LINE {
        let _ = writeln!(body, "\n\nclass {name}(\n{inner}\n):");
    } else {
        let _ = writeln!(body, "\n\nclass {name}(\n    Struct,\n    {},\n):", options.join(",\n    "));
    }
    let doc = doc.map_or_else(|| format!("See `{name}`."), ToOwned::to_owned);
    body.push_str(&terms::docstring(&doc, "    "));
    if !fields.is_empty() {
        body.push('\n');
    }
    for one in fields {
        field(body, one, way);
    }
}

fn field(body: &mut String, field: &Field, way: Way) {
    let name = terms::name(&field.name);
    let renamed = name != field.name;
    let mut ty = annotation(&field.ty, way);
    let may_lack = !field.required;
    if may_lack && !ty.ends_with("None") {
        ty.push_str(" | None");
    }
    let value = match (renamed, may_lack) {
        (false, false) => String::new(),
        (false, true) => " = None".to_owned(),
        (true, false) => format!(" = field(name={})", terms::quoted(&field.name)),
        (true, true) => format!(" = field(name={}, default=None)", terms::quoted(&field.name)),
    };
    let _ = writeln!(body, "    {name}: {ty}{value}");
    if let Some(about) = terms::about(field) {
        body.push_str(&terms::docstring(&about, "    "));
    }
}

fn variant_name(union: &str, variant: &Variant) -> String {
    format!("{union}{}", pascal(&variant.value))
}

fn union_variants(body: &mut String, name: &str, named: &Named, tag: &str, variants: &[Variant]) {
    for variant in variants {
        let doc = variant.doc.clone().unwrap_or_else(|| format!("`{}` of `{name}`.", variant.value));
        let tag = Some((tag, variant.value.as_str()));
        class(body, &variant_name(name, variant), Some(&doc), &variant.fields, way_of(named), tag);
    }
}

/// Unions and aliases are evaluated when the module loads, so each stands after those that it names.
fn aliases(body: &mut String, api: &Api) {
    let mut waiting: Vec<(&String, &Named)> = api
        .types
        .iter()
        .filter(|(_, named)| matches!(named.shape, Shape::Alias(_) | Shape::Union { .. }))
        .collect();
    if !waiting.is_empty() {
        body.push('\n');
    }
    while !waiting.is_empty() {
        let names: BTreeSet<&String> = waiting.iter().map(|(name, _)| *name).collect();
        let ready = |named: &Named| {
            let mut ready = true;
            if let Shape::Alias(ty) = &named.shape {
                ty.each_name(&mut |name| ready &= !names.contains(&name.to_owned()));
            }
            ready
        };
        let (now, later): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(|(_, named)| ready(named));
        // Aliases that name each other cannot come out of a Rust program; the guard keeps the loop finite.
        if now.is_empty() {
            break;
        }
        for (name, named) in now {
            alias(body, name, named);
        }
        waiting = later;
    }
}

fn alias(body: &mut String, name: &str, named: &Named) {
    let value = match &named.shape {
        Shape::Union { variants, .. } => {
            variants.iter().map(|variant| variant_name(name, variant)).collect::<Vec<_>>().join(" | ")
        }
        Shape::Alias(ty) => annotation(ty, way_of(named)),
        Shape::Struct(_) | Shape::Choice(_) => return,
    };
    let line = format!("{name}: TypeAlias = {value}");
    if line.len() > LINE {
        let value = if value.len() > 106 { value.replace(" | ", "\n    | ") } else { value };
        let _ = writeln!(body, "\n{name}: TypeAlias = (\n    {value}\n)");
    } else {
        let _ = writeln!(body, "\n{line}");
    }
    if let Some(doc) = &named.doc {
        body.push_str(&terms::docstring(doc, ""));
    }
}
