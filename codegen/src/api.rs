//! From the catalog's description to the model: names, uses, and what refers to what.

use std::collections::{BTreeMap, BTreeSet};

use schemars::Schema;
use serde_json::{Map, Value};
use staffgate::catalog::{Description, FunctionDescription, OperationDescription};

use crate::model::{Api, Code, Effect, Field, Named, Operation, Shape, Type};
use crate::schema::{NotUnderstood, Reads, doc, read_fields, read_shape, read_type};

/// Reads the whole catalog.
pub fn read(description: &Description) -> Reads<Api> {
    let empty = Map::new();
    let schemas = description.types.as_object().unwrap_or(&empty);
    let names = good_names(schemas)?;
    let mut types = BTreeMap::new();
    for (name, schema) in schemas {
        let mut shape = read_shape(schema, schemas, name)?;
        rename_shape(&mut shape, &names);
        let doc = schema.as_object().and_then(doc);
        let entry = Named { doc, shape, in_input: false, in_reply: false };
        types.insert(names.get(name).unwrap_or(name).clone(), entry);
    }
    let mut operations = Vec::new();
    for operation in &description.operations {
        operations.push(read_operation(operation, &names)?);
    }
    let mut functions = Vec::new();
    for function in &description.functions {
        functions.push(read_function(function, &names)?);
    }
    let codes = description.codes.iter();
    let codes =
        codes.map(|code| Code { text: code.code.to_owned(), class: code.class, en: code.en.to_owned() });
    let mut api = Api { operations, functions, types, codes: codes.collect() };
    mark_uses(&mut api);
    Ok(api)
}

/// The group that pure functions stand in, in both languages.
pub const FUNCTIONS: &str = "pricing";

type Names = BTreeMap<String, String>;

fn fault(at: &str, what: &str) -> NotUnderstood {
    NotUnderstood { at: at.to_owned(), what: what.to_owned() }
}

fn read_operation(operation: &OperationDescription, names: &Names) -> Reads<Operation> {
    let at = operation.name;
    let (group, verb) = at.split_once('.').ok_or_else(|| fault(at, "a name is `group.verb`"))?;
    let (doc, input, reply) = read_call(at, &operation.input, &operation.reply, names)?;
    let (effect, costly) = (operation.effect, operation.costly);
    let (name, group, verb) = (at.to_owned(), group.to_owned(), verb.to_owned());
    Ok(Operation { name, group, verb, doc, effect, costly, input, reply })
}

fn read_function(function: &FunctionDescription, names: &Names) -> Reads<Operation> {
    let (doc, input, reply) = read_call(function.name, &function.input, &function.reply, names)?;
    let (name, verb) = (function.name.to_owned(), function.name.to_owned());
    let group = FUNCTIONS.to_owned();
    Ok(Operation { name, group, verb, doc, effect: Effect::Query, costly: false, input, reply })
}

fn read_call(at: &str, input: &Schema, reply: &Schema, names: &Names) -> Reads<(String, Vec<Field>, Type)> {
    let doc = input.as_object().and_then(doc).ok_or_else(|| fault(at, "it has no doc comment"))?;
    let mut fields = read_fields(input.as_value(), at)?;
    for field in &mut fields {
        rename(&mut field.ty, names);
    }
    let mut reply = read_type(reply.as_value(), &format!("{at} reply"))?;
    rename(&mut reply, names);
    Ok((doc, fields, reply))
}

/// The names that users see. A page is named after what it holds; any other name that had to be numbered to
/// tell it from its twin is refused, because the number would change when a type is added.
fn good_names(schemas: &Map<String, Value>) -> Reads<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (name, schema) in schemas {
        let item = schema.pointer("/properties/items/items/$ref").and_then(Value::as_str);
        let stem = name.trim_end_matches(|last: char| last.is_ascii_digit());
        let good = match item.and_then(|item| item.strip_prefix("#/$defs/")) {
            Some(item) if stem == "Page" || name.starts_with("Page_for_") => {
                format!("{}Page", item.strip_suffix("View").unwrap_or(item))
            }
            _ => name.clone(),
        };
        let numbered = stem.len() < name.len() && schemas.contains_key(stem) && good == *name;
        if numbered || !seen.insert(good.clone()) {
            let what = "two types have this name; rename one with #[schemars(rename = \"...\")]".to_owned();
            return Err(NotUnderstood { at: good, what });
        }
        names.insert(name.clone(), good);
    }
    Ok(names)
}

fn rename_shape(shape: &mut Shape, names: &BTreeMap<String, String>) {
    match shape {
        Shape::Choice(_) => {}
        Shape::Alias(ty) => rename(ty, names),
        Shape::Struct(fields) => fields.iter_mut().for_each(|field| rename(&mut field.ty, names)),
        Shape::Union { variants, .. } => {
            let fields = variants.iter_mut().flat_map(|variant| &mut variant.fields);
            fields.for_each(|field| rename(&mut field.ty, names));
        }
    }
}

fn rename(ty: &mut Type, names: &BTreeMap<String, String>) {
    match ty {
        Type::Scalar(_) => {}
        Type::Named(name) => {
            if let Some(good) = names.get(name) {
                good.clone_into(name);
            }
        }
        Type::List { item, .. } | Type::Map(item) | Type::Nullable(item) => rename(item, names),
    }
}

/// Says of every type whether it is taken or answered; drops those that are neither.
fn mark_uses(api: &mut Api) {
    let inputs = api.calls().flat_map(|call| &call.input).map(|field| &field.ty);
    let inputs = reached(api, inputs);
    let replies = reached(api, api.calls().map(|call| &call.reply));
    for (name, named) in &mut api.types {
        named.in_input = inputs.contains(name);
        named.in_reply = replies.contains(name);
    }
    api.types.retain(|_, named| named.in_input || named.in_reply);
}

fn reached<'a>(api: &Api, from: impl Iterator<Item = &'a Type>) -> BTreeSet<String> {
    let mut waiting = Vec::new();
    from.for_each(|ty| ty.each_name(&mut |name| waiting.push(name.to_owned())));
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if let (Some(named), true) = (api.types.get(&name), reached.insert(name.clone())) {
            named.shape.each_type(&mut |ty| ty.each_name(&mut |name| waiting.push(name.to_owned())));
        }
    }
    reached
}
