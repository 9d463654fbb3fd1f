"""The price list that the vectors in `tests/vectors` describe by a handful of figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import convert

from staffgate.types import Demand, Position, PriceList

_NAMES = ["base", "minimum", "night", "weekend", "holiday", "overtime"]


def demand(given: dict[str, Any]) -> Demand:
    position = Position(headcount=given["headcount"], start=given["start"], end=given["end"])
    return Demand(zone=given["zone"], positions=[position])


def price_list(given: dict[str, Any]) -> PriceList:
    """Nine rules: minimum call, night, weekend and holiday, overtime in the shift, rounding up."""
    return convert(_as_json(given), PriceList, strict=False)


def _as_json(given: dict[str, Any]) -> dict[str, Any]:
    def premium(code: str, percent: str, **more: object) -> dict[str, Any]:
        rate = {"kind": "percent", "percent": percent, "of": ["base"]}
        return {"id": code, "component": code, "rate": rate, **more}

    hourly = {"kind": "per_hour", "amount": given["hourly_rate"]}
    minimum = {"kind": "minimum_call", "minutes": given["minimum_minutes"]}
    after = {"kind": "in_shift_after", "minutes": given["overtime_after_minutes"]}
    weekend = {"weekdays": ["saturday", "sunday"], "holiday": False}
    return {
        "id": f"list-{given.get('list', 0)}",
        "currency": "EUR",
        "valid_from": "1990-01-01",
        "vat": {"percent": given["vat_percent"]},
        "components": [{"code": code, "name": code.capitalize()} for code in _NAMES],
        "calendar": {
            "windows": [{"code": "night", "from": "22:00", "to": "06:00"}],
            "holidays": [_holiday(day) for day in given["holidays"]],
        },
        "policies": {
            # Every premium is added to the others.
            "stacking": [],
            "rounding": {
                "kind": "duration",
                "mode": {"kind": "up"},
                "step_minutes": given["rounding_minutes"],
            },
        },
        "rules": [
            {"id": "base", "rate": hourly},
            {"id": "minimum", "component": "minimum", "unit": minimum, "rate": hourly},
            premium("night", given["night_percent"], when={"window": "night"}),
            premium("weekend", given["weekend_percent"], when=weekend),
            premium("holiday", given["holiday_percent"], when={"holiday": True}),
            premium("overtime", given["overtime_percent"], unit=after),
        ],
    }


def _holiday(day: str) -> dict[str, str]:
    behind = dt.date.fromisoformat(day) + dt.timedelta(days=1)
    return {"name": "Holiday", "from": f"{day}T00:00", "to": f"{behind}T00:00"}
