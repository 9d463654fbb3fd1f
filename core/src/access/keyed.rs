//! Hashes that only the agency can make: for names of records that must not tell what they are about.

use sha2::{Digest, Sha256};

use super::actors::cursor_key;
use crate::engine::{Run, Tx};
use crate::values::hex;

/// A text under the agency's key, as hexadecimal digits. Without the key, nobody finds the text by trying all.
pub fn keyed_hash(tx: &mut Tx, purpose: &str, text: &str) -> Run<String> {
    let key = cursor_key(tx)?;
    let mut hash = Sha256::new();
    for part in [key.as_str(), "keyed hash", purpose, text, key.as_str()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    Ok(hex::encode(&hash.finalize()))
}
