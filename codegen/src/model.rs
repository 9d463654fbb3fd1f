//! The catalog in the terms of a programmer: what the writers of both languages start from.

use std::collections::BTreeMap;

use serde_json::Value;
pub use staffgate::engine::{Class, Effect};

/// All that a facade offers.
#[derive(Debug)]
pub struct Api {
    /// In the order of the catalog.
    pub operations: Vec<Operation>,
    /// Pure functions, as operations of a group of their own.
    pub functions: Vec<Operation>,
    pub types: BTreeMap<String, Named>,
    pub codes: Vec<Code>,
}

impl Api {
    /// Everything that can be called.
    pub fn calls(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().chain(&self.functions)
    }
}

#[derive(Debug)]
pub struct Operation {
    /// `group.verb`.
    pub name: String,
    pub group: String,
    pub verb: String,
    pub doc: String,
    pub effect: Effect,
    /// It hashes passwords: run it beside the event loop.
    pub costly: bool,
    pub input: Vec<Field>,
    pub reply: Type,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub doc: Option<String>,
    pub ty: Type,
    /// A field that is not required can be left out of an input. In a reply every field is present; one that
    /// is not required there may be null.
    pub required: bool,
    pub default: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    Scalar(Scalar),
    Named(String),
    List {
        item: Box<Type>,
        most: Option<u64>,
    },
    /// From texts to values.
    Map(Box<Type>),
    Nullable(Box<Type>),
}

/// What stands in one JSON value that is neither list nor object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    Boolean,
    Integer {
        least: Option<i64>,
        most: Option<i64>,
    },
    Text {
        least: Option<u64>,
        most: Option<u64>,
    },
    Uuid,
    /// An instant, RFC 3339 in UTC.
    DateTime,
    /// Wall time at a site, with an offset where the clock shows it twice.
    LocalDateTime,
    Date,
    /// An exact number in a string.
    Decimal,
    Currency,
    Zone,
    Email,
    Phone,
    HostId,
    Subdomain,
    Password,
    Token,
    OneTimeSecret,
    /// An absolute address, such as where a link leads.
    Uri,
    /// 64 hexadecimal digits.
    Sha256,
}

/// A type with a name of its own.
#[derive(Debug)]
pub struct Named {
    pub doc: Option<String>,
    pub shape: Shape,
    /// Some operation takes it.
    pub in_input: bool,
    /// Some operation answers with it.
    pub in_reply: bool,
}

#[derive(Debug)]
pub enum Shape {
    Struct(Vec<Field>),
    /// One of these texts.
    Choice(Vec<Choice>),
    /// One of these structs; the field `tag` says which.
    Union {
        tag: String,
        variants: Vec<Variant>,
    },
    Alias(Type),
}

#[derive(Debug)]
pub struct Choice {
    pub value: String,
    pub doc: Option<String>,
}

#[derive(Debug)]
pub struct Variant {
    /// What the tag says.
    pub value: String,
    pub doc: Option<String>,
    /// Without the tag.
    pub fields: Vec<Field>,
}

#[derive(Debug)]
pub struct Code {
    pub text: String,
    pub class: Class,
    /// The English sentence, with `{name}` where a detail goes.
    pub en: String,
}

impl Type {
    /// Calls `visit` with every named type in this one.
    pub fn each_name(&self, visit: &mut impl FnMut(&str)) {
        match self {
            Self::Scalar(_) => {}
            Self::Named(name) => visit(name),
            Self::List { item, .. } | Self::Map(item) | Self::Nullable(item) => item.each_name(visit),
        }
    }
}

impl Shape {
    /// Calls `visit` with every type that a value of this shape holds.
    pub fn each_type(&self, visit: &mut impl FnMut(&Type)) {
        match self {
            Self::Choice(_) => {}
            Self::Alias(ty) => visit(ty),
            Self::Struct(fields) => fields.iter().for_each(|field| visit(&field.ty)),
            Self::Union { variants, .. } => {
                variants.iter().flat_map(|variant| &variant.fields).for_each(|field| visit(&field.ty));
            }
        }
    }
}

/// `night_shift` or `night-shift` as `NightShift`.
pub fn pascal(text: &str) -> String {
    text.split(['_', '-', '.', ' ', '/']).filter(|part| !part.is_empty()).map(capitalised).collect()
}

fn capitalised(part: &str) -> String {
    let mut letters = part.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
