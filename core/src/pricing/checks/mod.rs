//! What is wrong or doubtful with a price list, before it is published. Pure: lists in, findings out.
//!
//! [`cases`] holds where each rule applies, as products of skills, ranges and moments ([`region`], [`grid`]); the
//! other modules look at one subject each.

mod calendar;
mod cases;
mod conflicts;
mod coverage;
mod finding;
mod flats;
mod grid;
mod region;
mod structure;
mod times;

pub use finding::{Detail, Finding, FindingCode, FindingView, Severity};
pub use times::WeekSpan;

use super::engine::Compiled;
use super::list::{Key, Label, PriceList};
use crate::codes::Code;
use crate::engine::Refusal;

/// The most findings of one list.
pub const MAX_FINDINGS: usize = 1000;

/// Everything that is wrong or doubtful with a list: errors first, then in the order of the list.
///
/// `others` are the lists that are in force beside it: its other versions, and those of broader levels, which price
/// what it leaves out. `skills` are those that can be ordered.
pub fn check(list: &PriceList, others: &[PriceList], skills: &[(Key, Label)]) -> Vec<Finding> {
    let mut found = Vec::new();
    structure::versions(list, others, &mut found);
    match Compiled::new(list) {
        Err(refusal) => found.push(refused(refusal)),
        Ok(compiled) => {
            let cases = cases::Cases::of(&compiled);
            let broader: Vec<Compiled> = coverage::broader(list, others)
                .into_iter()
                .filter_map(|other| Compiled::new(other).ok())
                .collect();
            structure::check(&compiled, &cases, &mut found);
            calendar::check(list, &compiled, &cases, broader.is_empty(), &mut found);
            conflicts::check(list, &cases, &mut found);
            flats::check(&cases, list.currency, &mut found);
            coverage::check(&cases, &broader, skills, &mut found);
            if cases.stopped() {
                found.push(Finding::new(FindingCode::NotAllCompared).at("rules"));
            }
        }
    }
    found.sort_by_key(|finding| (finding.severity, finding.code));
    if let Some(more) = found.len().checked_sub(MAX_FINDINGS).filter(|more| *more > 0) {
        found.truncate(MAX_FINDINGS);
        found.push(Finding::new(FindingCode::TooManyFindings).text("more", more));
    }
    found
}

/// What reading the list already refuses, as a finding.
fn refused(refusal: Refusal) -> Finding {
    let rule = refusal.details.iter().find(|(name, _)| *name == "rule");
    let rule = rule.and_then(|(_, id)| Key::parse(id).ok());
    let path = refusal.path.clone().unwrap_or_default();
    let never = refusal.code == Code::RuleNever;
    let finding = Finding::new(if never { FindingCode::RuleNever } else { FindingCode::Refused });
    let finding = match &rule {
        Some(rule) => finding.rule(rule, &path),
        None => finding.at(path),
    };
    if never { finding } else { finding.with("reason", Detail::Refused(refusal)) }
}
