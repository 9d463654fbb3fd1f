//! Replies in the form that the facade reads fastest: packed where that is worth it, else JSON in ASCII.
//!
//! A packed reply is `=`, then numbers with two characters for each, of 7 bits each, the low ones first; what can be
//! large takes two numbers, the low one first. They are: how long the row is, how many shapes the facade does not know,
//! how many texts are escaped, at which places those are, and the row. Behind them stand the unknown shapes and the
//! texts, with the character 0 behind each. Places before those of the texts are those of the words.

use std::sync::{Arc, LazyLock, OnceLock};

use napi_derive::napi;
use serde::Serialize;
use serde_json::to_string;
use staffgate::engine::{Body, Machine, Packed, Packer, Reply, Words};

use crate::answer::{Failure, Found, Outgoing, escape, in_ascii, outgoing};
use crate::guard::guarded;
use crate::text::{Incoming, incoming};

static PACKER: OnceLock<Arc<Packer>> = OnceLock::new();

/// Takes the shapes that the facade knows, as a list of texts in JSON. The facade says it once, when it is loaded;
/// another thread's facade is the same one.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value)]
pub fn know_shapes(shapes: Incoming) -> Outgoing {
    let shapes = incoming(shapes);
    outgoing(guarded(|| {
        let shapes: Vec<String> = serde_json::from_slice(&shapes?).map_err(Failure::internal)?;
        let _ = PACKER.set(Arc::new(Packer::new(shapes.iter().map(String::as_str))));
        Ok("null".to_owned())
    }))
}

fn packer() -> &'static Arc<Packer> {
    static NONE_KNOWN: LazyLock<Arc<Packer>> = LazyLock::new(Arc::default);
    PACKER.get().unwrap_or_else(|| &NONE_KNOWN)
}

/// The machine, so that its reply comes in the form that is read fastest, if that is wanted.
pub fn for_facade(machine: Machine, fast: bool) -> Machine {
    if fast { machine.packing(Arc::clone(packer())) } else { machine }
}

/// The reply of an operation.
pub fn told(reply: Reply, fast: bool) -> String {
    match reply.body {
        Body::Packed(packed) => text(&packed),
        Body::Json(json) if fast => in_ascii(json),
        Body::Json(json) => json,
    }
}

/// A value, packed for a facade that has these words, or as JSON if it has no packed form; `room` is about how many
/// bytes that takes.
pub fn packed<T: Serialize + ?Sized>(words: &Words, value: &T, room: usize) -> Found {
    match packer().pack_beside(words, value, room) {
        Ok(packed) => Ok(text(&packed)),
        Err(_) => Ok(in_ascii(to_string(value).map_err(Failure::internal)?)),
    }
}

fn text(packed: &Packed) -> String {
    let texts = packed.texts();
    let (escaped, all) = if texts.is_ascii() { (Vec::new(), None) } else { escaped(texts) };
    let all = all.as_deref().unwrap_or(texts);
    let shapes: usize = packed.shapes().iter().map(|shape| shape.len() + 1).sum();
    let row = packed.row();
    let mut text: Vec<u8> = Vec::with_capacity(16 + 4 * escaped.len() + 2 * row.len() + shapes + all.len());
    text.push(b'=');
    for count in [row.len(), packed.shapes().len(), escaped.len()].into_iter().chain(escaped) {
        for shift in [0, 7, 14, 21] {
            text.push(seven(count >> shift));
        }
    }
    let start = text.len();
    text.resize(start + 2 * row.len(), 0);
    let (twos, _) = text.get_mut(start..).unwrap_or_default().as_chunks_mut::<2>();
    for (two, number) in twos.iter_mut().zip(row) {
        *two = ((number & 0x7f) | (number & 0x3f80) << 1).to_le_bytes();
    }
    for shape in packed.shapes() {
        text.extend_from_slice(shape.as_bytes());
        text.push(0);
    }
    text.extend_from_slice(all.as_bytes());
    // All of it is ASCII.
    String::from_utf8(text).unwrap_or_default()
}

fn seven(number: usize) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or_default()
}

/// The places of texts that are not of ASCII alone, and all texts with those escaped as JSON escapes them.
fn escaped(texts: &str) -> (Vec<usize>, Option<String>) {
    let mut places = Vec::new();
    let mut all = String::with_capacity(texts.len() + texts.len() / 8);
    for (place, text) in texts.split_terminator('\0').enumerate() {
        if text.is_ascii() {
            all.push_str(text);
        } else {
            places.push(place);
            for character in text.chars() {
                if character.is_ascii() && !character.is_ascii_control() && !matches!(character, '"' | '\\') {
                    all.push(character);
                } else {
                    escape(character, &mut all);
                }
            }
        }
        all.push('\0');
    }
    (places, Some(all))
}
