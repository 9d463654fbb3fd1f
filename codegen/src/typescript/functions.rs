//! `pricing.ts`: the pure functions with the types that only they have.

use std::fmt::Write as _;

use super::groups::{declared, homes, imports};
use super::types::{Way, Writer};
use super::words;
use crate::api::FUNCTIONS;
use crate::model::{Api, Operation};

pub(super) fn module(api: &Api) -> String {
    let functions: Vec<&Operation> = api.functions.iter().collect();
    let (writer, homes) = (Writer::new(api), homes(api));
    let mut text = String::from("import { compute } from '../compute.js';\n");
    text.push_str(&imports(api, &writer, FUNCTIONS, &homes, &functions));
    text.push('\n');
    text.push_str(&declared(&writer, FUNCTIONS, &functions, &homes));
    let written: Vec<String> = functions.iter().map(|function| one(&writer, function)).collect();
    text + &written.join("\n")
}

fn one(writer: &Writer, function: &Operation) -> String {
    let mut text = words::comment(Some(&function.doc), "");
    let reply = writer.ty(&function.reply, Way::Out);
    let input = words::input(&function.group, &function.verb);
    let _ = write!(
        text,
        "export function {}(input: {input}): {reply} {{\n  return compute({}, input) as {reply};\n}}\n",
        words::camel(&function.verb),
        words::text(&function.name),
    );
    text
}
