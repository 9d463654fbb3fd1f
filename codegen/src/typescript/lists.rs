//! The files that list everything: codes, operations, the groups of a session, exports.

use std::fmt::Write as _;

use super::{groups, words};
use crate::model::{Api, Class, Effect};

/// Every error code with the class that it is thrown as.
pub(super) fn codes(api: &Api) -> String {
    let mut text = String::from(
        "import type { ErrorClass } from '../errors.js';\n\n\
         /** Every error code with its class, in the order of the documentation. */\nexport const CODES = {\n",
    );
    for code in &api.codes {
        let doc = words::comment(Some(&code.en), "  ");
        let _ = writeln!(text, "{doc}  {}: '{}',", words::key(&code.text), class(code.class));
    }
    text + "} as const satisfies Record<string, ErrorClass>;\n\n\
            /** Why something was refused. The texts are stable: compare and store them. */\n\
            export type Code = keyof typeof CODES;\n"
}

const fn class(class: Class) -> &'static str {
    match class {
        Class::Invalid => "invalid",
        Class::Denied => "denied",
        Class::NotFound => "not_found",
        Class::Conflict => "conflict",
        Class::Throttled => "throttled",
        Class::Contended => "contended",
        Class::Unavailable => "unavailable",
        Class::OutcomeUnknown => "outcome_unknown",
        Class::Internal => "internal",
    }
}

/// Every operation with what the facade must know to call it.
pub(super) fn operations(api: &Api) -> String {
    let mut text = String::from(
        "import { operation } from '../call.js';\n\n/** Every operation by its name. */\n\
         export const OPERATIONS = {\n",
    );
    for one in &api.operations {
        let name = words::text(&one.name);
        let effect = match one.effect {
            Effect::Query => "query",
            Effect::Command => "command",
        };
        let _ = writeln!(text, "  {name}: operation({name}, '{effect}', {}),", one.costly);
    }
    text + "} as const;\n\n/** `group.verb`. */\nexport type OperationName = keyof typeof OPERATIONS;\n"
}

/// The groups that every session has.
pub(super) fn session(api: &Api) -> String {
    let names = groups::names(api);
    let mut text = String::from("import type { Call } from '../call.js';\n");
    for group in &names {
        let _ = writeln!(text, "import {{ {} }} from './{}.js';", words::class(group), words::module(group));
    }
    text.push_str("\n/** Every group of operations, for one actor. */\nexport class Groups {\n");
    for group in &names {
        let _ = writeln!(text, "  readonly {}: {};", words::camel(group), words::class(group));
    }
    text.push_str("\n  constructor(call: Call) {\n");
    for group in &names {
        let _ = writeln!(text, "    this.{} = new {}(call);", words::camel(group), words::class(group));
    }
    text + "  }\n}\n"
}

/// Everything that the package exports of the generated files.
pub(super) fn index(api: &Api) -> String {
    let mut text = String::from(
        "export { CODES, type Code } from './codes.js';\n\
         export { OPERATIONS, type OperationName } from './operations.js';\n",
    );
    for group in groups::names(api) {
        let _ = writeln!(text, "export * from './{}.js';", words::module(group));
    }
    text + "export type * from './pricing.js';\n"
}
