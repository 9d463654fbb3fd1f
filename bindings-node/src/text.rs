//! What JavaScript hands in where JSON is expected: a string, bytes, or something else, which is refused.

use napi::bindgen_prelude::{Either3, Uint8Array, Uint8ArraySlice, Unknown};
use staffgate::Refusal;
use staffgate::codes::Code;

use crate::answer::Failure;

/// Never fails to convert, so that no call ends in an error that is not ours.
pub type Incoming<'a> = Either3<String, Uint8Array, Unknown<'a>>;

/// The text, free of JavaScript, so that it can go to another thread.
pub fn incoming(text: Incoming) -> Result<Vec<u8>, Failure> {
    match text {
        Either3::A(text) => Ok(text.into_bytes()),
        Either3::B(bytes) => Ok(bytes.to_vec()),
        Either3::C(_) => Err(Refusal::new(Code::NotJson).with("expected", "a text or bytes").into()),
    }
}

/// Two parts of one request, one after the other.
pub fn joined(head: Incoming, tail: Incoming) -> Result<Vec<u8>, Failure> {
    let mut text = incoming(head)?;
    text.extend_from_slice(&incoming(tail)?);
    Ok(text)
}

/// JSON that the facade has written: the first so many of these bytes, which it writes over after the call.
pub fn written<'b>(bytes: &'b Uint8ArraySlice<'_>, length: u32) -> &'b [u8] {
    usize::try_from(length).ok().and_then(|length| bytes.get(..length)).unwrap_or_default()
}
