//! One module per group of operations: its methods, blocking and async, over one table of operations.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::terms::{self, Way, annotation};
use crate::model::{Api, Effect, Field, Operation, pascal};

/// The groups in the order of the alphabet.
pub(super) fn names(api: &Api) -> BTreeSet<String> {
    api.operations.iter().map(|operation| operation.group.clone()).collect()
}

/// `price_lists` is also the name of a type, so groups say what they are.
fn class_of(group: &str) -> String {
    format!("{}Group", pascal(group))
}

/// `_groups/__init__.py`: what a session offers.
pub(super) fn index(api: &Api) -> String {
    let mut text = terms::head("The groups of operations that a session offers.");
    text.push_str("from functools import cached_property\n\nfrom .._calls import AsyncCaller, Caller\n");
    for group in names(api) {
        let class = class_of(&group);
        let mut classes = [format!("Async{class}"), class];
        classes.sort_by_key(|name| name.to_lowercase());
        let _ = writeln!(text, "from .{group} import {}", classes.join(", "));
    }
    for (prefix, base) in [("", "Caller"), ("Async", "AsyncCaller")] {
        let _ = writeln!(text, "\n\nclass {prefix}Groups({base}):");
        text.push_str("    \"\"\"Every operation, by group.\"\"\"\n");
        for group in names(api) {
            let class = format!("{prefix}{}", class_of(&group));
            let name = terms::name(&group);
            let _ = write!(
                text,
                "\n    @cached_property\n    def {name}(self) -> {class}:\n        \"\"\"Operations on {}.\"\"\"\n        return {class}(self)\n",
                group.replace('_', " "),
            );
        }
    }
    text
}

/// `_groups/<group>.py`.
pub(super) fn module(api: &Api, group: &str) -> String {
    let operations: Vec<&Operation> =
        api.operations.iter().filter(|operation| operation.group == group).collect();
    let mut body = String::new();
    for operation in &operations {
        table_entry(&mut body, operation);
    }
    let about = group.replace('_', " ");
    for (is_async, prefix) in [(false, ""), (true, "Async")] {
        let class = class_of(group);
        let _ = write!(body, "\n\nclass {prefix}{class}({prefix}Group):\n");
        let _ = writeln!(body, "    \"\"\"Operations on {about}.\"\"\"");
        for operation in &operations {
            method(&mut body, operation, is_async);
        }
    }
    let mut text = terms::head(&format!("Operations on {about}."));
    let imports = terms::imports(&body);
    text.push_str(&imports);
    if !imports.is_empty() {
        text.push('\n');
    }
    text.push_str("from msgspec import Struct");
    if body.contains(" = field(") {
        text.push_str(", field");
    }
    text.push_str("\n\nfrom .._calls import AsyncGroup, Group, Operation\n");
    text.push_str(&import_types(named_types(api, &operations), ".."));
    text + &body
}

/// The import of these types from `types.py`, which stands so many folders up.
pub(super) fn import_types(types: BTreeSet<String>, up: &str) -> String {
    if types.is_empty() {
        return String::new();
    }
    let mut types = Vec::from_iter(types);
    types.sort_by_key(|name| name.to_lowercase());
    format!("from {up}types import (\n    {},\n)\n", types.join(",\n    "))
}

pub(super) fn named_types(api: &Api, operations: &[&Operation]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for operation in operations {
        operation.reply.each_name(&mut |name| {
            names.insert(name.to_owned());
        });
        for field in &operation.input {
            field.ty.each_name(&mut |name| {
                names.insert(name.to_owned());
            });
        }
    }
    names.retain(|name| api.types.contains_key(name));
    names
}

pub(super) fn input_name(operation: &Operation) -> String {
    format!("_{}", pascal(&operation.verb))
}

pub(super) fn constant(operation: &Operation) -> String {
    format!("_{}", operation.verb.to_uppercase())
}

/// The type of a keyword argument: what can be left out is `None` then.
pub(super) fn argument(field: &Field) -> String {
    let ty = annotation(&field.ty, Way::In);
    if field.required || ty.ends_with("None") { ty } else { format!("{ty} | None") }
}

/// The struct that an input is encoded from.
pub(super) fn input_struct(body: &mut String, operation: &Operation) {
    let input = input_name(operation);
    let _ = writeln!(body, "\n\nclass {input}(Struct, omit_defaults=True):");
    for field in &operation.input {
        let name = terms::name(&field.name);
        let (ty, renamed) = (argument(field), name != field.name);
        let value = match (renamed, field.required) {
            (false, true) => String::new(),
            (false, false) => " = None".to_owned(),
            (true, true) => format!(" = field(name={})", terms::quoted(&field.name)),
            (true, false) => format!(" = field(name={}, default=None)", terms::quoted(&field.name)),
        };
        let _ = writeln!(body, "    {name}: {ty}{value}");
    }
    if operation.input.is_empty() {
        body.push_str("    pass\n");
    }
}

fn table_entry(body: &mut String, operation: &Operation) {
    input_struct(body, operation);
    let reply = annotation(&operation.reply, Way::Out);
    let writes = if operation.effect == Effect::Command { "True" } else { "False" };
    let costly = if operation.costly { "True" } else { "False" };
    let (constant, name) = (constant(operation), terms::quoted(&operation.name));
    let arguments = format!("{name}, {reply}, writes={writes}, costly={costly}");
    let line = format!("{constant}: Operation[{reply}] = Operation({arguments})");
    if line.len() > 110 {
        let _ = writeln!(body, "\n\n{constant}: Operation[{reply}] = Operation(\n    {arguments}\n)");
    } else {
        let _ = writeln!(body, "\n\n{line}");
    }
}

fn method(body: &mut String, operation: &Operation, is_async: bool) {
    let word = if is_async { "async def" } else { "def" };
    let reply = annotation(&operation.reply, Way::Out);
    let takes_id = operation.effect == Effect::Command;
    let _ = write!(body, "\n    {word} {}(", terms::name(&operation.verb));
    if operation.input.is_empty() && !takes_id {
        body.push_str("self");
    } else {
        body.push_str("\n        self,\n        *,\n");
        for field in &operation.input {
            let default = if field.required { "" } else { " = None" };
            let _ = writeln!(body, "        {}: {}{default},", terms::name(&field.name), argument(field));
        }
        if takes_id {
            body.push_str("        command_id: str | None = None,\n");
        }
        body.push_str("    ");
    }
    let _ = writeln!(body, ") -> {reply}:");
    body.push_str(&terms::docstring(&doc(operation), "        "));
    let wait = if is_async { "await " } else { "" };
    let input = input_name(operation);
    let _ = write!(
        body,
        "        return {wait}self._caller.call(\n            {},\n            {input}(",
        constant(operation)
    );
    if operation.input.is_empty() {
        body.push_str("),\n");
    } else {
        body.push('\n');
        for field in &operation.input {
            let name = terms::name(&field.name);
            let _ = writeln!(body, "                {name}={name},");
        }
        body.push_str("            ),\n");
    }
    if takes_id {
        body.push_str("            command_id,\n");
    }
    body.push_str("        )\n");
}

pub(super) fn doc(operation: &Operation) -> String {
    let mut text = operation.doc.clone();
    let lines: Vec<String> = operation
        .input
        .iter()
        .filter_map(|field| {
            let about = terms::about(field)?.replace('\n', " ");
            Some(format!("    {}: {about}", terms::name(&field.name)))
        })
        .collect();
    if !lines.is_empty() {
        let _ = write!(text, "\n\nArgs:\n{}", lines.join("\n"));
    }
    text
}
