"""Prices without a portal: the vectors of the reference list, batches, zone data of the host, and bad input."""

from __future__ import annotations

import datetime as dt
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec import structs

from staffgate import Invalid, StaffgateError, pricing
from staffgate.pricing import PriceBook
from staffgate.types import (
    Demand,
    EstimatePriced,
    EstimateTotalsPriced,
    EstimateTotalsRefused,
    EstimateUnpriced,
    Position,
)

from .reference_lists import demand, price_list

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/vectors/reference_list.json").read_text("utf-8"))["cases"]
PLAIN = CASES[0]["input"]
NIGHT = CASES[1]["input"]


def priced(answer: object) -> EstimatePriced:
    assert isinstance(answer, EstimatePriced)
    return answer


def book(given: dict[str, Any] = PLAIN) -> PriceBook:
    return PriceBook("EUR", [price_list(given)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_reference_list(case: dict[str, Any]) -> None:
    given = case["input"]
    answer = priced(book(given).estimate(demand(given)))
    # A line is there if minutes fall under it, at 0 % too; one of no minutes says nothing.
    lines = [
        {
            "code": line.code,
            "minutes": line.minutes,
            "unit_price": f"{line.unit_price:.4f}",
            "amount": str(line.amount),
        }
        for line in answer.lines
        if line.minutes
    ]
    assert lines == [line for line in case["lines"] if line["minutes"]]
    totals = (str(answer.net), str(answer.vat_total), str(answer.total))
    assert totals == (case["net"], case["vat"], case["gross"])


def test_all_cases_are_there() -> None:
    assert len(CASES) == 139


def test_functions_and_books_say_the_same() -> None:
    lists = [price_list(NIGHT)]
    asked = demand(NIGHT)
    alone = pricing.estimate(currency="EUR", lists=lists, demand=asked)
    assert alone == PriceBook("EUR", lists).estimate(asked)
    (together,) = pricing.estimate_batch(currency="EUR", lists=lists, demands=[asked])
    assert together.estimate == alone
    (total,) = pricing.total_batch(currency="EUR", lists=lists, demands=[asked])
    # 22:00 to 06:00 at 24.00, all of it night at 25 %: 192 + 48, and 20 % VAT.
    sums = (Decimal("240.00"), Decimal("48.00"), Decimal("288.00"))
    assert isinstance(total, EstimateTotalsPriced)
    assert (total.net, total.vat_total, total.total) == sums


def test_times_may_be_datetimes() -> None:
    position = Position(headcount=1, start=dt.datetime(2026, 6, 16, 10), end=dt.datetime(2026, 6, 16, 16))
    asked = Demand(zone="Europe/Berlin", positions=[position])
    assert priced(book().estimate(asked)).net == Decimal("144.00")


def test_one_bad_demand_leaves_the_others() -> None:
    good = demand(PLAIN)
    bad = structs.replace(good, positions=[structs.replace(good.positions[0], headcount=10_000_000)])
    unread = cast("Demand", {"zone": "Europe/Berlin", "positions": [{"headcount": "two"}]})
    early = demand({**PLAIN, "start": "1985-06-16T10:00", "end": "1985-06-16T16:00"})
    results = book().estimate_many([good, bad, unread, early, good])
    assert results[0] == results[4]
    assert priced(results[0].estimate).net == Decimal("144.00")
    refused = [results[at].refused for at in (1, 2)]
    assert [(it.code, it.path) for it in refused if it] == [
        ("out_of_range", "positions[0].headcount"),
        ("wrong_type", "positions[0].headcount"),
    ]
    assert isinstance(results[3].estimate, EstimateUnpriced)
    totals = book().totals([good, bad])
    assert isinstance(totals[1], EstimateTotalsRefused)
    assert totals[1].refused.path == "positions[0].headcount"


def test_zone_data_of_the_host() -> None:
    rules = (Path("/usr/share/zoneinfo") / "Europe/Berlin").read_bytes() if _has_zones() else None
    if rules is None:
        pytest.skip("this machine has no zone files")
    own = PriceBook("EUR", [price_list(PLAIN)], zones={"version": "own", "files": {"Europe/Berlin": rules}})
    assert own.zone_data == "own"
    answer = priced(own.estimate(demand(PLAIN)))
    assert (answer.zone_data, answer.net) == ("own", Decimal("144.00"))
    with pytest.raises(Invalid) as unknown:
        own.estimate(demand({**PLAIN, "zone": "Europe/Paris"}))
    assert (unknown.value.code, unknown.value.path) == ("unknown_zone", "zone")
    with pytest.raises(Invalid) as broken:
        PriceBook("EUR", [], zones={"version": "own", "files": {"Europe/Berlin": b"no zone"}})
    assert broken.value.code == "malformed"


def _has_zones() -> bool:
    return (Path("/usr/share/zoneinfo") / "Europe/Berlin").exists()


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"headcount": math.nan}, "wrong_type", "positions[0].headcount"),
        ({"headcount": "one"}, "wrong_type", "positions[0].headcount"),
        ({"headcount": 10_000_000}, "out_of_range", "positions[0].headcount"),
        ({"headcount": 1 << 70}, "wrong_type", "positions[0].headcount"),
        ({"colour": "red"}, "field_unknown", "positions[0].colour"),
        ({"end": "2027-07-21T10:00"}, None, "positions[0].end"),
        ({"start": "9999-12-31T10:00", "end": "9999-12-31T12:00"}, None, "positions[0].start"),
        ({"start": "yesterday"}, "malformed", "positions[0].start"),
        ({"label": object()}, "wrong_type", "positions[0].label"),
        ({"label": "\udcff"}, "wrong_type", "positions[0].label"),
    ],
)
def test_bad_demands(change: dict[str, object], code: str | None, path: str) -> None:
    position = {name: PLAIN[name] for name in ("headcount", "start", "end")} | change
    asked = cast("Demand", {"zone": "Europe/Berlin", "positions": [position]})
    with pytest.raises(Invalid) as refused:
        book().estimate(asked)
    assert refused.value.path == path
    assert code in (None, refused.value.code)


def test_bad_books() -> None:
    def opened(*values: object, **more: object) -> StaffgateError:
        with pytest.raises(Invalid) as refused:
            PriceBook(*values, **more)  # type: ignore[arg-type]
        return refused.value

    assert opened("EURO", []).code == "unknown_currency"
    assert opened("CZK", [price_list(PLAIN)]).path == "lists[0].currency"
    assert opened("EUR", 7).path == "lists"
    assert opened("EUR", [], zones=7).path == "zones"
    assert opened("EUR", [], zones={"version": 7}).path == "zones.version"
    assert opened("EUR", [], zones={"version": "x", "files": {"Europe/Berlin": 7}}).path == "zones.files"


def test_json_alone() -> None:
    with pytest.raises(Invalid) as unknown:
        pricing.compute_json("guess", b"{}")
    assert unknown.value.code == "unknown_operation"
    with pytest.raises(Invalid) as broken:
        pricing.compute_json("estimate", "{")
    assert broken.value.code == "not_json"
