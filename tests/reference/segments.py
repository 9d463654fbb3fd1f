"""The nine rules as a careful engineer would write them for one product: segment by segment, with decimal and zoneinfo.

It shares nothing with `minutes.py`, which is compared with it over thousands of random inputs, and it is what the
measurements call "plain Python".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Self
from zoneinfo import ZoneInfo

from model import Estimate, Input

CENT = Decimal("0.01")
UNIT_PRICE = Decimal("0.0001")
HUNDRED = Decimal(100)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NIGHT_STARTS = time(22)
NIGHT_ENDS = time(6)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """A price list, read once."""

    hourly_rate: Decimal
    night_price: Decimal
    weekend_price: Decimal
    holiday_price: Decimal
    overtime_price: Decimal
    vat_percent: Decimal
    overtime_after: int
    minimum: int
    rounding: int
    holidays: frozenset[date]

    @classmethod
    def of(cls, given: Input) -> Self:
        rate = Decimal(given["hourly_rate"])

        def share(percent: str) -> Decimal:
            return (rate * Decimal(percent) / HUNDRED).quantize(UNIT_PRICE, ROUND_HALF_UP)

        return cls(
            hourly_rate=rate.quantize(UNIT_PRICE),
            night_price=share(given["night_percent"]),
            weekend_price=share(given["weekend_percent"]),
            holiday_price=share(given["holiday_percent"]),
            overtime_price=share(given["overtime_percent"]),
            vat_percent=Decimal(given["vat_percent"]),
            overtime_after=given["overtime_after_minutes"],
            minimum=given["minimum_minutes"],
            rounding=given["rounding_minutes"],
            holidays=frozenset(date.fromisoformat(day) for day in given["holidays"]),
        )


@dataclass(frozen=True, slots=True)
class Demand:
    """What a client asks for; times are local at the site."""

    zone: ZoneInfo
    start: datetime
    end: datetime
    headcount: int

    @classmethod
    def of(cls, given: Input) -> Self:
        return cls(
            zone=ZoneInfo(given["zone"]),
            start=datetime.fromisoformat(given["start"]),
            end=datetime.fromisoformat(given["end"]),
            headcount=given["headcount"],
        )


@dataclass(frozen=True, slots=True)
class PricedLine:
    code: str
    minutes: int
    unit_price: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Priced:
    lines: list[PricedLine]
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch within one local day and on one side of the night's edges."""

    minutes: int
    day: date
    night: bool


def instant(zone: ZoneInfo, local: datetime) -> datetime:
    """With fold 0, zoneinfo takes the first of two readings, and the offset before the gap for a missing one."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def offset_at(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    if offset is None:
        raise ValueError("a zone without offset")
    return offset


def clock_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first minute with another offset than `before`, given that `after` has another one."""
    old = offset_at(zone, before)
    low, high = 0, (after - before) // MINUTE
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, before + middle * MINUTE) == old:
            low = middle
        else:
            high = middle
    return before + high * MINUTE


def next_edge(local: datetime) -> datetime:
    """The next 06:00, 22:00 or midnight on the wall."""
    midnight = datetime.combine(local.date(), time.min)
    if local.time() < NIGHT_ENDS:
        return midnight + timedelta(hours=6)
    if local.time() < NIGHT_STARTS:
        return midnight + timedelta(hours=22)
    return midnight + DAY


def segments(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Segment]:
    """Cut at the edges on the wall and at clock changes; within a segment the offset stays as it is."""
    # A day begins when its date is first read, and a clock that is put back does not take it away again.
    before = start - DAY
    day = before.astimezone(zone).date()
    if offset_at(zone, before) != offset_at(zone, start):
        change = clock_change(zone, before, start)
        day = max(day, (change - MINUTE).astimezone(zone).date())
    moment = start
    while moment < end:
        offset = offset_at(zone, moment)
        local = moment.replace(tzinfo=None) + offset
        until = min(moment + (next_edge(local) - local), end)
        if offset_at(zone, until) != offset:
            until = clock_change(zone, moment, until)
        day = max(day, local.date())
        night = local.time() >= NIGHT_STARTS or local.time() < NIGHT_ENDS
        yield Segment((until - moment) // MINUTE, day, night)
        moment = until


def estimate(terms: Terms, demand: Demand) -> Priced:
    start = instant(demand.zone, demand.start)
    elapsed = (instant(demand.zone, demand.end) - start) // MINUTE
    if elapsed <= 0:
        raise ValueError("the shift ends before it starts")
    worked = -(-elapsed // terms.rounding) * terms.rounding
    night = weekend = holiday = 0
    for segment in segments(demand.zone, start, start + worked * MINUTE):
        if segment.night:
            night += segment.minutes
        if segment.day in terms.holidays:
            holiday += segment.minutes
        elif segment.day.weekday() >= SATURDAY:
            weekend += segment.minutes
    lines = []
    net = Decimal(0)
    for code, minutes, unit_price in (
        ("base", worked, terms.hourly_rate),
        ("minimum", max(terms.minimum - worked, 0), terms.hourly_rate),
        ("night", night, terms.night_price),
        ("weekend", weekend, terms.weekend_price),
        ("holiday", holiday, terms.holiday_price),
        ("overtime", max(worked - terms.overtime_after, 0), terms.overtime_price),
    ):
        if minutes or code == "base":
            minutes *= demand.headcount
            amount = (minutes * unit_price / 60).quantize(CENT, ROUND_HALF_UP)
            lines.append(PricedLine(code, minutes, unit_price, amount))
            net += amount
    vat = (net * terms.vat_percent / HUNDRED).quantize(CENT, ROUND_HALF_UP)
    return Priced(lines, net, vat, net + vat)


def price(given: Input) -> Estimate:
    """The same question and answer as `minutes.price`."""
    priced = estimate(Terms.of(given), Demand.of(given))
    return {
        "lines": [
            {
                "code": line.code,
                "minutes": line.minutes,
                "unit_price": str(line.unit_price),
                "amount": str(line.amount),
            }
            for line in priced.lines
        ],
        "net": str(priced.net),
        "vat": str(priced.vat),
        "gross": str(priced.gross),
    }
