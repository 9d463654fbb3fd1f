//! Plays a story step by step and collects what came, for the comparison between stores and languages.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};
use staffgate::engine::Body;
use staffgate::pricing::functions::compute;
use staffgate::values::hex;
use staffgate::{Refusal, Reply};

use crate::check::differences;
use crate::scenario::{Scenario, Step, at_path, resolve};

/// What a whole story brought.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// One line per step: the reply's bytes, or the refusal as JSON with sorted keys.
    pub transcript: String,
    /// Load rounds of each step that ended in a fresh reply, with the operation's name.
    pub rounds: Vec<(String, u32)>,
    /// What the steps saved, by name.
    pub names: BTreeMap<String, Value>,
}

impl Played {
    pub fn digest(&self) -> String {
        hex::encode(&Sha256::digest(&self.transcript))
    }
}

/// A request as JSON bytes in, a reply or a refusal out.
pub type Call<'c> = &'c dyn Fn(&[u8]) -> Result<Reply, Refusal>;

/// Plays the story; the error says what was expected, what came, and where.
pub fn play(scenario: &Scenario, call: Call) -> Result<Played, String> {
    let mut now = scenario.start.parse().map_err(|error| format!("start: {error}"))?;
    let mut played = Played::default();
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    let mut aliases = BTreeMap::from([("agency".to_owned(), Value::from(scenario.agency("main")))]);
    for name in scenario.steps.iter().filter_map(|step| step.agency.as_ref()) {
        aliases.insert(format!("agency_{name}"), Value::from(scenario.agency(name)));
    }
    for (index, step) in scenario.steps.iter().enumerate() {
        let label = step.label(index);
        let fail = |what: String| {
            let did = step.compute.clone().unwrap_or_else(|| format!("{} as {}", step.operation, step.actor));
            format!("{}, step {label} ({did}):\n{what}", scenario.key)
        };
        now = step.instant(now).map_err(fail)?;
        let input = input(step, &aliases).map_err(fail)?;
        let outcome = if let Some(function) = &step.compute {
            let reply = compute(function, input.as_bytes());
            reply.map(|json| Reply { body: Body::Json(json), replayed: true, rounds: 0, attempts: 0 })
        } else {
            let context = step.context(scenario, index, now, &aliases).map_err(fail)?;
            let operation = Value::from(step.operation.clone());
            call(format!(r#"{{"context":{context},"operation":{operation},"input":{input}}}"#).as_bytes())
        };
        let (value, line) = match &outcome {
            Ok(reply) => (serde_json::from_str(reply.json()).unwrap_or_default(), reply.json().to_owned()),
            Err(refusal) => {
                let value = serde_json::to_value(refusal).unwrap_or_default();
                (value.clone(), format!("refused {value}"))
            }
        };
        compare(step, &outcome, &value, &line, &lines, &aliases).map_err(fail)?;
        for (alias, path) in &step.save {
            let saved =
                at_path(&value, path).ok_or_else(|| fail(format!("  nothing at `{path}` to save")))?;
            aliases.insert(alias.clone(), saved.clone());
        }
        if let Some(reply) = outcome.as_ref().ok().filter(|reply| !reply.replayed) {
            played.rounds.push((step.operation.clone(), reply.rounds));
        }
        played.transcript.push_str(&line);
        played.transcript.push('\n');
        lines.insert(label.clone(), line);
    }
    played.names = aliases;
    Ok(played)
}

fn input(step: &Step, aliases: &BTreeMap<String, Value>) -> Result<String, String> {
    match (&step.raw, &step.with) {
        (Some(raw), None) => Ok(raw.clone()),
        (None, Some(with)) => Ok(resolve(with, aliases)?.to_string()),
        (None, None) => Ok("{}".to_owned()),
        (Some(_), Some(_)) => Err("  a step has `with` or `raw`, not both".to_owned()),
    }
}

fn compare(
    step: &Step,
    outcome: &Result<Reply, Refusal>,
    value: &Value,
    line: &str,
    lines: &BTreeMap<String, String>,
    aliases: &BTreeMap<String, Value>,
) -> Result<(), String> {
    let expect = &step.expect;
    let mut found = Vec::new();
    let is_unsaid = expect.same_as.is_none();
    match (outcome, &expect.refused) {
        (Err(_), Some(refused)) => {
            differences(&resolve(refused, aliases)?, value, expect.exactly, "refused", &mut found);
        }
        (Ok(_), Some(refused)) => found.push(format!("expected the refusal {refused}, got a reply")),
        (Err(_), None) if is_unsaid => found.push("expected a reply, got a refusal".to_owned()),
        _ => {}
    }
    if let (Ok(_), Some(reply)) = (outcome, &expect.reply) {
        differences(&resolve(reply, aliases)?, value, expect.exactly, "reply", &mut found);
    }
    match (outcome, expect.rounds) {
        (Ok(reply), Some(rounds)) if reply.rounds != rounds => {
            found.push(format!("expected {rounds} load rounds, took {}", reply.rounds));
        }
        _ => {}
    }
    for text in &expect.absent {
        let text = resolve(&Value::from(text.as_str()), aliases)?;
        let text = text.as_str().unwrap_or_default();
        if text.is_empty() || line.contains(text) {
            found.push(format!("expected `{text}` nowhere in the answer"));
        }
    }
    if let Some(other) = &expect.same_as {
        let other = lines.get(other).ok_or_else(|| format!("  no step `{other}` before this one"))?;
        if other != line {
            found.push(format!("expected the same bytes as\n    {other}"));
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
    Err(format!("  {}\nwhat came:\n{pretty}", found.join("\n  ")))
}
