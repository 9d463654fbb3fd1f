"""What goes into and comes out of the nine rules of the reference list, and the zone data that both programs read.

Only shapes and zone files live here. Every rule is written twice, in `minutes.py` and in `segments.py`, and neither
imports the other.
"""

import importlib
import zoneinfo
from typing import TypedDict

RELEASE = "2026e"


class Input(TypedDict):
    """One demand with the figures of its price list. Decimals are strings, times are local at the site."""

    zone: str
    start: str
    end: str
    headcount: int
    hourly_rate: str
    night_percent: str
    weekend_percent: str
    holiday_percent: str
    overtime_percent: str
    vat_percent: str
    overtime_after_minutes: int
    minimum_minutes: int
    rounding_minutes: int
    holidays: list[str]


class Line(TypedDict):
    """`minutes` are those of all heads together."""

    code: str
    minutes: int
    unit_price: str
    amount: str


class Estimate(TypedDict):
    lines: list[Line]
    net: str
    vat: str
    gross: str


def use_pinned_zone_data() -> None:
    """Without this, zoneinfo prefers the machine's files, whose release nobody knows."""
    zoneinfo.reset_tzpath(to=())
    found = importlib.import_module("tzdata").IANA_VERSION
    if found != RELEASE:
        raise SystemExit(f"install tzdata from requirements.txt: need IANA release {RELEASE}, found {found}")


use_pinned_zone_data()
