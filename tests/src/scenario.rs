//! A story as its file has it, and how its texts become calls: names, instants, ids, randomness.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use staffgate::values::hex;

/// One file of `tests/scenarios/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The file's name without its ending; ids and randomness derive from it.
    #[serde(skip)]
    pub key: String,
    pub name: String,
    pub features: Vec<String>,
    pub start: String,
    /// What happened before: the steps of a file in `given/`.
    #[serde(default)]
    pub given: Option<String>,
    pub steps: Vec<Step>,
}

/// Somebody does something at some time, and what must come of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default, rename = "as")]
    pub actor: String,
    #[serde(default)]
    pub at: Option<String>,
    #[serde(default)]
    pub agency: Option<String>,
    #[serde(default)]
    pub locale: Option<String>,
    #[serde(default, rename = "do")]
    pub operation: String,
    /// A pure function instead of an operation: nobody speaks, and no store is asked.
    #[serde(default)]
    pub compute: Option<String>,
    #[serde(default)]
    pub with: Option<Value>,
    /// The input as it is, for text that is no good JSON.
    #[serde(default)]
    pub raw: Option<String>,
    #[serde(default)]
    pub command: Option<String>,
    #[serde(default)]
    pub expect: Expect,
    #[serde(default)]
    pub save: BTreeMap<String, String>,
}

/// What must come of a step. With nothing said, any reply will do and a refusal will not.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    #[serde(default)]
    pub reply: Option<Value>,
    #[serde(default)]
    pub refused: Option<Value>,
    #[serde(default)]
    pub exactly: bool,
    #[serde(default)]
    pub rounds: Option<u32>,
    #[serde(default)]
    pub absent: Vec<String>,
    #[serde(default)]
    pub same_as: Option<String>,
}

impl Scenario {
    pub fn read(path: &Path) -> Result<Self, String> {
        let mut scenario: Self = parse(path)?;
        scenario.key = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(given) = &scenario.given {
            let mut steps: Vec<Step> = parse(&folder().join("given").join(format!("{given}.yaml")))?;
            steps.append(&mut scenario.steps);
            scenario.steps = steps;
        }
        Ok(scenario)
    }

    /// Every story, by file name.
    pub fn all() -> Result<Vec<Self>, String> {
        let folder = folder();
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
            .collect();
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    /// The id of the agency that a step speaks to; the same name gives the same id in every language.
    pub fn agency(&self, name: &str) -> String {
        let digest = Sha256::digest(format!("agency/{}/{name}", self.key));
        let bytes = digest.iter().take(16).copied().collect::<Vec<u8>>();
        uuid::Uuid::from_slice(&bytes).unwrap_or_default().to_string()
    }
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_saphyr::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

impl Step {
    /// What the step is called in `same_as`, in messages and in ids: its `id`, or its number from 1.
    pub fn label(&self, index: usize) -> String {
        self.id.clone().unwrap_or_else(|| (index + 1).to_string())
    }

    /// `at` is an instant, or `+90m` after the step before; without it, time stands still.
    pub fn instant(&self, before: jiff::Timestamp) -> Result<jiff::Timestamp, String> {
        let Some(at) = &self.at else { return Ok(before) };
        let Some(offset) = at.strip_prefix('+') else {
            return at.parse().map_err(|error| format!("at {at}: {error}"));
        };
        let unit = offset.chars().last().unwrap_or_default();
        let amount: i64 = offset.trim_end_matches(unit).parse().map_err(|_| format!("at {at}: no offset"))?;
        let seconds = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return Err(format!("at {at}: the unit is one of s, m, h, d")),
        };
        Ok(before + jiff::SignedDuration::from_secs(amount * seconds))
    }

    /// The call's context as JSON, in the shape that both bindings take.
    pub fn context(
        &self,
        scenario: &Scenario,
        index: usize,
        now: jiff::Timestamp,
        aliases: &BTreeMap<String, Value>,
    ) -> Result<Value, String> {
        let entropy = Sha256::digest(format!("entropy/{}/{}", scenario.key, index + 1));
        let entropy = hex::encode(&entropy);
        let command = self.command.clone().unwrap_or_else(|| self.label(index));
        let agency = match self.actor.as_str() {
            "directory" => uuid::Uuid::nil().to_string(),
            _ => scenario.agency(self.agency.as_deref().unwrap_or("main")),
        };
        let (side, who) = self.actor.split_once(' ').unwrap_or((&self.actor, ""));
        let actor = match side {
            "operator" | "guest" => serde_json::json!({ "as": side }),
            "directory" => serde_json::json!({ "as": "guest" }),
            "member" | "user" => serde_json::json!({ "as": side, "id": person(who, aliases)? }),
            "holder" => serde_json::json!({ "as": side, "link": person(who, aliases)? }),
            _ => return Err(format!("nobody is called `{}`", self.actor)),
        };
        Ok(serde_json::json!({
            "agency": agency,
            "actor": actor,
            "now": now.to_string(),
            "command_id": format!("{}/{command}", scenario.key),
            "entropy": entropy,
            "locale": self.locale,
        }))
    }
}

/// A saved name, or a UUID as it is.
fn person(who: &str, aliases: &BTreeMap<String, Value>) -> Result<Value, String> {
    if who.contains('-') {
        return Ok(Value::from(who));
    }
    aliases.get(who).cloned().ok_or_else(|| format!("no step saved `{who}`"))
}

/// The value with every text `$name` replaced by what was saved under the name.
pub fn resolve(value: &Value, aliases: &BTreeMap<String, Value>) -> Result<Value, String> {
    match value {
        Value::String(text) if text != "$any" => match text.strip_prefix('$') {
            None => Ok(value.clone()),
            Some(name) => aliases.get(name).cloned().ok_or_else(|| format!("no step saved `{name}`")),
        },
        Value::Array(items) => items.iter().map(|item| resolve(item, aliases)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, field)| Ok((name.clone(), resolve(field, aliases)?))).collect()
        }
        _ => Ok(value.clone()),
    }
}

/// The value at a path such as `items.0.id`; the empty path is the whole.
pub fn at_path<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').filter(|part| !part.is_empty()).try_fold(value, |value, part| match value {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => value.get(part),
    })
}
