"""Random inputs from a seed: for comparing the two programs, and the 4,000 demands of the measurements."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dice import Dice
from model import Input
from zones import MINUTE, Change, canonical_zones, changes

CROSSING = 15
LISTS = 8
DEMANDS = 4000

# Places whose rules are the same in older releases of the zone data too, because the programs in JavaScript and with
# chrono-tz bring their own.
PLACES = [
    "Africa/Cairo",
    "America/Chicago",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Toronto",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Prague",
    "Pacific/Auckland",
]


@cache
def changes_of(zone: str, first: int, last: int) -> list[Change]:
    return changes(zone, first, last)


def minutes_between(zone: str, start: datetime, end: datetime) -> int:
    rules = ZoneInfo(zone)
    return int(end.replace(tzinfo=rules).timestamp() - start.replace(tzinfo=rules).timestamp()) // 60


def across(dice: Dice, change: Change) -> tuple[datetime, datetime]:
    """From before the change until after it; now and then an end lies in the missing or repeated time."""
    old = change.reading_before()
    new = old + change.shift() * MINUTE
    while True:
        start = old - dice.between(-45, 600) * MINUTE
        end = new + dice.between(-45, 600) * MINUTE
        if minutes_between(change.zone, start, end) > 0:
            return start, end


def ordinary(dice: Dice, zone: str, first: int, last: int) -> tuple[datetime, datetime]:
    grid = dice.pick([60, 30, 15, 15, 1])
    days = (date(last, 12, 31) - date(first, 1, 1)).days
    while True:
        start = datetime(first, 1, 1) + timedelta(days=dice.below(days))
        start += dice.below(24 * 60 // grid) * grid * MINUTE
        hours = dice.between(1, 14) if dice.percent(92) else dice.between(15, 60)
        end = start + timedelta(hours=hours) + dice.below(60 // grid) * grid * MINUTE
        if minutes_between(zone, start, end) > 0:
            return start, end


def price_list(dice: Dice, first: int, last: int) -> Input:
    """A demand without place and time yet."""
    places = dice.pick([2, 2, 3, 4])
    days = (date(last, 12, 31) - date(first, 1, 1)).days
    holidays = {date(first, 1, 1) + timedelta(days=dice.below(days)) for _ in range(dice.between(0, 12))}
    return {
        "zone": "",
        "start": "",
        "end": "",
        "headcount": 0,
        "hourly_rate": decimal(dice.between(10 * 10**places, 60 * 10**places), places),
        "night_percent": dice.pick(["10", "12.5", "20", "25", "30", "33.3333", "50"]),
        "weekend_percent": dice.pick(["10", "25", "37.5", "50", "75"]),
        "holiday_percent": dice.pick(["35", "50", "66.6667", "100", "125", "150"]),
        "overtime_percent": dice.pick(["15", "20", "25", "27.25", "50"]),
        "vat_percent": dice.pick(["0", "5.5", "7.7", "8.1", "19", "20", "21", "25"]),
        "overtime_after_minutes": dice.pick([0, 420, 450, 480, 480, 510, 600, 720]),
        "minimum_minutes": dice.pick([0, 0, 120, 180, 240, 300]),
        "rounding_minutes": dice.pick([1, 5, 6, 10, 15, 15, 30, 60]),
        "holidays": [day.isoformat() for day in sorted(holidays)],
    }


def decimal(units: int, places: int) -> str:
    return f"{units // 10**places}.{units % 10**places:0{places}}"


def demand(dice: Dice, terms: Input, places: list[str], first: int, last: int) -> Input:
    start, end, zone = None, None, ""
    crossing = dice.percent(CROSSING)
    while start is None or end is None:
        zone = dice.pick(places)
        if not crossing:
            start, end = ordinary(dice, zone, first, last)
        elif changes_of(zone, first, last):
            start, end = across(dice, dice.pick(changes_of(zone, first, last)))
    heads = dice.pick([1, 1, 2, 3, 4, 5, 8, 12, 40, 250])
    return {
        **terms,
        "zone": zone,
        "start": start.isoformat(timespec="minutes"),
        "end": end.isoformat(timespec="minutes"),
        "headcount": heads,
    }


def any_inputs(seed: str, count: int) -> Iterator[Input]:
    """Each with its own list, at any place, from 1990 to 2037; one of its holidays is a day of the shift or near."""
    dice = Dice(seed)
    everywhere = canonical_zones()
    for _ in range(count):
        given = demand(dice, price_list(dice, 1990, 2037), everywhere, 1990, 2037)
        near = date.fromisoformat(given["start"][:10]) + timedelta(days=dice.between(0, 2))
        yield {**given, "holidays": [near.isoformat(), *given["holidays"]]}


def measured_inputs(seed: str = "staffgate") -> list[tuple[int, Input]]:
    """The 4,000 demands of the measurements, each with the number of the list that it is priced by."""
    dice = Dice(seed)
    lists = [price_list(dice, 2025, 2027) for _ in range(LISTS)]
    for terms in lists:
        terms["holidays"] = sorted(
            {*terms["holidays"], "2025-12-25", "2025-12-26", "2026-01-01", "2026-12-25", "2026-12-26"}
        )
    numbers = [dice.below(LISTS) for _ in range(DEMANDS)]
    return [(number, demand(dice, lists[number], PLACES, 2025, 2027)) for number in numbers]
