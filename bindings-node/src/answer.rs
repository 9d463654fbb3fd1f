//! The one text form of every answer to JavaScript; its first character tells what it is.
//!
//! `!` a refusal, `?` a store's own error, `>` a step for the host's store, `=` a packed reply, anything else: the reply
//! as JSON.

use napi::bindgen_prelude::{Either, Latin1String};
use serde_json::to_string;
use staffgate::codes::Code;
use staffgate::store::StoreError;
use staffgate::{Refusal, wire};

/// Why there is no reply.
pub enum Failure {
    Refused(Refusal),
    Store(StoreError),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Failure {
    pub fn internal(reason: impl ToString) -> Self {
        Refusal::new(Code::Internal).with("reason", reason).into()
    }
}

/// What an entry found, before it is text.
pub type Found = Result<String, Failure>;

pub fn text(found: Found) -> String {
    match found {
        Ok(text) => text,
        Err(Failure::Refused(refusal)) => format!("!{}", wire::refusal_json(&refusal)),
        Err(Failure::Store(error)) => {
            let text = to_string(&error).unwrap_or_else(|_| r#"{"kind":"internal","message":""}"#.to_owned());
            format!("?{text}")
        }
    }
}

/// A text on its way into the JavaScript engine.
pub type Outgoing = Either<Latin1String, String>;

/// Texts of ASCII alone go by the engine's one-byte door, which copies without looking.
pub fn outgoing(text: String) -> Outgoing {
    if text.is_ascii() { Either::A(text.into()) } else { Either::B(text) }
}

/// The same JSON in ASCII alone. One character beyond Latin-1 would double the size of the whole text in the
/// JavaScript engine and slow its reading down.
pub fn in_ascii(json: String) -> String {
    if json.is_ascii() {
        return json;
    }
    let mut ascii = String::with_capacity(json.len() + json.len() / 8);
    for character in json.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            escape(character, &mut ascii);
        }
    }
    ascii
}

/// The character as JSON has it in ASCII.
pub fn escape(character: char, ascii: &mut String) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        ascii.push_str("\\u");
        for shift in [12, 8, 4, 0] {
            ascii.push(char::from_digit(u32::from(*unit >> shift & 15), 16).unwrap_or('0'));
        }
    }
}
