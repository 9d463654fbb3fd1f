//! Hashing passwords: argon2id, deterministic from the salt it is given.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use unicode_normalization::UnicodeNormalization;

use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx};
use crate::sessions::attempt;
use crate::sessions::model::HashCost;
use crate::values::{ContentHash, Password};

/// Compared against when there is nothing to compare with, so that a miss takes as much work as a hit.
/// No password hashes to it: its hash is all zeros.
pub fn nobody(cost: HashCost) -> String {
    let HashCost { memory_kib, passes, lanes } = cost;
    let (salt, hash) = ("A".repeat(22), "A".repeat(43));
    format!("$argon2id$v=19$m={memory_kib},t={passes},p={lanes}${salt}${hash}")
}

/// Whether a kept hash costs less than one made now would, so that it is to be made anew.
pub fn is_below(kept: &str, cost: HashCost) -> bool {
    let Some(kept) = PasswordHash::new(kept).ok().and_then(|kept| Params::try_from(&kept).ok()) else {
        return false;
    };
    kept.m_cost() < cost.memory_kib || kept.t_cost() < cost.passes || kept.p_cost() < cost.lanes
}

/// The same password typed on another keyboard is the same password: NFKC.
pub fn normal(password: &Password) -> String {
    password.expose().nfkc().collect()
}

/// The PHC string to keep for a new password; hashed once however often the operation runs.
pub fn hashed(tx: &mut Tx, password: &Password) -> Run<String> {
    let cost = attempt::policy(tx)?.hash;
    let salt = tx.secret_bytes("password salt");
    let purpose = format!("hash of the new password at {cost:?}");
    tx.memo(&purpose, || hash(&normal(password), &salt, cost))
}

/// Whether a password is the kept one; compared once however often the operation runs.
pub fn verified(tx: &mut Tx, password: &Password, kept: &str) -> Run<bool> {
    // Within one operation a changed record gives another kept string, and so another comparison.
    let purpose = format!("comparison with {}", ContentHash::of(kept.as_bytes()));
    let fits = tx.memo(&purpose, || Ok(verify(&normal(password), kept).to_string()))?;
    Ok(fits == "true")
}

fn hasher(cost: HashCost) -> Result<Argon2<'static>, Refusal> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None).map_err(fault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str, salt: &[u8; 32], cost: HashCost) -> Result<String, Refusal> {
    let (salt, _) = salt.split_at(16);
    let hash: PasswordHash =
        hasher(cost)?.hash_password_with_salt(password.as_bytes(), salt).map_err(fault)?;
    Ok(hash.to_string())
}

/// The cost is the kept string's own, so that raising it later leaves old passwords good.
fn verify(password: &str, kept: &str) -> bool {
    let Ok(kept) = PasswordHash::new(kept) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &kept).is_ok()
}

fn fault(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(Code::Internal).with("reason", error)
}

#[cfg(test)]
mod tests {
    use super::{hash, is_below, nobody, normal, verify};
    use crate::sessions::model::HashCost;
    use crate::values::Password;

    const FLOOR: HashCost = HashCost { memory_kib: 19_456, passes: 2, lanes: 1 };
    const RAISED: HashCost = HashCost { memory_kib: 20_480, passes: 3, lanes: 2 };

    #[test]
    fn b5_a_hash_is_argon2id_with_its_cost_and_fits_only_its_password() {
        let kept = hash("correct horse battery", &[7; 32], FLOOR).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_eq!(kept.len(), nobody(FLOOR).len());
        assert!(verify("correct horse battery", &kept));
        assert!(!verify("correct horse batterz", &kept));
        assert!(!verify("correct horse battery", &nobody(FLOOR)));
        assert!(!verify("correct horse battery", "not a hash"));
        assert_ne!(kept, hash("correct horse battery", &[8; 32], FLOOR).unwrap());
    }

    #[test]
    fn b5_a_raised_cost_leaves_old_hashes_good_and_marks_them() {
        let (old, new) = (hash("a", &[7; 32], FLOOR).unwrap(), hash("a", &[7; 32], RAISED).unwrap());
        assert!(new.starts_with("$argon2id$v=19$m=20480,t=3,p=2$"), "{new}");
        assert!(verify("a", &old) && verify("a", &new));
        assert!(is_below(&old, RAISED) && !is_below(&new, RAISED));
        assert!(!is_below(&old, FLOOR) && !is_below(&new, FLOOR), "what costs more stays");
        assert!(
            nobody(RAISED).starts_with("$argon2id$v=19$m=20480,t=3,p=2$") && !verify("a", &nobody(RAISED))
        );
    }

    #[test]
    fn b5_the_same_letters_typed_otherwise_are_the_same_password() {
        let normal = |text: &str| normal(&Password::parse(text).unwrap());
        assert_eq!(normal("caf\u{e9}"), normal("cafe\u{301}"));
        assert_eq!(normal("\u{ff21}bc"), "Abc");
    }
}
