//! The clock of a place: whole minutes of UTC to readings on the wall and back, by a table of offsets.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::pricing::list::ClockChange;

/// Whole minutes since 1970, in UTC or on a local clock as the context says.
pub type Minute = i64;

/// Minutes of a day.
pub(super) const DAY: Minute = 1440;

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
    /// For each block of days since 1970 the piece in which it begins: a search would touch much more memory.
    blocks: Vec<u16>,
}

/// Minutes of a block of days, so few that hardly any clock is put forward or back in one.
const BLOCK: Minute = 64 * DAY;

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

    pub(super) fn read(rules: &TimeZone, from_second: i64, to_second: i64) -> Option<Self> {
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
    pub fn always(&self) -> LocalClock<'_> {
        LocalClock { pieces: &self.pieces }
    }
}

/// What a clock shows at an instant.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    pub at: Minute,
    /// The reading as a date, counted from 1970, and the minutes since its midnight: every condition asks for them.
    pub date: Minute,
    pub time: Minute,
    /// The last reading before the clock was put forward or back.
    before: Minute,
    /// When that happens next.
    until: Minute,
}

impl Face {
    /// The local day, counted from 1970, with days that begin `cutoff` minutes after midnight. A day runs from the
    /// first instant that reads its date, even if the clock is put back behind it.
    pub fn day(&self, cutoff: Minute) -> Minute {
        let reading = self.date * DAY + self.time;
        if reading < self.before {
            return self.before.saturating_sub(cutoff).div_euclid(DAY);
        }
        // A day begins less than a day after midnight.
        if self.time >= cutoff { self.date } else { self.date - 1 }
    }

    /// The next instant at which the clock shows one of these minutes of a day, ascending, or is put forward or back.
    pub fn next(&self, times: &[u16]) -> Minute {
        let now = self.time;
        let next = times.iter().map(|time| Minute::from(*time)).find(|time| *time > now);
        let tomorrow = || times.first().map(|first| Minute::from(*first) + DAY);
        next.or_else(tomorrow).map_or(Minute::MAX, |next| self.until.min(self.at + next - now))
    }
}

/// The clock of a place for some days: one or two pieces of its table, in which everything is found at once.
#[derive(Clone, Copy, Debug)]
pub struct LocalClock<'z> {
    pieces: &'z [Piece],
}

impl LocalClock<'_> {
    fn index_at(&self, at: Minute) -> usize {
        // On most days no clock is put forward or back.
        if self.pieces.len() == 1 {
            return 0;
        }
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

    /// What the clock shows, and until when it goes on like this.
    pub fn face(&self, at: Minute) -> Face {
        let index = self.index_at(at);
        let until = self.pieces.get(index + 1).map_or(Minute::MAX, |next| next.from);
        let (offset, before) =
            self.pieces.get(index).map_or((0, Minute::MIN), |piece| (piece.offset, piece.before));
        let reading = at + offset;
        Face { at, date: reading.div_euclid(DAY), time: reading.rem_euclid(DAY), before, until }
    }

    /// The local day of an instant; see [`Face::day`].
    pub fn day(&self, at: Minute, cutoff: Minute) -> Minute {
        self.face(at).day(cutoff)
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
        if let [always] = self.pieces {
            return Ok(local - always.offset);
        }
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
}
