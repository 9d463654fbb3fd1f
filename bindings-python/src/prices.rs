//! Prices alone: functions by name, and price lists that are read once.

use std::sync::{Arc, Mutex, TryLockError};

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use serde::Serialize;
use staffgate::Refusal;
use staffgate::pricing::engine::Zones;
use staffgate::pricing::functions::{self, Demands, JsonBook};

use crate::entry::{Answer, Made, guarded, guarded_object};
use crate::objects::{Fault, Recent, Shape, object};

/// Up to so many bytes it takes longer to give the interpreter lock away and get it back than to compute.
const SHORT: usize = 16_384;

/// So many answers are made into objects at a time.
const PART: usize = 50;

/// A pure function by its name: input in, reply or refusal out.
#[pyfunction]
pub(crate) fn compute<'py>(py: Python<'py>, name: &str, input: &[u8]) -> Answer<'py> {
    guarded(py, || functions::compute(name, input))
}

/// What the objects of an answer are made of. Described by the Python side, once for each kind of answer.
#[pyclass(frozen, module = "staffgate._native")]
#[derive(Debug)]
pub(crate) struct Answers(Shape);

#[pymethods]
impl Answers {
    #[new]
    fn new(described: &Bound<'_, PyAny>) -> PyResult<Self> {
        Shape::read(described).map(Self)
    }
}

impl Answers {
    pub(crate) const fn shape(&self) -> &Shape {
        &self.0
    }
}

/// Lists that are ready for any number of demands. Made by `_open`, because lists can be refused.
#[pyclass(frozen, module = "staffgate._native")]
#[derive(Debug)]
pub(crate) struct PriceBook {
    book: Arc<JsonBook>,
    recent: Mutex<Recent>,
}

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
            let book = Arc::new(open(lists, zones)?);
            opened = Some(Self { book, recent: Mutex::default() });
            Ok("null".to_owned())
        });
        (opened, answer)
    }

    fn _estimate<'py>(&self, py: Python<'py>, demand: &[u8], answers: &Answers) -> Made<'py> {
        let beside = demand.len() > SHORT;
        guarded_object(py, beside, || self.book.estimate(demand), |found| self.object(py, &found, &answers.0))
    }

    fn _estimate_many<'py>(&self, py: Python<'py>, demands: &[u8], answers: &Answers) -> Made<'py> {
        let read = || self.book.demands(demands);
        guarded_object(py, true, read, |read| {
            self.in_parts(py, read, answers, |part| self.book.results(part))
        })
    }

    fn _totals<'py>(&self, py: Python<'py>, demands: &[u8], answers: &Answers) -> Made<'py> {
        let read = || self.book.demands(demands);
        guarded_object(py, true, read, |read| self.in_parts(py, read, answers, |part| self.book.totals(part)))
    }

    fn _zone_data(&self) -> &str {
        self.book.zone_data()
    }
}

impl PriceBook {
    fn object<'py>(
        &self,
        py: Python<'py>,
        found: &impl Serialize,
        shape: &Shape,
    ) -> Result<Bound<'py, PyAny>, Fault> {
        match self.recent.try_lock() {
            Ok(mut recent) => object(py, found, shape, &mut recent),
            // What was made lately is only kept to be quick: after a panic it is as good as before.
            Err(TryLockError::Poisoned(mut recent)) => object(py, found, shape, recent.get_mut()),
            // Another thread is at it, and Python may let threads take turns while an object is made: do not wait.
            Err(TryLockError::WouldBlock) => object(py, found, shape, &mut Recent::default()),
        }
    }

    /// Computes some beside the interpreter, makes their objects while they are at hand, and goes on.
    fn in_parts<'py, T: Serialize + Send>(
        &self,
        py: Python<'py>,
        Demands(demands): Demands,
        answers: &Answers,
        compute: impl Fn(Demands) -> Vec<T> + Sync,
    ) -> Result<Bound<'py, PyAny>, Fault> {
        let Shape::Tuple(answer) = &answers.0 else {
            return Err(Fault::of("a batch is answered with a tuple"));
        };
        let mut objects = Vec::with_capacity(demands.len());
        let mut demands = demands.into_iter();
        while demands.len() > 0 {
            let part = Demands(demands.by_ref().take(PART).collect());
            for found in py.detach(|| compute(part)) {
                objects.push(self.object(py, &found, answer)?);
            }
        }
        Ok(PyTuple::new(py, objects)?.into_any())
    }
}
