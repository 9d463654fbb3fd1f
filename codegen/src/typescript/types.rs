//! Types of the catalog as TypeScript types, as they are taken and as they are answered.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::words;
use crate::model::{Api, Choice, Field, Named, Scalar, Shape, Type, Variant};

/// Which way a value goes. What may be left out on the way in is always present on the way out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    In,
    Out,
}

/// Writes types, knowing which names differ by way.
pub(super) struct Writer<'a> {
    api: &'a Api,
    /// Names of types that go both ways and look different: the way in is called `...Input`.
    two: BTreeSet<&'a str>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut two: BTreeSet<&str> = BTreeSet::new();
        loop {
            let more: Vec<&str> = api
                .types
                .iter()
                .filter(|(name, named)| {
                    named.in_input && named.in_reply && !two.contains(name.as_str()) && differs(named, &two)
                })
                .map(|(name, _)| name.as_str())
                .collect();
            if more.is_empty() {
                return Self { api, two };
            }
            two.extend(more);
        }
    }

    /// The declarations of a named type: one, or one for each way.
    pub(super) fn declare(&self, name: &str) -> String {
        let Some(named) = self.api.types.get(name) else { return String::new() };
        let out = if named.in_reply { self.declare_way(name, named, Way::Out) } else { String::new() };
        let differs = self.two.contains(name);
        if named.in_input && (differs || !named.in_reply) {
            return out + &self.declare_way(name, named, Way::In);
        }
        out
    }

    fn declare_way(&self, name: &str, named: &Named, way: Way) -> String {
        let doc = words::comment(named.doc.as_deref(), "");
        let name = self.name(name, way);
        match &named.shape {
            Shape::Struct(fields) => self.interface(&doc, &name, fields, way),
            Shape::Choice(choices) => choice(named.doc.as_deref(), &name, choices),
            Shape::Alias(ty) => format!("{doc}export type {name} = {};\n\n", self.ty(ty, way)),
            Shape::Union { tag, variants } => {
                let variants = variants.iter().map(|variant| self.variant(tag, variant, way));
                format!("{doc}export type {name} =\n{};\n\n", variants.collect::<String>().trim_end())
            }
        }
    }

    /// An object type with a name.
    pub(super) fn interface(&self, doc: &str, name: &str, fields: &[Field], way: Way) -> String {
        if fields.is_empty() {
            return format!("{doc}export type {name} = Record<string, never>;\n\n");
        }
        let fields: String = fields.iter().map(|field| self.field(field, way, "  ")).collect();
        format!("{doc}export interface {name} {{\n{fields}}}\n\n")
    }

    fn variant(&self, tag: &str, variant: &Variant, way: Way) -> String {
        let doc = words::comment(variant.doc.as_deref(), "  ");
        let tag = format!("{}: {}", words::key(tag), words::text(&variant.value));
        if variant.fields.is_empty() {
            return format!("{doc}  | {{ {tag} }}\n");
        }
        let fields: String = variant.fields.iter().map(|field| self.field(field, way, "      ")).collect();
        format!("{doc}  | {{\n      {tag};\n{fields}    }}\n")
    }

    fn field(&self, field: &Field, way: Way, indent: &str) -> String {
        let mut text = words::comment(field.doc.as_deref(), indent);
        let key = words::key(&field.name);
        let ty = self.ty(&field.ty, way);
        // `undefined` is spelled out for hosts that compile with exact optional properties.
        let _ = match way {
            Way::In if !field.required => writeln!(text, "{indent}{key}?: {ty} | undefined;"),
            Way::In | Way::Out => writeln!(text, "{indent}{key}: {ty};"),
        };
        text
    }

    pub(super) fn ty(&self, ty: &Type, way: Way) -> String {
        match ty {
            Type::Scalar(scalar) => scalar_name(*scalar).to_owned(),
            Type::Named(name) => self.name(name, way),
            Type::List { item, .. } => {
                let item = self.ty(item, way);
                let item = if item.contains(' ') { format!("({item})") } else { item };
                if way == Way::In { format!("readonly {item}[]") } else { format!("{item}[]") }
            }
            Type::Map(item) => format!("Record<string, {}>", self.ty(item, way)),
            Type::Nullable(item) => format!("{} | null", self.ty(item, way)),
        }
    }

    pub(super) fn name(&self, name: &str, way: Way) -> String {
        if way == Way::In && self.two.contains(name) { format!("{name}Input") } else { name.to_owned() }
    }
}

/// Whether a type that goes both ways looks different on the way in.
fn differs(named: &Named, two: &BTreeSet<&str>) -> bool {
    let optional = |fields: &[Field]| fields.iter().any(|field| !field.required);
    let own = match &named.shape {
        Shape::Struct(fields) => optional(fields),
        Shape::Union { variants, .. } => variants.iter().any(|variant| optional(&variant.fields)),
        Shape::Choice(_) | Shape::Alias(_) => false,
    };
    let mut inner = false;
    named.shape.each_type(&mut |ty| ty.each_name(&mut |name| inner |= two.contains(name)));
    own || inner
}

fn choice(doc: Option<&str>, name: &str, choices: &[Choice]) -> String {
    let mut doc = doc.unwrap_or_default().to_owned();
    for choice in choices {
        if let Some(said) = &choice.doc {
            let _ = write!(doc, "\n- `{}`: {said}", choice.value);
        }
    }
    let values: Vec<String> = choices.iter().map(|choice| words::text(&choice.value)).collect();
    let doc = words::comment(Some(&doc), "");
    let line = format!("export type {name} = {};\n\n", values.join(" | "));
    if line.len() <= 110 {
        return doc + &line;
    }
    format!("{doc}export type {name} =\n  | {};\n\n", values.join("\n  | "))
}

/// Names from `scalars.ts`: texts with a meaning.
pub(super) const fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Boolean => "boolean",
        Scalar::Integer { .. } => "number",
        Scalar::Text { .. } => "string",
        Scalar::Uuid => "Uuid",
        Scalar::DateTime => "Instant",
        Scalar::LocalDateTime => "LocalDateTime",
        Scalar::Date => "CalendarDate",
        Scalar::Decimal => "Decimal",
        Scalar::Currency => "Currency",
        Scalar::Zone => "Zone",
        Scalar::Email => "Email",
        Scalar::Phone => "Phone",
        Scalar::HostId => "HostId",
        Scalar::Subdomain => "Subdomain",
        Scalar::Password => "Password",
        Scalar::Token => "Token",
        Scalar::OneTimeSecret => "OneTimeSecret",
        Scalar::Uri => "Uri",
        Scalar::Sha256 => "Sha256",
    }
}

#[cfg(test)]
mod tests {
    use super::{Way, Writer};
    use crate::model::{Api, Field, Named, Scalar, Shape, Type, Variant};

    fn field(name: &str, ty: Type, required: bool) -> Field {
        Field { name: name.to_owned(), doc: None, ty, required, default: None }
    }

    fn api() -> Api {
        let text = || Type::Scalar(Scalar::Text { least: None, most: None });
        let note = field("note", Type::Nullable(Box::new(text())), false);
        let both = |shape| Named { doc: None, shape, in_input: true, in_reply: true };
        let person = both(Shape::Struct(vec![field("name", text(), true), note]));
        let people = Type::List { item: Box::new(Type::Named("Person".to_owned())), most: None };
        let open = Variant { value: "open".to_owned(), doc: None, fields: Vec::new() };
        let shared = Variant {
            value: "shared".to_owned(),
            doc: Some("With these.".to_owned()),
            fields: vec![field("with", people, true)],
        };
        let place = both(Shape::Union { tag: "is".to_owned(), variants: vec![open, shared] });
        let types = [("Person".to_owned(), person), ("Place".to_owned(), place)].into();
        Api { operations: Vec::new(), functions: Vec::new(), types, codes: Vec::new() }
    }

    #[test]
    fn what_may_be_left_out_on_the_way_in_is_always_there_on_the_way_out() {
        let api = api();
        let written = Writer::new(&api).declare("Person");
        let out = "export interface Person {\n  name: string;\n  note: string | null;\n}\n\n";
        let way_in =
            "export interface PersonInput {\n  name: string;\n  note?: string | null | undefined;\n}\n\n";
        assert_eq!(written, format!("{out}{way_in}"));
    }

    #[test]
    fn a_type_that_holds_another_with_two_ways_has_two_ways_itself() {
        let api = api();
        let writer = Writer::new(&api);
        let union = |name: &str, list: &str| {
            format!(
                "export type {name} =\n  | {{ is: 'open' }}\n  /** With these. */\n  | {{\n      is: 'shared';\n      \
                 with: {list};\n    }};\n\n"
            )
        };
        let both = union("Place", "Person[]") + &union("PlaceInput", "readonly PersonInput[]");
        assert_eq!(writer.declare("Place"), both);
        let many =
            Type::List { item: Box::new(Type::Nullable(Box::new(Type::Scalar(Scalar::Uuid)))), most: None };
        assert_eq!(writer.ty(&many, Way::Out), "(Uuid | null)[]");
    }
}
