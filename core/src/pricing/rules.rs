//! Which lists may be published.

use std::collections::BTreeSet;

use super::model::{MAX_VERSIONS, PriceList, Rate};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::Day;

/// Two rates for the same skill and role would leave the price to chance.
pub fn unambiguous(rates: &[Rate]) -> Result<(), Refusal> {
    if rates.is_empty() {
        return Err(Refusal::new(Code::TooFew).at("rates").with("expected", 1));
    }
    let mut seen = BTreeSet::new();
    for (index, rate) in rates.iter().enumerate() {
        if !seen.insert((rate.skill, rate.role)) {
            return Err(Refusal::new(Code::RateAmbiguous).at(format!("rates[{index}]")));
        }
    }
    Ok(())
}

/// A version is immutable, so another one with the same first day is refused.
pub fn new_version(existing: &[PriceList], valid_from: Day) -> Result<(), Refusal> {
    if existing.iter().any(|list| list.valid_from == valid_from) {
        return Err(Refusal::new(Code::PriceVersionExists).at("valid_from"));
    }
    if existing.len() >= MAX_VERSIONS as usize {
        return Err(Refusal::new(Code::TooMany).at("valid_from").with("expected", MAX_VERSIONS));
    }
    Ok(())
}
