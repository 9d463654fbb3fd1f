//! `_functions.py`: the pure functions, which `pricing.py` hands on.

use std::fmt::Write as _;

use super::groups::{argument, constant, doc, import_types, input_name, input_struct, named_types};
use super::terms::{self, Way, annotation};
use crate::model::{Api, Operation};

pub(super) fn module(api: &Api) -> String {
    let functions: Vec<&Operation> = api.functions.iter().collect();
    let mut body = String::new();
    for function in &functions {
        input_struct(&mut body, function);
        let reply = annotation(&function.reply, Way::Out);
        let (constant, name) = (constant(function), terms::quoted(&function.name));
        let line = format!("{constant}: Function[{reply}] = Function({name}, {reply})");
        if line.len() > 110 {
            let _ = writeln!(body, "\n\n{constant}: Function[{reply}] = Function(\n    {name}, {reply}\n)");
        } else {
            let _ = writeln!(body, "\n\n{line}");
        }
        one(&mut body, function, &reply);
    }
    let mut text = terms::head("Pure functions: what something costs, without a store and without a portal.");
    let imports = terms::imports(&body);
    text.push_str(&imports);
    if !imports.is_empty() {
        text.push('\n');
    }
    text.push_str("from msgspec import Struct\n\nfrom ._compute import Function, compute\n");
    text.push_str(&import_types(named_types(api, &functions), "."));
    let mut names: Vec<&str> = functions.iter().map(|function| function.verb.as_str()).collect();
    names.sort_unstable();
    text.push_str("\n__all__ = [\n");
    for name in names {
        let _ = writeln!(text, "    {},", terms::quoted(name));
    }
    text.push_str("]\n");
    text + &body
}

fn one(body: &mut String, function: &Operation, reply: &str) {
    let _ = writeln!(body, "\n\ndef {}(\n    *,", terms::name(&function.verb));
    for field in &function.input {
        let default = if field.required { "" } else { " = None" };
        let _ = writeln!(body, "    {}: {}{default},", terms::name(&field.name), argument(field));
    }
    let _ = writeln!(body, ") -> {reply}:");
    body.push_str(&terms::docstring(&doc(function), "    "));
    let _ = writeln!(
        body,
        "    return compute(\n        {},\n        {}(",
        constant(function),
        input_name(function)
    );
    for field in &function.input {
        let name = terms::name(&field.name);
        let _ = writeln!(body, "            {name}={name},");
    }
    body.push_str("        ),\n    )\n");
}
