//! A price book behind JSON: lists read once, then demands as text and answers as values or as text. What the classes
//! `PriceBook` of the other languages hold.

use std::sync::Arc;

use serde::Deserialize;

use super::demands::{self, Demands};
use super::estimates::{EstimateResult, EstimateTotals, results, totals};
use super::{MAX_BYTES, text, written_in};
use crate::engine::{Refusal, decode_within};
use crate::pricing::demand::Demand;
use crate::pricing::engine::{Book, Zones};
use crate::pricing::estimate::Estimate;
use crate::pricing::list::PriceList;
use crate::values::{Bounded, Currency};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    currency: Currency,
    lists: Bounded<PriceList, 1000>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch {
    demands: Demands,
}

/// Lists that are ready for any number of demands, from any number of threads.
#[derive(Debug)]
pub struct JsonBook {
    book: Book,
    zones: Arc<Zones>,
}

/// Bytes that a priced line takes, roughly, and those around the lines.
const LINE: usize = 400;
const AROUND: usize = 600;
const SUMS: usize = 80;

impl JsonBook {
    /// Reads `{"currency": ..., "lists": [...]}`.
    pub fn read(json: &[u8], zones: Arc<Zones>) -> Result<Self, Refusal> {
        let Lists { currency, lists } = decode_within(text(json)?, MAX_BYTES)?;
        let book = Book::with_zones(currency, &lists, Arc::clone(&zones))?;
        Ok(Self { book, zones })
    }

    /// The release of the time zone data, such as `2026a`.
    pub fn zone_data(&self) -> &str {
        self.zones.version()
    }

    /// One demand in, one estimate out.
    pub fn estimate(&self, json: &[u8]) -> Result<Estimate, Refusal> {
        self.book.estimate(&demand(json)?)
    }

    /// The same as text.
    pub fn estimate_json(&self, json: &[u8]) -> Result<String, Refusal> {
        let demand = demand(json)?;
        written_in(&self.book.estimate(&demand)?, AROUND + 4 * LINE * demand.positions.len())
    }

    /// `{"demands": [...]}` in, a list of results in the same order out.
    pub fn estimate_many(&self, json: &[u8]) -> Result<Vec<EstimateResult>, Refusal> {
        Ok(results(&self.book, batch(json)?.demands))
    }

    /// The same as text.
    pub fn estimate_many_json(&self, json: &[u8]) -> Result<String, Refusal> {
        let results = self.estimate_many(json)?;
        written_in(&results, results.len() * (AROUND + 3 * LINE))
    }

    /// The same with totals alone.
    pub fn totals(&self, json: &[u8]) -> Result<Vec<EstimateTotals>, Refusal> {
        Ok(totals(&self.book, batch(json)?.demands))
    }

    /// The same as text.
    pub fn totals_json(&self, json: &[u8]) -> Result<String, Refusal> {
        let totals = self.totals(json)?;
        written_in(&totals, totals.len() * SUMS)
    }
}

fn demand(json: &[u8]) -> Result<Demand, Refusal> {
    decode_within(text(json)?, MAX_BYTES)
}

fn batch(json: &[u8]) -> Result<Batch, Refusal> {
    demands::read(text(json)?, |batch: &mut Batch| &mut batch.demands)
}
