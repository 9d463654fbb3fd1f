//! Estimates as functions: one demand, many demands, many demands in totals alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Function;
use super::demands::{self, Demands};
use crate::engine::Refusal;
use crate::pricing::demand::Demand;
use crate::pricing::engine::{Book, Calculation, Sums};
use crate::pricing::estimate::Estimate;
use crate::pricing::list::PriceList;
use crate::values::{Amount, Bounded, Currency};

/// What a demand costs under price lists, with its lines. A missing rate makes it `unpriced`, never zero.
///
/// The lists are made ready anew in each call: for many demands under the same lists, make a price book once.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EstimateDemand {
    pub currency: Currency,
    /// Lists of any levels and versions, in any order.
    pub lists: Bounded<PriceList, 1000>,
    pub demand: Demand,
}

impl Function for EstimateDemand {
    const NAME: &'static str = "estimate";
    type Reply = Estimate;

    fn compute(self) -> Result<Estimate, Refusal> {
        let book = Book::new(self.currency, &self.lists)?;
        book.estimate(&self.demand).map_err(|refusal| refusal.under("demand"))
    }
}

/// What each of up to 10,000 demands costs under the same lists.
///
/// A demand that is refused says so in its own place and leaves the others as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EstimateBatch {
    pub currency: Currency,
    /// Lists of any levels and versions, in any order.
    pub lists: Bounded<PriceList, 1000>,
    pub demands: Demands,
}

impl Function for EstimateBatch {
    const NAME: &'static str = "estimate_batch";
    type Reply = Vec<EstimateResult>;

    fn read(input: &str) -> Result<Self, Refusal> {
        demands::read(input, |input: &mut Self| &mut input.demands)
    }

    fn compute(self) -> Result<Vec<EstimateResult>, Refusal> {
        Ok(results(&Book::new(self.currency, &self.lists)?, self.demands))
    }
}

/// What each of up to 10,000 demands costs under the same lists, in totals alone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotalBatch {
    pub currency: Currency,
    /// Lists of any levels and versions, in any order.
    pub lists: Bounded<PriceList, 1000>,
    pub demands: Demands,
}

impl Function for TotalBatch {
    const NAME: &'static str = "total_batch";
    type Reply = Vec<EstimateTotals>;

    fn read(input: &str) -> Result<Self, Refusal> {
        demands::read(input, |input: &mut Self| &mut input.demands)
    }

    fn compute(self) -> Result<Vec<EstimateTotals>, Refusal> {
        Ok(totals(&Book::new(self.currency, &self.lists)?, self.demands))
    }
}

/// The answer to one demand of a batch: an estimate, or why there is none. One of the two is there.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EstimateResult {
    pub estimate: Option<Estimate>,
    /// Its path begins at the demand.
    pub refused: Option<Refusal>,
}

/// The sums of an estimate.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct EstimateSums {
    pub net: Amount,
    pub vat_total: Amount,
    pub total: Amount,
}

/// The answer to one demand of a batch without its lines.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum EstimateTotals {
    Priced(EstimateSums),
    /// The price depends on who comes.
    Range {
        lowest: EstimateSums,
        highest: EstimateSums,
    },
    /// A rate is missing; the estimate with lines says which.
    Unpriced {},
    Refused {
        /// Its path begins at the demand.
        refused: Refusal,
    },
}

pub(super) fn results(book: &Book, demands: Demands) -> Vec<EstimateResult> {
    let estimate = |demand: Result<Demand, Refusal>| match demand.and_then(|demand| book.estimate(&demand)) {
        Ok(estimate) => EstimateResult { estimate: Some(estimate), refused: None },
        Err(refusal) => EstimateResult { estimate: None, refused: Some(refusal) },
    };
    demands.0.into_iter().map(estimate).collect()
}

pub(super) fn totals(book: &Book, demands: Demands) -> Vec<EstimateTotals> {
    let sums = |sums: &Sums| EstimateSums {
        net: sums.totals.net,
        vat_total: sums.totals.vat_total,
        total: sums.totals.total,
    };
    let total = |demand: Result<Demand, Refusal>| {
        let demand = match demand {
            Ok(demand) => demand,
            Err(refused) => return EstimateTotals::Refused { refused },
        };
        match book.calculate(&demand) {
            Ok(Calculation::Priced(priced)) => EstimateTotals::Priced(sums(&priced)),
            Ok(Calculation::Range { lowest, highest }) => {
                EstimateTotals::Range { lowest: sums(&lowest), highest: sums(&highest) }
            }
            Ok(Calculation::Unpriced { .. }) => EstimateTotals::Unpriced {},
            Err(refused) => EstimateTotals::Refused { refused },
        }
    };
    demands.0.into_iter().map(total).collect()
}
