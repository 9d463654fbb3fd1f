//! The docs of the state machines: what leads where in ARCHITECTURE.md, full tables and pictures in a file of their own.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use staffgate::engine::{Cell, StateTable};

use crate::files::{File, NOTICE};

const ARCHITECTURE: &str = "ARCHITECTURE.md";
const BEGIN: &str = "<!-- state machines: generated from core/src/machines.rs, do not edit -->";
const END: &str = "<!-- end of state machines -->";

/// Both files. The first is the one on disk with what stands between its markers made anew.
pub fn files(tables: &[StateTable]) -> Vec<File> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(ARCHITECTURE);
    let current = fs::read_to_string(path).unwrap_or_default();
    let architecture = File { path: ARCHITECTURE.to_owned(), content: between(&current, &summary(tables)) };
    vec![architecture, File { path: "docs/state-machines.md".to_owned(), content: page(tables) }]
}

/// The text with something else between its markers; without markers, at its end.
fn between(current: &str, made: &str) -> String {
    let found = current.split_once(BEGIN).and_then(|(before, rest)| {
        rest.split_once(END).map(|(_, after)| (before.to_owned(), after.to_owned()))
    });
    let (before, after) = found.unwrap_or_else(|| (format!("{current}\n"), "\n".to_owned()));
    format!("{before}{BEGIN}\n\n{made}\n{END}{after}")
}

/// What each state allows, one row a state.
fn summary(tables: &[StateTable]) -> String {
    let mut text = String::new();
    for table in tables {
        let _ = writeln!(text, "| {} | what can happen |\n| --- | --- |", table.name);
        for (state, row) in table.states.iter().zip(&table.rows) {
            let steps = table.actions.iter().zip(row).filter_map(|(action, cell)| match cell {
                Cell::To(to) if to == state => Some(action.to_string()),
                Cell::To(to) => Some(format!("{action} → {to}")),
                Cell::Refused(_) => None,
            });
            let steps: Vec<String> = steps.collect();
            let steps = if steps.is_empty() { "an end".to_owned() } else { steps.join(", ") };
            let _ = writeln!(text, "| `{state}` | {steps} |");
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn page(tables: &[StateTable]) -> String {
    let mut text = format!("<!-- {NOTICE} -->\n\n# State machines\n\n");
    text.push_str(
        "Each table is the machine's `next`, asked for every action in every state: the state that it leads to, or the \
         code that refuses it, which names state and action.\n",
    );
    for table in tables {
        let _ = writeln!(text, "\n## {}\n\n```mermaid\nstateDiagram-v2", table.name);
        for (state, action, cell) in table.pairs() {
            if let Cell::To(to) = cell {
                let _ = writeln!(text, "    {state} --> {to}: {action}");
            }
        }
        let _ = writeln!(text, "```\n");
        let head: Vec<String> = table.states.iter().map(|state| format!("`{state}`")).collect();
        let _ = writeln!(text, "| | {} |", head.join(" | "));
        let _ = writeln!(text, "|{}", " --- |".repeat(table.states.len() + 1));
        for (place, action) in table.actions.iter().enumerate() {
            let cells = table.rows.iter().map(|row| match row.get(place) {
                Some(Cell::To(to)) => (*to).to_owned(),
                Some(Cell::Refused(code)) => format!("*{}*", code.text()),
                None => String::new(),
            });
            let _ = writeln!(text, "| `{action}` | {} |", cells.collect::<Vec<_>>().join(" | "));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, between};

    #[test]
    fn only_what_stands_between_the_markers_is_made_anew() {
        let first = between("# Head\n", "one\n");
        assert_eq!(first, format!("# Head\n\n{BEGIN}\n\none\n\n{END}\n"));
        assert_eq!(between(&first, "one\n"), first);
        assert_eq!(
            between(&format!("{first}tail\n"), "two\n"),
            format!("# Head\n\n{BEGIN}\n\ntwo\n\n{END}\ntail\n")
        );
    }
}
