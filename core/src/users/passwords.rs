//! Hashing passwords: argon2id, deterministic from the salt it is given.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use unicode_normalization::UnicodeNormalization;

use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx};
use crate::values::{ContentHash, Password};

/// 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Compared against when there is nothing to compare with, so that a miss takes as much work as a hit.
/// No password hashes to it: its hash is all zeros.
pub const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The same password typed on another keyboard is the same password: NFKC.
pub fn normal(password: &Password) -> String {
    password.expose().nfkc().collect()
}

/// The PHC string to keep for a new password; hashed once however often the operation runs.
pub fn hashed(tx: &mut Tx, password: &Password) -> Run<String> {
    let salt = tx.secret_bytes("password salt");
    tx.memo("hash of the new password", || hash(&normal(password), &salt))
}

/// Whether a password is the kept one; compared once however often the operation runs.
pub fn verified(tx: &mut Tx, password: &Password, kept: &str) -> Run<bool> {
    // Within one operation a changed record gives another kept string, and so another comparison.
    let purpose = format!("comparison with {}", ContentHash::of(kept.as_bytes()));
    let fits = tx.memo(&purpose, || Ok(verify(&normal(password), kept).to_string()))?;
    Ok(fits == "true")
}

fn hasher() -> Result<Argon2<'static>, Refusal> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(fault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str, salt: &[u8; 32]) -> Result<String, Refusal> {
    let (salt, _) = salt.split_at(16);
    let hash: PasswordHash = hasher()?.hash_password_with_salt(password.as_bytes(), salt).map_err(fault)?;
    Ok(hash.to_string())
}

/// The cost is the kept string's own, so that raising it later leaves old passwords good.
fn verify(password: &str, kept: &str) -> bool {
    let (Ok(hasher), Ok(kept)) = (hasher(), PasswordHash::new(kept)) else { return false };
    hasher.verify_password(password.as_bytes(), &kept).is_ok()
}

fn fault(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(Code::Internal).with("reason", error)
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, hash, normal, verify};
    use crate::values::Password;

    #[test]
    fn b5_a_hash_is_argon2id_with_its_cost_and_fits_only_its_password() {
        let kept = hash("correct horse battery", &[7; 32]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_eq!(kept.len(), NOBODY.len());
        assert!(verify("correct horse battery", &kept));
        assert!(!verify("correct horse batterz", &kept));
        assert!(!verify("correct horse battery", NOBODY));
        assert!(!verify("correct horse battery", "not a hash"));
        assert_ne!(kept, hash("correct horse battery", &[8; 32]).unwrap());
    }

    #[test]
    fn b5_the_same_letters_typed_otherwise_are_the_same_password() {
        let normal = |text: &str| normal(&Password::parse(text).unwrap());
        assert_eq!(normal("caf\u{e9}"), normal("cafe\u{301}"));
        assert_eq!(normal("\u{ff21}bc"), "Abc");
    }
}
