//! The runner for stores in Rust. Runners in other languages do the same with the cases' JSON.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::{Case, Expected, RUN_MARKER, Step, cases};
use crate::store::{AsyncStore, Read, Row, Store, StoreError};

/// How many characters of an answer a failure shows.
const SHOWN_CHARS: usize = 600;

/// One step that a store did not answer as the contract says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Failed {
    pub case: String,
    pub why: String,
    /// Counted from one.
    pub step: usize,
    pub difference: String,
}

/// The result of a whole run.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Report {
    pub cases: usize,
    pub failed: Vec<Failed>,
}

impl Report {
    pub fn passed(&self) -> bool {
        self.failed.is_empty() && self.cases > 0
    }

    fn add(&mut self, case: &Case, failure: Option<(usize, String)>) {
        self.cases += 1;
        if let Some((step, difference)) = failure {
            let (case, why) = (case.name.clone(), case.why.clone());
            self.failed.push(Failed { case, why, step, difference });
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "store contract: {} of {} cases hold", self.cases - self.failed.len(), self.cases)?;
        self.failed.iter().try_for_each(|failed| {
            writeln!(f, "\n{}, step {}: {}\n{}", failed.case, failed.step, failed.why, failed.difference)
        })
    }
}

/// Plays every case on a blocking store. `run` is letters and digits that no earlier run on this data had.
pub fn check<S: Store + ?Sized>(store: &S, run: &str) -> Report {
    let mut report = Report::default();
    for case in cases() {
        let failure = match prepare(&case, run) {
            Err(difference) => Some((0, difference)),
            Ok(case) => case.steps.iter().enumerate().find_map(|(at, step)| {
                let verdict = match step {
                    Step::Load { reads, expect } => judge_load(reads, expect, store.load(reads)),
                    Step::Commit { changes, expect } => judge(expect, store.commit(changes)),
                };
                verdict.err().map(|difference| (at + 1, difference))
            }),
        };
        report.add(&case, failure);
    }
    report
}

/// Plays every case on an async store.
pub async fn check_async<S: AsyncStore + ?Sized>(store: &S, run: &str) -> Report {
    let mut report = Report::default();
    for case in cases() {
        let failure = match prepare(&case, run) {
            Err(difference) => Some((0, difference)),
            Ok(case) => play_async(store, &case).await,
        };
        report.add(&case, failure);
    }
    report
}

async fn play_async<S: AsyncStore + ?Sized>(store: &S, case: &Case) -> Option<(usize, String)> {
    for (at, step) in case.steps.iter().enumerate() {
        let verdict = match step {
            Step::Load { reads, expect } => judge_load(reads, expect, store.load(reads).await),
            Step::Commit { changes, expect } => judge(expect, store.commit(changes).await),
        };
        if let Err(difference) = verdict {
            return Some((at + 1, difference));
        }
    }
    None
}

/// The case for this run: through its JSON, as every other runner does it.
fn prepare(case: &Case, run: &str) -> Result<Case, String> {
    let text = serde_json::to_string(case).map_err(|error| error.to_string())?;
    serde_json::from_str(&text.replace(RUN_MARKER, run)).map_err(|error| error.to_string())
}

fn judge_load(
    reads: &[Read],
    expect: &Expected<Vec<Vec<Row>>>,
    answer: Result<Vec<Vec<Row>>, StoreError>,
) -> Result<(), String> {
    let (Expected::Ok(wanted), Ok(got)) = (expect, &answer) else { return judge(expect, answer) };
    if wanted.len() != got.len() {
        return Err(format!("  wanted {} lists of rows, got {}", wanted.len(), got.len()));
    }
    for ((read, wanted), got) in reads.iter().zip(wanted).zip(got) {
        let same = match read {
            Read::Command { .. } => same_commands(wanted, got),
            _ => wanted == got,
        };
        if !same {
            return Err(format!(
                "  read   {}\n  wanted {}\n  got    {}",
                shown(read),
                shown(wanted),
                shown(got)
            ));
        }
    }
    Ok(())
}

fn same_commands(wanted: &[Row], got: &[Row]) -> bool {
    let parsed = |row: &Row| serde_json::from_str::<Value>(&row.body).ok();
    wanted.len() == got.len()
        && wanted.iter().zip(got).all(|(wanted, got)| {
            wanted.id == got.id && wanted.version == got.version && parsed(wanted) == parsed(got)
        })
}

fn judge<T: PartialEq + Serialize>(
    expect: &Expected<T>,
    answer: Result<T, StoreError>,
) -> Result<(), String> {
    match (expect, answer) {
        (Expected::Ok(wanted), Ok(got)) if *wanted == got => Ok(()),
        (Expected::Error(wanted), Err(got)) if *wanted == got.kind => Ok(()),
        (Expected::Ok(wanted), Ok(got)) => Err(differ(&shown(wanted), &shown(&got))),
        (Expected::Ok(wanted), Err(got)) => Err(differ(&shown(wanted), &format!("error {}", shown(&got)))),
        (Expected::Error(wanted), Ok(got)) => Err(differ(&format!("error {}", shown(wanted)), &shown(&got))),
        (Expected::Error(wanted), Err(got)) => {
            Err(differ(&format!("error {}", shown(wanted)), &format!("error {}", shown(&got))))
        }
    }
}

fn differ(wanted: &str, got: &str) -> String {
    format!("  wanted {wanted}\n  got    {got}")
}

fn shown(value: &(impl Serialize + ?Sized)) -> String {
    let text = serde_json::to_string(value).unwrap_or_else(|error| error.to_string());
    match text.char_indices().nth(SHOWN_CHARS) {
        None => text,
        Some((end, _)) => format!("{}… ({} bytes)", text.get(..end).unwrap_or_default(), text.len()),
    }
}
