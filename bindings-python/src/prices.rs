//! Prices alone: functions by name, and price lists that are read once.

use std::sync::Arc;

use pyo3::prelude::*;
use staffgate::Refusal;
use staffgate::pricing::engine::Zones;
use staffgate::pricing::functions::{self, JsonBook};

use crate::entry::{Answer, guarded, guarded_here};

/// Up to so many bytes it takes longer to give the interpreter lock away and get it back than to compute.
const SHORT: usize = 16_384;

/// A pure function by its name: input in, reply or refusal out.
#[pyfunction]
pub(crate) fn compute<'py>(py: Python<'py>, name: &str, input: &[u8]) -> Answer<'py> {
    guarded(py, || functions::compute(name, input))
}

/// Lists that are ready for any number of demands. Made by `_open`, because lists can be refused.
#[pyclass(frozen, module = "staffgate._native")]
#[derive(Debug)]
pub(crate) struct PriceBook(Arc<JsonBook>);

/// The release of time zone data, and its files by name.
type ZoneFiles = (String, Vec<(String, Vec<u8>)>);

fn open(lists: &[u8], zones: Option<ZoneFiles>) -> Result<JsonBook, Refusal> {
    let zones = match zones {
        None => Zones::bundled(),
        Some((version, files)) => Zones::supplied(&version, files)?,
    };
    JsonBook::read(lists, Arc::new(zones))
}

#[pymethods]
impl PriceBook {
    /// The book and the answer of opening; without the book if it was refused.
    #[staticmethod]
    fn _open<'py>(py: Python<'py>, lists: &[u8], zones: Option<ZoneFiles>) -> (Option<Self>, Answer<'py>) {
        let mut opened = None;
        let answer = guarded(py, || {
            opened = Some(Self(Arc::new(open(lists, zones)?)));
            Ok("null".to_owned())
        });
        (opened, answer)
    }

    fn _estimate<'py>(&self, py: Python<'py>, demand: &[u8]) -> Answer<'py> {
        if demand.len() <= SHORT {
            guarded_here(py, || self.0.estimate(demand))
        } else {
            guarded(py, || self.0.estimate(demand))
        }
    }

    fn _estimate_many<'py>(&self, py: Python<'py>, demands: &[u8]) -> Answer<'py> {
        guarded(py, || self.0.estimate_many(demands))
    }

    fn _totals<'py>(&self, py: Python<'py>, demands: &[u8]) -> Answer<'py> {
        guarded(py, || self.0.totals(demands))
    }

    fn _zone_data(&self) -> &str {
        self.0.zone_data()
    }
}
