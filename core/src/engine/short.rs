//! Comparing texts of a few words: names of fields, ids.

/// Whether two texts are the same. As they are short, a call would take longer.
#[inline]
pub(super) fn is_same(one: &[u8], other: &[u8]) -> bool {
    let ((some, rest), (others, of_other)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let differ = |one: &[u8; 8], other: &[u8; 8]| u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other);
    let eights = some.iter().zip(others).fold(0, |found, (one, other)| found | differ(one, other));
    one.len() == other.len()
        && eights == 0
        && match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
            // The last eight overlap with those before.
            (Some(one), Some(other)) => differ(one, other) == 0,
            _ => rest.iter().zip(of_other).all(|(one, other)| one == other),
        }
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn texts_are_the_same_that_are_the_same_byte_by_byte() {
        let text: Vec<u8> = (0..40).collect();
        for length in 0..text.len() {
            let one = &text[..length];
            assert!(is_same(one, one), "{length}");
            assert!(!is_same(one, &text[..=length]) && !is_same(&text[..=length], one), "{length}");
            for place in 0..length {
                let mut other = one.to_vec();
                other[place] ^= 0x80;
                assert!(!is_same(one, &other), "{length} at {place}");
            }
        }
    }
}
