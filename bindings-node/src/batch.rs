//! A batch of demands, priced in parts on two threads: while the facade writes the next part, or makes objects of one
//! that is priced, others are priced.
//!
//! The second thread begins with the first part, the caller's with the last one whenever the part that is due is not
//! ready. What comes out does not depend on who was quicker: a part is packed by itself, and told in its turn.

use std::mem;
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

use napi::bindgen_prelude::Uint8ArraySlice;
use napi_derive::napi;

use crate::answer::{Outgoing, outgoing};
use crate::text::written;

/// Whether there is a second processor.
static BESIDE: LazyLock<bool> =
    LazyLock::new(|| thread::available_parallelism().is_ok_and(|all| all.get() > 1));

/// From the JSON of a part to the text of its answer. It does not panic.
type Price = Box<dyn Fn(&[u8]) -> String + Send + Sync>;

enum Part {
    Waiting(Vec<u8>),
    /// A thread is at it, or it was told.
    Away,
    Priced(String),
}

#[derive(Default)]
struct Parts {
    all: Vec<Part>,
    /// How many were told.
    told: usize,
}

struct Shared {
    parts: Mutex<Parts>,
    priced: Condvar,
    price: Price,
}

/// Parts of a batch, which are given one after the other and told in the same order.
#[napi(js_name = "NativeBatch")]
pub struct NativeBatch(Arc<Shared>);

impl std::fmt::Debug for NativeBatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NativeBatch")
    }
}

#[napi]
#[allow(clippy::missing_panics_doc)]
impl NativeBatch {
    pub(crate) fn new(price: Price) -> Self {
        Self(Arc::new(Shared { parts: Mutex::default(), priced: Condvar::new(), price }))
    }

    /// Takes the next part. With `beside`, a second thread begins: more parts are to come.
    #[napi(catch_unwind)]
    pub fn push(&self, bytes: Uint8ArraySlice, length: u32, beside: bool) {
        self.0.parts().all.push(Part::Waiting(written(&bytes, length).to_vec()));
        if beside && *BESIDE {
            let shared = Arc::clone(&self.0);
            let work = move || while shared.price_one(false) {};
            // A system that has no thread to give leaves all of it to the caller.
            let _ = thread::Builder::new().name("staffgate-prices".to_owned()).spawn(work);
        }
    }

    /// The answer to the next part, in the order of the parts; an empty text at the end.
    #[napi(catch_unwind)]
    pub fn next(&self) -> Outgoing {
        outgoing(self.0.next())
    }
}

impl Parts {
    /// The answer that is due, if it is there.
    fn tell(&mut self) -> Option<String> {
        let Some(due) = self.all.get_mut(self.told) else { return Some(String::new()) };
        match mem::replace(due, Part::Away) {
            Part::Priced(text) => {
                self.told += 1;
                Some(text)
            }
            other => {
                *due = other;
                None
            }
        }
    }

    fn take(&mut self, mut places: impl Iterator<Item = usize>) -> Option<(usize, Vec<u8>)> {
        places.find_map(|place| match self.all.get_mut(place) {
            Some(part @ Part::Waiting(_)) => match mem::replace(part, Part::Away) {
                Part::Waiting(json) => Some((place, json)),
                Part::Away | Part::Priced(_) => None,
            },
            _ => None,
        })
    }
}

impl Shared {
    fn next(&self) -> String {
        loop {
            if let Some(text) = self.parts().tell() {
                return text;
            }
            if !self.price_one(true) {
                return self.wait();
            }
        }
    }

    /// Waits for the part that is due, which the other thread is at.
    fn wait(&self) -> String {
        let mut parts = self.parts();
        loop {
            match parts.tell() {
                Some(text) => return text,
                None => parts = self.priced.wait(parts).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Prices the first part that waits, or the last one. Whether there was one.
    fn price_one(&self, last: bool) -> bool {
        let taken = {
            let mut parts = self.parts();
            let places = 0..parts.all.len();
            if last { parts.take(places.rev()) } else { parts.take(places) }
        };
        let Some((place, json)) = taken else { return false };
        let text = (self.price)(&json);
        if let Some(part) = self.parts().all.get_mut(place) {
            *part = Part::Priced(text);
        }
        self.priced.notify_all();
        true
    }

    fn parts(&self) -> MutexGuard<'_, Parts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
