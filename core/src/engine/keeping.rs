//! How replies are kept so that they can be forgotten: in cipher, under a key of the tenant.
//!
//! A store keeps the reply of each command for good, and replies name people. Whoever erases somebody replaces the key:
//! nothing that was kept under the old one reads any more, in whatever store and whoever wrote it. The key guards nothing
//! else; it lies in the same store.

use base64ct::{Base64Unpadded, Encoding};
use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};
use sha2::{Digest, Sha256};

use super::Refusal;
use crate::codes::Code;
use crate::store::CommandRecord;
use crate::values::hex;

/// What a sealed reply begins with. A reply is a JSON object, a refusal begins with its own word.
const SEALED: &str = "sealed ";

/// 32 bytes, as hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct ReplyKey(String);

impl std::fmt::Debug for ReplyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReplyKey(hidden)")
    }
}

impl ReplyKey {
    pub fn new(hex: &str) -> Self {
        Self(hex.to_owned())
    }

    /// Tells this key from others, and nothing of it.
    fn mark(&self) -> String {
        let mut mark = hex::encode(&digest(&["reply key", &self.0]));
        mark.truncate(16);
        mark
    }

    /// Each command has a key of its own, so no two replies are under the same bytes.
    fn cipher(&self, command: &str) -> ChaCha20 {
        ChaCha20::new(&digest(&["kept reply", &self.0, command]).into(), &[0; 12].into())
    }

    /// The reply of this command as it is kept.
    pub(super) fn seal(&self, command: &str, reply: &str) -> String {
        let mut bytes = reply.as_bytes().to_vec();
        self.cipher(command).apply_keystream(&mut bytes);
        format!("{SEALED}{} {}", self.mark(), Base64Unpadded::encode_string(&bytes))
    }
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

/// What is to be kept of a command.
pub(super) fn keep(key: Option<&ReplyKey>, command: &str, fingerprint: &str, reply: String) -> CommandRecord {
    let reply = match key {
        Some(key) => key.seal(command, &reply),
        None => reply,
    };
    CommandRecord { fingerprint: fingerprint.to_owned(), reply }
}

/// The reply that was kept. One under a key that is gone is answered by a refusal: the command is done all the same.
pub(super) fn read(key: Option<&ReplyKey>, command: &str, kept: String) -> Result<String, Refusal> {
    let Some(sealed) = kept.strip_prefix(SEALED) else { return Ok(kept) };
    let (mark, text) = sealed.split_once(' ').unwrap_or_default();
    let Some(key) = key.filter(|key| key.mark() == mark) else {
        return Err(Refusal::new(Code::ReplyErased));
    };
    let damaged = || Refusal::new(Code::StoreDamaged).with("reason", "a kept reply does not read back");
    let mut bytes = Base64Unpadded::decode_vec(text).map_err(|_| damaged())?;
    key.cipher(command).apply_keystream(&mut bytes);
    String::from_utf8(bytes).map_err(|_| damaged())
}

#[cfg(test)]
mod tests {
    use super::{ReplyKey, keep, read};
    use crate::codes::Code;

    #[test]
    fn d8_a_kept_reply_reads_back_under_its_key_and_under_no_other() {
        let (key, other) = (ReplyKey::new(&"0a".repeat(32)), ReplyKey::new(&"0b".repeat(32)));
        let reply = r#"{"name":"Lena Sturm é"}"#;
        let kept = keep(Some(&key), "operator/one", "f", reply.to_owned()).reply;
        assert!(!kept.contains("Lena") && !kept.contains(&"0a".repeat(8)), "{kept}");
        assert_eq!(read(Some(&key), "operator/one", kept.clone()).unwrap(), reply);
        for gone in [Some(&other), None] {
            let refusal = read(gone, "operator/one", kept.clone()).unwrap_err();
            assert_eq!(refusal.code, Code::ReplyErased);
        }
        let twin = keep(Some(&key), "operator/two", "f", reply.to_owned()).reply;
        assert_ne!(twin, kept, "each command has bytes of its own");
    }

    #[test]
    fn d8_without_a_key_replies_are_kept_as_they_are() {
        let kept = keep(None, "operator/one", "f", "{}".to_owned()).reply;
        assert_eq!(kept, "{}");
        assert_eq!(read(None, "operator/one", kept).unwrap(), "{}");
    }

    #[test]
    fn d8_what_is_damaged_is_said_to_be() {
        let key = ReplyKey::new(&"0a".repeat(32));
        let kept = keep(Some(&key), "operator/one", "f", "{}".to_owned()).reply;
        let refusal = read(Some(&key), "operator/one", format!("{kept}*")).unwrap_err();
        assert_eq!(refusal.code, Code::StoreDamaged);
    }
}
