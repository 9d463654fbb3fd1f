//! A price book behind JSON: lists read once, then demands as text and answers as values. What the classes `PriceBook`
//! of the other languages hold.

use std::sync::Arc;

use serde::Deserialize;

use super::demands::{self, Demands};
use super::estimates::{EstimateResult, EstimateTotals, results, totals};
use super::{MAX_BYTES, text};
use crate::engine::{Packer, Refusal, Words, decode_within};
use crate::pricing::demand::Demand;
use crate::pricing::engine::{Book, CALCULATION, Zones};
use crate::pricing::estimate::{Estimate, LineUnit};
use crate::pricing::list::PriceList;
use crate::shifts::model::Role;
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

    /// What its answers are full of, for whoever packs them: a reader takes it once.
    pub fn words(&self) -> Words {
        Words::new(of_every_book().into_iter().chain(self.book.words()))
    }

    /// One demand in, one estimate out.
    pub fn estimate(&self, json: &[u8]) -> Result<Estimate, Refusal> {
        self.book.estimate(&demand(json)?)
    }

    /// Reads `{"demands": [...]}`, for `results` or `totals`.
    pub fn demands(&self, json: &[u8]) -> Result<Demands, Refusal> {
        Ok(demands::read(text(json)?, |batch: &mut Batch| &mut batch.demands)?.demands)
    }

    /// What each demand costs, in their order.
    pub fn results(&self, demands: Demands) -> Vec<EstimateResult> {
        results(&self.book, demands)
    }

    /// The same with totals alone.
    pub fn totals(&self, demands: Demands) -> Vec<EstimateTotals> {
        totals(&self.book, demands)
    }
}

/// What the code itself calls things in answers.
fn of_every_book() -> Vec<String> {
    let units = [LineUnit::Hour, LineUnit::Once, LineUnit::Kilometre, LineUnit::Piece];
    let all = (CALCULATION, "priced", [Role::Staff, Role::Lead], units, "0.00");
    let packed = Packer::default().pack(&all, 0);
    packed.map(|packed| packed.each_text().map(str::to_owned).collect()).unwrap_or_default()
}

fn demand(json: &[u8]) -> Result<Demand, Refusal> {
    decode_within(text(json)?, MAX_BYTES)
}
