"""Shifts across clock changes, counted minute by minute: what the engine's splits are compared with.

Without arguments a seeded sample of about 3,000 rows on stdout, with `--all` one row for every clock change of every
zone from 1990 to 2037.

A row: `start` and `end` in local time (of two equal readings the first; a missing one moves forward by the gap),
`elapsed` minutes, `days` with the minutes of each local date (a day runs from the first instant that reads its date),
and the minutes that read 22:00 to 06:00 (`night`) and 02:00 to 03:00 (`hour`).
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, time

from dice import Dice
from minutes import Clock
from model import RELEASE
from random_inputs import across
from zones import Change, canonical_zones, changes

FIRST_YEAR, LAST_YEAR = 1990, 2037
SAMPLE = 3000

Row = dict[str, str | int | dict[str, int]]


def count(zone: str, start: datetime, end: datetime) -> Row:
    clock = Clock(zone, start, end)
    first, last = clock.minute_of(start), clock.minute_of(end)
    days: Counter[str] = Counter()
    night = hour = 0
    for minute in range(first, last):
        days[clock.date_of(minute).isoformat()] += 1
        night += clock.is_night(minute)
        hour += clock.hour_of(minute) == 2
    return {
        "zone": zone,
        "start": start.isoformat(timespec="minutes"),
        "end": end.isoformat(timespec="minutes"),
        "elapsed": last - first,
        "days": dict(days),
        "night": night,
        "hour": hour,
    }


def row(change: Change) -> str:
    """The dice belong to the change, so that sample and whole have the same rows."""
    start, end = across(Dice(f"{change.zone} {change.minute}"), change)
    return json.dumps(count(change.zone, start, end), separators=(",", ":"))


def rows(chosen: list[Change]) -> Iterator[str]:
    text = "shifts across clock changes, counted minute by minute by tests/reference/clocks.py"
    yield json.dumps({"about": text, "tzdata": RELEASE, "rows": len(chosen)}, separators=(",", ":"))
    with ProcessPoolExecutor() as pool:
        yield from pool.map(row, chosen, chunksize=100)


def every_change() -> list[Change]:
    return [change for zone in canonical_zones() for change in changes(zone, FIRST_YEAR, LAST_YEAR)]


def out_of_the_ordinary(change: Change) -> bool:
    """Not by an hour, or at a time that makes the date itself uncertain."""
    at = change.reading_before().time()
    return abs(change.shift()) != 60 or at >= time(22) or time(0) < at < time(1)


def sample() -> Iterator[str]:
    """Every change that is out of the ordinary and as many others as are wanted."""
    found = every_change()
    dice = Dice("clock changes")
    chosen = {(change.zone, change.minute) for change in found if out_of_the_ordinary(change)}
    while len(chosen) < SAMPLE:
        change = dice.pick(found)
        chosen.add((change.zone, change.minute))
    yield from rows([change for change in found if (change.zone, change.minute) in chosen])


def everything() -> Iterator[str]:
    yield from rows(every_change())


if __name__ == "__main__":
    for line in everything() if "--all" in sys.argv[1:] else sample():
        print(line)
