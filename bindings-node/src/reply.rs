//! Replies in the form that the facade reads fastest: packed where that is worth it, else JSON in ASCII.
//!
//! A packed reply is `=`, three counts with `;` behind each: of the shapes, of the numbers in the row, and of the texts
//! that are escaped. Behind them the places of escaped texts with `;` behind each, then the shapes and the texts with
//! the character 0 behind each, then the row with two characters for each number, of 7 bits each, the low ones first.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::to_string;
use staffgate::engine::{Packed, Reply, pack};

use crate::answer::{Failure, Found, escape, in_ascii};

/// The reply of an operation.
pub fn told(reply: Reply, fast: bool) -> String {
    match reply.packed {
        Some(packed) => text(&packed),
        None if fast => in_ascii(reply.json),
        None => reply.json,
    }
}

/// A value, packed, or as JSON if it has no packed form; `room` is about how many bytes that takes.
pub fn packed<T: Serialize + ?Sized>(value: &T, room: usize) -> Found {
    match pack(value, room) {
        Ok(packed) => Ok(text(&packed)),
        Err(_) => Ok(in_ascii(to_string(value).map_err(Failure::internal)?)),
    }
}

fn text(packed: &Packed) -> String {
    let texts = packed.texts();
    let (escaped, all) = if texts.is_ascii() { (Vec::new(), None) } else { escaped(texts) };
    let all = all.as_deref().unwrap_or(texts);
    let shapes: usize = packed.shapes().iter().map(|shape| shape.len() + 1).sum();
    let mut text = String::with_capacity(32 + 8 * escaped.len() + shapes + all.len() + 2 * packed.row().len());
    text.push('=');
    for count in [packed.shapes().len(), packed.row().len(), escaped.len()].into_iter().chain(escaped) {
        // A text takes whatever is written to it.
        let _ = write!(text, "{count};");
    }
    for shape in packed.shapes() {
        text.push_str(shape);
        text.push('\0');
    }
    text.push_str(all);
    text.extend(packed.row().iter().flat_map(|number| [seven(*number), seven(*number >> 7)]));
    text
}

fn seven(number: u16) -> char {
    char::from(number.to_le_bytes()[0] & 0x7f)
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
