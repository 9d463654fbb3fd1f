//! Prices alone: functions by name, and price lists that are read once. All of it is done on the caller's thread, with
//! help for a batch of estimates: one estimate takes microseconds, and a batch is as long as its caller makes it.

use std::sync::{Arc, OnceLock};

use napi::Env;
use napi::bindgen_prelude::{Function, FunctionCallContext, Uint8Array, Uint8ArraySlice};
use napi_derive::napi;
use serde_json::to_string;
use staffgate::engine::Words;
use staffgate::pricing::engine::Zones;
use staffgate::pricing::functions::{self, JsonBook};

use crate::answer::{Failure, Found, Outgoing, outgoing};
use crate::batch::NativeBatch;
use crate::guard::guarded;
use crate::reply::packed;
use crate::text::{Incoming, incoming, written};

/// A pure function by its name: input in, reply or refusal out.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value)]
pub fn compute(name: String, input: Incoming) -> Outgoing {
    let input = incoming(input);
    outgoing(guarded(|| Ok(functions::compute(&name, &input?)?)))
}

/// A file of compiled time zone rules.
#[napi(object, object_to_js = false)]
pub struct ZoneFile {
    pub name: String,
    pub data: Uint8Array,
}

impl std::fmt::Debug for ZoneFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ZoneFile({})", self.name)
    }
}

/// Bytes that an estimate takes as JSON, roughly, and those of its sums alone.
const ESTIMATE: usize = 1500;
const SUMS: usize = 80;

/// Empty until lists are read into it, because lists can be refused.
#[napi(js_name = "NativePriceBook")]
#[derive(Debug, Default)]
pub struct NativePriceBook(Arc<OnceLock<Opened>>);

/// Lists, and the words that the facade takes once for all of their answers.
#[derive(Debug)]
struct Opened {
    book: JsonBook,
    words: Words,
}

#[napi]
#[allow(clippy::missing_panics_doc)]
impl NativePriceBook {
    #[napi(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads lists, with the library's time zone data or with that of the host. Gives the words of their answers.
    #[napi(catch_unwind)]
    pub fn open(&self, lists: Incoming, version: Option<String>, files: Vec<ZoneFile>) -> Outgoing {
        let lists = incoming(lists);
        outgoing(guarded(|| {
            let zones = match version {
                None => Zones::bundled(),
                Some(version) => {
                    let files = files.into_iter().map(|file| (file.name, file.data.to_vec()));
                    Zones::supplied(&version, files.collect())?
                }
            };
            let book = JsonBook::read(&lists?, Arc::new(zones))?;
            let words = book.words();
            // A second opening of one book is no error: the first one counts.
            let Opened { words, .. } = self.0.get_or_init(|| Opened { book, words });
            to_string(&words.each().collect::<Vec<_>>()).map_err(Failure::internal)
        }))
    }

    /// The function that prices one demand. A method finds its object anew at each call, which takes longer than to
    /// hand the demand over.
    #[napi(catch_unwind)]
    pub fn estimate<'env>(&self, env: &'env Env) -> napi::Result<Function<'env, (), Outgoing>> {
        let opened = Arc::clone(&self.0);
        env.create_function_from_closure("estimate", move |call: FunctionCallContext| {
            let (bytes, length): (Uint8ArraySlice, u32) = (call.get(0)?, call.get(1)?);
            Ok(outgoing(guarded(|| {
                let Opened { book, words } = of(&opened)?;
                packed(words, &book.estimate(written(&bytes, length))?, ESTIMATE)
            })))
        })
    }

    /// A batch without parts, for estimates with their lines.
    #[napi(catch_unwind)]
    pub fn estimates(&self) -> NativeBatch {
        let opened = Arc::clone(&self.0);
        NativeBatch::new(Box::new(move |demands| {
            guarded(|| {
                let Opened { book, words } = of(&opened)?;
                let results = book.results(book.demands(demands)?);
                packed(words, &results, results.len() * ESTIMATE)
            })
        }))
    }

    #[napi(catch_unwind)]
    pub fn totals(&self, bytes: Uint8ArraySlice, length: u32) -> Outgoing {
        outgoing(guarded(|| {
            let Opened { book, words } = of(&self.0)?;
            let totals = book.totals(book.demands(written(&bytes, length))?);
            packed(words, &totals, totals.len() * SUMS)
        }))
    }

    #[napi(catch_unwind)]
    pub fn zone_data(&self) -> Outgoing {
        outgoing(guarded(|| Ok(of(&self.0)?.book.zone_data().to_owned()) as Found))
    }
}

fn of(opened: &OnceLock<Opened>) -> Result<&Opened, Failure> {
    opened.get().ok_or_else(|| Failure::internal("this price book has no lists"))
}
