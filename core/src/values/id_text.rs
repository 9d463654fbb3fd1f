//! Reading ids: a shift with its team has twenty.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use uuid::Uuid;

/// The id that stands here as a text. What is wrong with another is said by `uuid`.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    deserializer.deserialize_str(Reading)
}

struct Reading;

impl Visitor<'_> for Reading {
    type Value = Uuid;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a formatted UUID string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Uuid, E> {
        match plain(text.as_bytes()) {
            Some(id) => Ok(id),
            None => text.parse().map_err(|error| E::custom(format_args!("UUID parsing failed: {error}"))),
        }
    }
}

/// An id as we write it: 32 digits in lower case with hyphens after the 8th, 12th, 16th and 20th.
#[inline]
fn plain(text: &[u8]) -> Option<Uuid> {
    let text: &[u8; 36] = text.try_into().ok()?;
    let [a @ .., _, _, _, _, _, _, _, _] = text;
    let (first, rest) = a.split_first_chunk::<8>()?;
    let [b'-', b0, b1, b2, b3, b'-', c0, c1, c2, c3, b'-', d0, d1, d2, d3, b'-', e0, e1, e2, e3] = rest
    else {
        return None;
    };
    let last = text.last_chunk::<8>()?;
    let parts = [
        four_bytes(*first)?,
        four_bytes([*b0, *b1, *b2, *b3, *c0, *c1, *c2, *c3])?,
        four_bytes([*d0, *d1, *d2, *d3, *e0, *e1, *e2, *e3])?,
        four_bytes(*last)?,
    ];
    Some(Uuid::from_u128(parts.into_iter().fold(0, |id, part| id << 32 | u128::from(part))))
}

/// The number that eight digits in lower case are, all of them looked at together.
#[inline]
fn four_bytes(digits: [u8; 8]) -> Option<u32> {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    let text = u64::from_be_bytes(digits);
    // The high bit of each byte that is at least so much. No sum goes beyond its byte, as all are ASCII.
    let at_least = |limit: u8| text.wrapping_add(EACH.wrapping_mul(0x80 - u64::from(limit)));
    let numerals = at_least(b'0') & !at_least(b'9' + 1);
    let letters = at_least(b'a') & !at_least(b'f' + 1);
    if text & HIGH != 0 || (numerals | letters) & HIGH != HIGH {
        return None;
    }
    // `a` ends in 1, and stands for 10.
    let values = (text & EACH.wrapping_mul(0x0f)).wrapping_add(((letters & HIGH) >> 7).wrapping_mul(9));
    let pairs = (values | values >> 4) & 0x00ff_00ff_00ff_00ff;
    let quarters = (pairs | pairs >> 8) & 0x0000_ffff_0000_ffff;
    u32::try_from((quarters | quarters >> 16) & 0xffff_ffff).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use uuid::Uuid;

    use super::plain;

    proptest! {
        #[test]
        fn every_id_as_we_write_it_reads_back(number in any::<u128>()) {
            let id = Uuid::from_u128(number);
            prop_assert_eq!(plain(id.to_string().as_bytes()), Some(id));
        }
    }

    #[test]
    fn what_is_read_here_uuid_reads_as_the_same() {
        let good = "01eb50da-2bda-804e-a34b-85ce82939986";
        for place in 0..good.len() {
            for byte in 0..=u8::MAX {
                let mut text = good.as_bytes().to_vec();
                text[place] = byte;
                let theirs = std::str::from_utf8(&text).ok().and_then(|text| text.parse::<Uuid>().ok());
                match plain(&text) {
                    None => {
                        assert!(theirs.is_none() || byte.is_ascii_uppercase(), "{byte} at {place} is left");
                    }
                    ours => assert_eq!(ours, theirs, "{byte} at {place}"),
                }
            }
        }
        for other in ["", good.trim_start_matches('0'), &format!("{good}0"), &good.replace('-', ""), "é"] {
            assert_eq!(plain(other.as_bytes()), None, "{other}");
        }
    }
}
