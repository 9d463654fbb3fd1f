"""One case of the reference list: a question, why it is asked, and the net total that a person worked out on paper."""

from dataclasses import dataclass

from model import Input


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    why: str
    given: Input
    net: str


def case(
    name: str,
    net: str,
    why: str,
    span: str,
    zone: str = "Europe/Berlin",
    heads: int = 1,
    rate: str = "24.00",
    night: str = "25",
    weekend: str = "50",
    holiday: str = "100",
    overtime: str = "25",
    vat: str = "20",
    after: int = 480,
    minimum: int = 0,
    step: int = 1,
    holidays: str = "",
) -> Case:
    """`span` is `start end`. What is not said is 24.00 an hour, night +6.00, weekend +12.00, holiday +24.00,
    overtime after 8 hours +6.00, so that sums are easy on paper."""
    start, end = span.split()
    return Case(
        name,
        why,
        {
            "zone": zone,
            "start": start,
            "end": end,
            "headcount": heads,
            "hourly_rate": rate,
            "night_percent": night,
            "weekend_percent": weekend,
            "holiday_percent": holiday,
            "overtime_percent": overtime,
            "vat_percent": vat,
            "overtime_after_minutes": after,
            "minimum_minutes": minimum,
            "rounding_minutes": step,
            "holidays": holidays.split(),
        },
        net,
    )
