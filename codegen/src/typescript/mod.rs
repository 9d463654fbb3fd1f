//! The TypeScript facade: one file per group of operations, and the lists that hold all groups together.

mod functions;
mod groups;
mod lists;
mod makers;
mod types;
mod words;

use crate::files::{File, NOTICE};
use crate::model::Api;

const FOLDER: &str = "bindings-node/lib/src/generated";

/// Every generated file of the Node package.
pub fn files(api: &Api) -> Vec<File> {
    let mut files = vec![
        file("codes", lists::codes(api)),
        file("operations", lists::operations(api)),
        file("session", lists::session(api)),
        file("index", lists::index(api)),
        file("makers", makers::module(api)),
        file("pricing", functions::module(api)),
    ];
    files.extend(groups::all(api).into_iter().map(|(name, content)| file(&words::module(&name), content)));
    files
}

fn file(name: &str, content: impl std::fmt::Display) -> File {
    File { path: format!("{FOLDER}/{name}.ts"), content: format!("// {NOTICE}\n\n{content}") }
}
