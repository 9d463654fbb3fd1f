//! One file per group: the types that the group brings, its inputs, and its class with one method per operation.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::types::{Way, Writer, scalar_name};
use super::words;
use crate::model::{Api, Operation, Scalar, Shape, Type};

/// The groups in the order of the catalog.
pub(super) fn names(api: &Api) -> Vec<&str> {
    let mut names = Vec::new();
    for operation in &api.operations {
        if !names.contains(&operation.group.as_str()) {
            names.push(operation.group.as_str());
        }
    }
    names
}

/// Every group with the text of its file.
pub(super) fn all(api: &Api) -> Vec<(String, String)> {
    let homes = homes(api);
    let writer = Writer::new(api);
    names(api).into_iter().map(|group| (group.to_owned(), one(api, &writer, group, &homes))).collect()
}

/// A type lives with the first group that takes or answers it.
pub(super) fn homes(api: &Api) -> BTreeMap<&str, &str> {
    let mut homes = BTreeMap::new();
    for operation in api.calls() {
        for name in named_by(api, operation) {
            homes.entry(name).or_insert(operation.group.as_str());
        }
    }
    homes
}

/// Every named type that an operation reaches.
fn named_by<'a>(api: &'a Api, operation: &Operation) -> BTreeSet<&'a str> {
    let mut waiting: Vec<String> = Vec::new();
    for ty in operation.input.iter().map(|field| &field.ty).chain([&operation.reply]) {
        ty.each_name(&mut |name| waiting.push(name.to_owned()));
    }
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if let Some((name, named)) = api.types.get_key_value(&name)
            && reached.insert(name.as_str())
        {
            named.shape.each_type(&mut |ty| ty.each_name(&mut |name| waiting.push(name.to_owned())));
        }
    }
    reached
}

fn one(api: &Api, writer: &Writer, group: &str, homes: &BTreeMap<&str, &str>) -> String {
    let operations: Vec<&Operation> = api.operations.iter().filter(|one| one.group == group).collect();
    let types = declared(writer, group, &operations, homes) + &class(writer, group, &operations);
    let head = String::from("import type { Call, CallOptions } from '../call.js';\n");
    let used = imports(api, writer, group, homes, &operations);
    head + &used + "import { OPERATIONS } from './operations.js';\n\n" + &types
}

/// The types that live in a file, and the inputs of its calls.
pub(super) fn declared(
    writer: &Writer,
    group: &str,
    operations: &[&Operation],
    homes: &BTreeMap<&str, &str>,
) -> String {
    let mut body = String::new();
    for (name, _) in homes.iter().filter(|(_, home)| **home == group) {
        body.push_str(&writer.declare(name));
    }
    for operation in operations {
        let name = words::input(&operation.group, &operation.verb);
        let doc = format!("/** What `{}` takes. */\n", operation.name);
        body.push_str(&writer.interface(&doc, &name, &operation.input, Way::In));
    }
    body
}

fn class(writer: &Writer, group: &str, operations: &[&Operation]) -> String {
    let name = words::class(group);
    let mut text = format!(
        "/** The operations of the group `{group}`. */\nexport class {name} {{\n  readonly #call: Call;\n\n  \
         constructor(call: Call) {{\n    this.#call = call;\n  }}\n"
    );
    for operation in operations {
        let reply = writer.ty(&operation.reply, Way::Out);
        let input = words::input(&operation.group, &operation.verb);
        let none = if operation.input.iter().all(|field| !field.required) { " = {}" } else { "" };
        let _ = write!(
            text,
            "\n{}  {}(input: {input}{none}, options?: CallOptions): Promise<{reply}> {{\n    \
             return this.#call(OPERATIONS[{}], input, options) as Promise<{reply}>;\n  }}\n",
            words::comment(Some(&operation.doc), "  "),
            words::camel(&operation.verb),
            words::text(&operation.name),
        );
    }
    text + "}\n"
}

/// What the file needs from others, and nothing else: unused imports are refused by the linter.
pub(super) fn imports(
    api: &Api,
    writer: &Writer,
    group: &str,
    homes: &BTreeMap<&str, &str>,
    operations: &[&Operation],
) -> String {
    let own = homes.iter().filter(|(_, home)| **home == group).map(|(name, _)| *name);
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut see = |ty: &Type, way: Way| {
        each_scalar(ty, &mut |scalar| {
            let name = scalar_name(scalar);
            if name.starts_with(|first: char| first.is_ascii_uppercase()) {
                used.entry("../scalars.js".to_owned()).or_default().insert(name.to_owned());
            }
        });
        ty.each_name(&mut |name| {
            if let Some(home) = homes.get(name).filter(|home| **home != group) {
                let module = format!("./{}.js", words::module(home));
                used.entry(module).or_default().insert(writer.name(name, way));
            }
        });
    };
    for operation in operations {
        operation.input.iter().for_each(|field| see(&field.ty, Way::In));
        see(&operation.reply, Way::Out);
    }
    for named in own.filter_map(|name| api.types.get(name)) {
        for (goes, way) in [(named.in_input, Way::In), (named.in_reply, Way::Out)] {
            if goes && !matches!(named.shape, Shape::Choice(_)) {
                named.shape.each_type(&mut |ty| see(ty, way));
            }
        }
    }
    let mut text = String::new();
    for (module, names) in used {
        let names: Vec<String> = names.into_iter().collect();
        let line = format!("import type {{ {} }} from '{module}';\n", names.join(", "));
        let long = || format!("import type {{\n  {},\n}} from '{module}';\n", names.join(",\n  "));
        text.push_str(&if line.len() <= 110 { line } else { long() });
    }
    text
}

fn each_scalar(ty: &Type, visit: &mut impl FnMut(Scalar)) {
    match ty {
        Type::Scalar(scalar) => visit(*scalar),
        Type::Named(_) => {}
        Type::List { item, .. } | Type::Map(item) | Type::Nullable(item) => each_scalar(item, visit),
    }
}
