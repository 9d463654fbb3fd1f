"""The nine rules, one minute at a time: as slow and as plain as possible, so that reading it is checking it.

It looks at the clock of every minute around the shift, and asks of each minute what it is. No edges, no intervals, no
library rule for missing or ambiguous times; money is exact fractions.
"""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from model import Estimate, Input, Line

DAY = 24 * 60
SATURDAY_AND_SUNDAY = (6, 7)


def wall(reading: datetime) -> int:
    """A reading of the clock as a number: minutes since the year 1, as the wall shows them."""
    return reading.toordinal() * DAY + reading.hour * 60 + reading.minute


class Clock:
    """What the clock on the wall reads in each minute, numbered since 1970 UTC, over some days."""

    def __init__(self, zone: str, earliest: datetime, latest: datetime) -> None:
        rules = ZoneInfo(zone)
        epoch = wall(datetime(1970, 1, 1))
        # No place is further than 15 hours from UTC. Eight hours more ahead, because since 1990 no clock was put back
        # by more than seven; and after it three, for rounding.
        first = wall(earliest) - epoch - (15 + 8) * 60
        last = wall(latest) - epoch + (15 + 3) * 60
        self.reading: dict[int, int] = {}
        # The local day runs from the first instant that reads its date. Where the clock is put back over midnight,
        # the evening that comes again belongs to the day that has already begun: the latest date seen so far.
        self.day: dict[int, int] = {}
        latest_day = 0
        for minute in range(first, last):
            reading = wall(datetime.fromtimestamp(minute * 60, rules))
            latest_day = max(latest_day, reading // DAY)
            self.reading[minute] = reading
            self.day[minute] = latest_day

    def minute_of(self, local: datetime) -> int:
        """R1: the earlier of two equal readings; a reading that is jumped over moves forward by the gap."""
        wanted = wall(local)
        before = None
        for minute, reading in self.reading.items():
            if reading == wanted:
                return minute
            if before is not None and before < wanted < reading:
                # The clock jumps from `before` to `reading`, and this minute is the first after the jump.
                gap = reading - before - 1
                return minute + (wanted + gap - reading)
            before = reading
        raise ValueError(f"{local} is not on this clock")

    def date_of(self, minute: int) -> date:
        return date.fromordinal(self.day[minute])

    def hour_of(self, minute: int) -> int:
        return self.reading[minute] % DAY // 60

    def is_night(self, minute: int) -> bool:
        return self.hour_of(minute) >= 22 or self.hour_of(minute) < 6

    def is_weekend(self, minute: int) -> bool:
        return self.date_of(minute).isoweekday() in SATURDAY_AND_SUNDAY


def half_up(value: Fraction, places: int) -> Fraction:
    """To so many decimals; exactly half goes up. All values here are positive."""
    shifted = value * 10**places
    whole = shifted.numerator // shifted.denominator
    if shifted - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole, 10**places)


def written(value: Fraction, places: int) -> str:
    units = value * 10**places
    if units.denominator != 1:
        raise ValueError("round before writing")
    digits = str(units.numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def price(given: Input) -> Estimate:
    start = datetime.fromisoformat(given["start"])
    end = datetime.fromisoformat(given["end"])
    clock = Clock(given["zone"], start, end)
    first = clock.minute_of(start)
    elapsed = clock.minute_of(end) - first
    if elapsed <= 0:
        raise ValueError("the shift ends before it starts")

    worked = elapsed
    while worked % given["rounding_minutes"] != 0:
        worked += 1

    holidays = [date.fromisoformat(day) for day in given["holidays"]]
    night = weekend = holiday = overtime = 0
    for number in range(worked):
        minute = first + number
        if clock.is_night(minute):
            night += 1
        if clock.date_of(minute) in holidays:
            holiday += 1
        elif clock.is_weekend(minute):
            weekend += 1
        if number >= given["overtime_after_minutes"]:
            overtime += 1
    missing = max(given["minimum_minutes"] - worked, 0)

    rate = Fraction(given["hourly_rate"])

    def share(percent: str) -> Fraction:
        return half_up(rate * Fraction(percent) / 100, 4)

    lines: list[Line] = []
    net = Fraction(0)
    for code, minutes, unit_price in [
        ("base", worked, rate),
        ("minimum", missing, rate),
        ("night", night, share(given["night_percent"])),
        ("weekend", weekend, share(given["weekend_percent"])),
        ("holiday", holiday, share(given["holiday_percent"])),
        ("overtime", overtime, share(given["overtime_percent"])),
    ]:
        if minutes == 0 and code != "base":
            continue
        together = minutes * given["headcount"]
        amount = half_up(together * unit_price / 60, 2)
        net += amount
        lines.append(
            {
                "code": code,
                "minutes": together,
                "unit_price": written(unit_price, 4),
                "amount": written(amount, 2),
            }
        )
    vat = half_up(net * Fraction(given["vat_percent"]) / 100, 2)
    return {"lines": lines, "net": written(net, 2), "vat": written(vat, 2), "gross": written(net + vat, 2)}
