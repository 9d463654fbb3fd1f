//! The second factor: time-based codes of an app (RFC 6238), and recovery codes for the day the phone is lost.

use std::fmt;

use serde::{Deserialize, Serialize};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::codes::Code;
use crate::engine::{Record, Refusal};
use crate::store::Kind;
use crate::values::{ContentHash, Email, Instant, OneTimeCode, UserId};

const STEP_SECONDS: u64 = 30;
const DIGITS: u8 = 6;
/// One step to either side: clocks of phones go wrong by so much.
const SKEW: u16 = 1;
pub const RECOVERY_CODES: usize = 10;

/// A user's second factor. Beside the credential, so that a new password leaves it alone.
///
/// The secret is kept as it is, because codes are computed from it; a host that wants more encrypts at its store.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    pub user: UserId,
    /// Base32; null once it is switched off.
    pub secret: Option<String>,
    /// Not asked for before the user has shown a first code.
    pub confirmed_at: Option<Instant>,
    /// The step of the last code that was taken. None of this step or before is taken again.
    pub last_step: Option<u64>,
    /// Hashes of the recovery codes that are left. They hold 80 random bits, so a plain hash guards them.
    pub recovery: Vec<ContentHash>,
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecondFactor").field("user", &self.user).finish_non_exhaustive()
    }
}

pub static SECOND_FACTOR: Kind = Kind { name: "second_factor", columns: &[], indexes: &[] };

impl Record for SecondFactor {
    const KIND: &'static Kind = &SECOND_FACTOR;

    fn record_id(&self) -> String {
        self.user.to_string()
    }
}

impl SecondFactor {
    pub const fn off(user: UserId) -> Self {
        Self { user, secret: None, confirmed_at: None, last_step: None, recovery: Vec::new() }
    }

    /// Whether sign-in asks for it.
    pub const fn is_on(&self) -> bool {
        self.secret.is_some() && self.confirmed_at.is_some()
    }

    /// Takes a code, of the app or for recovery, if it is good now. What was taken is used up.
    pub fn take(&mut self, code: &OneTimeCode, now: Instant) -> bool {
        self.take_app_code(code, now) || self.take_recovery_code(code)
    }

    /// Takes a code of the app.
    pub fn take_app_code(&mut self, code: &OneTimeCode, now: Instant) -> bool {
        let Some(totp) = self.secret.as_deref().and_then(|secret| generator(secret).ok()) else {
            return false;
        };
        let seconds = u64::try_from(now.millis() / 1000).unwrap_or(0);
        let Some(step) = totp.check(&code.normal(), seconds) else { return false };
        if self.last_step.is_some_and(|last| step <= last) {
            return false;
        }
        self.last_step = Some(step);
        true
    }

    fn take_recovery_code(&mut self, code: &OneTimeCode) -> bool {
        let hash = hash_of_recovery_code(self.user, code.as_ref());
        let before = self.recovery.len();
        self.recovery.retain(|kept| *kept != hash);
        self.recovery.len() < before
    }
}

fn generator(base32: &str) -> Result<Totp, Refusal> {
    let fault = |error: &dyn fmt::Display| Refusal::new(Code::Internal).with("reason", error);
    let secret = Secret::try_from_base32(base32).map_err(|error| fault(&error))?;
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(SKEW)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret)
        .build()
        .map_err(|error| fault(&error))
}

/// A fresh secret of 160 bits, as the RFC advises.
pub fn new_secret(random: &[u8; 32]) -> String {
    let (secret, _) = random.split_at(20);
    Secret::from(secret).to_base32()
}

/// What an app reads from a picture: who, where, and the secret.
pub fn uri(agency: &str, email: &Email, secret: &str) -> String {
    let (issuer, account) = (percent_encoded(agency), percent_encoded(email.as_str()));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}"
    )
}

fn percent_encoded(text: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A recovery code such as `k3xa-9...`: 80 bits in four groups.
pub fn recovery_code(random: &[u8; 32]) -> String {
    let (bits, _) = random.split_at(10);
    let text = Secret::from(bits).to_base32().to_ascii_lowercase();
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is kept of it. The user is in it, so that equal codes of two people do not look equal.
pub fn hash_of_recovery_code(user: UserId, code: &str) -> ContentHash {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    ContentHash::of(format!("recovery code/{user}/{}", letters.to_ascii_lowercase()).as_bytes())
}

#[cfg(test)]
mod tests {
    use totp_rs::{Algorithm, Builder, Secret};
    use uuid::Uuid;

    use super::{RECOVERY_CODES, SecondFactor, hash_of_recovery_code, new_secret, recovery_code, uri};
    use crate::values::{Email, Instant, OneTimeCode, UserId};

    fn code(text: &str) -> OneTimeCode {
        OneTimeCode::parse(text).unwrap()
    }

    fn at(seconds: i64) -> Instant {
        Instant::from_millis(seconds * 1000).unwrap()
    }

    /// RFC 6238's own secret, `12345678901234567890`.
    fn factor() -> SecondFactor {
        let user = UserId::new(Uuid::from_u128(5));
        let secret = Secret::from(b"12345678901234567890".as_slice()).to_base32();
        SecondFactor { secret: Some(secret), confirmed_at: Some(at(0)), ..SecondFactor::off(user) }
    }

    /// RFC 6238, appendix B: SHA-1, eight digits.
    const VECTORS: [(u64, &str); 6] = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];

    #[test]
    fn b17_the_vectors_of_rfc_6238() {
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(8)
            .with_step_duration(30)
            .with_secret(Secret::from(b"12345678901234567890".as_slice()))
            .build()
            .unwrap();
        for (seconds, expected) in VECTORS {
            assert_eq!(totp.generate(seconds).to_string(), expected);
        }
        // Of the same codes, an app with six digits shows the last six.
        for (seconds, expected) in VECTORS {
            let six = expected.get(2..).unwrap();
            assert!(factor().take(&code(six), at(i64::try_from(seconds).unwrap())), "{expected}");
        }
    }

    #[test]
    fn b17_a_code_is_taken_once_and_none_before_it() {
        let mut factor = factor();
        // The code of second 59 is that of step 1; the one of step 2 comes at second 60.
        let first = code("287082");
        assert!(
            factor.clone().take(&first, at(30)) && factor.clone().take(&first, at(89)),
            "one step to either side"
        );
        assert!(factor.clone().take(&first, at(0)));
        assert!(!factor.clone().take(&first, at(90)), "two steps late");
        assert!(factor.take(&first, at(59)));
        assert!(!factor.take(&first, at(59)), "a replay");
        assert!(!factor.take(&first, at(30)), "a clock that went back");
        assert_eq!(factor.last_step, Some(1));
        // 1111111109 and 1111111111 lie in two steps one after the other.
        assert!(factor.take(&code("050471"), at(1_111_111_111)));
        assert!(!factor.take(&code("081804"), at(1_111_111_111)), "an older code than the last one");
    }

    #[test]
    fn a6_a_code_is_good_for_a_minute_and_a_half_at_most() {
        let good = |second: i64| factor().take(&code("287082"), at(second));
        let seconds = (0..600).filter(|second| good(*second)).count();
        assert_eq!(seconds, 90);
    }

    #[test]
    fn b17_what_is_typed_is_read_kindly_and_what_is_no_code_is_none() {
        assert!(factor().take(&code("287 082"), at(59)));
        for bad in ["28708", "2870820", "000000", "abcdef", "-"] {
            assert!(!factor().take(&code(bad), at(59)), "{bad}");
        }
        for bad in ["", "287082\n", "\u{ff12}87082", &"1".repeat(65)] {
            assert!(OneTimeCode::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn b17_a_recovery_code_works_once() {
        let mut factor = factor();
        let codes: Vec<String> = (0..10).map(|number| recovery_code(&[number; 32])).collect();
        factor.recovery = codes.iter().map(|text| hash_of_recovery_code(factor.user, text)).collect();
        let first = codes.first().unwrap();
        assert_eq!(first, "aaaa-aaaa-aaaa-aaaa");
        assert!(factor.take(&code(&first.to_uppercase()), at(59)));
        assert!(!factor.take(&code(first), at(59)));
        assert_eq!(factor.recovery.len(), RECOVERY_CODES - 1);
        assert!(factor.take(&code(&codes.last().unwrap().replace('-', " ")), at(59)));
    }

    #[test]
    fn b17_an_app_reads_the_secret_from_an_address() {
        let secret = new_secret(&[0xff; 32]);
        assert_eq!(secret, "7".repeat(32), "160 bits");
        let email = Email::parse("anna+x@astoria.example").unwrap();
        assert_eq!(
            uri("North & South: Staffing", &email, &secret),
            format!(
                "otpauth://totp/North%20%26%20South%3A%20Staffing:anna%2Bx%40astoria.example?secret={secret}\
                 &issuer=North%20%26%20South%3A%20Staffing&algorithm=SHA1&digits=6&period=30"
            )
        );
    }
}
