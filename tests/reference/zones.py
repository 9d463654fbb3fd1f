"""Places of the zone data and the moments at which their clocks change."""

import importlib.resources
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import model

model.use_pinned_zone_data()

MINUTE = timedelta(minutes=1)
STEP = 4 * 24 * 60


@dataclass(frozen=True, slots=True)
class Change:
    """The first minute (since 1970 UTC) with the new offset, and both offsets from UTC in minutes."""

    zone: str
    minute: int
    before: int
    after: int

    def reading_before(self) -> datetime:
        """What the clock would show at the change if it were left alone."""
        return datetime(1970, 1, 1) + (self.minute + self.before) * MINUTE

    def shift(self) -> int:
        return self.after - self.before


def canonical_zones() -> list[str]:
    """Names that the data defines itself: no links, no aliases."""
    source = importlib.resources.files("tzdata").joinpath("zoneinfo/tzdata.zi").read_text("ascii")
    return sorted(line.split(" ", 2)[1] for line in source.splitlines() if line.startswith("Z "))


def offset(rules: ZoneInfo, minute: int) -> int:
    value = datetime.fromtimestamp(minute * 60, rules).utcoffset()
    if value is None or value % MINUTE:
        raise ValueError("an offset of whole minutes was expected")
    return value // MINUTE


def changes(zone: str, first_year: int, last_year: int) -> list[Change]:
    """A look every four days finds every change, because none since 1990 was taken back sooner."""
    rules = ZoneInfo(zone)
    start = int(datetime(first_year, 1, 1, tzinfo=UTC).timestamp()) // 60
    end = int(datetime(last_year + 1, 1, 1, tzinfo=UTC).timestamp()) // 60
    found = []
    before = offset(rules, start)
    for minute in range(start + STEP, end + STEP, STEP):
        after = offset(rules, minute)
        if after != before:
            low, high = minute - STEP, minute
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(rules, middle) == before else (low, middle)
            found.append(Change(zone, high, before, after))
        before = after
    return [change for change in found if change.minute < end]
