"""Prices without a portal: the vectors of the reference list, batches, zone data of the host, and bad input."""

from __future__ import annotations

import datetime as dt
import json
import math
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec import convert, structs

from staffgate import Invalid, StaffgateError, pricing
from staffgate.pricing import PriceBook
from staffgate.types import (
    Demand,
    EstimatePriced,
    EstimateRange,
    EstimateTotalsPriced,
    EstimateTotalsRefused,
    EstimateUnpriced,
    Position,
    PriceList,
    WorkerAttributes,
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


def every_form_of_answer() -> tuple[PriceList, list[Demand]]:
    """A list and demands that are answered with lines of every unit, with a range, with no price, and refused."""
    each = {"kind": "each", "amount": "12.5"}
    rules = [
        {"id": "base", "rate": {"kind": "per_hour", "amount": "20"}},
        {
            "id": "equal",
            "when": {"worker": {"qualified": True}},
            "rate": {"kind": "per_hour", "amount": "25"},
        },
        {"id": "fee", "component": "fee", "unit": {"kind": "flat"}, "rate": each},
        {"id": "way", "component": "way", "unit": {"kind": "kilometre"}, "rate": each},
    ]
    given = {
        "id": "list-7",
        "currency": "EUR",
        "valid_from": "2026-01-01",
        "vat": {"percent": "19"},
        "components": [{"code": code, "name": code.capitalize()} for code in ("base", "fee", "way")],
        "rules": rules,
    }
    known = demand(PLAIN)
    (position,) = known.positions
    unknown = structs.replace(known, positions=[structs.replace(position, label="Bar", worker=None)])
    worker = WorkerAttributes(qualified=True)
    driven = structs.replace(
        known, positions=[structs.replace(position, worker=worker, kilometres=Decimal("12.5"))]
    )
    early = demand({**PLAIN, "start": "1985-06-16T10:00", "end": "1985-06-16T16:00"})
    refused = structs.replace(known, positions=[structs.replace(position, headcount=10_000_000)])
    return convert(given, PriceList, strict=False), [unknown, driven, early, refused, known]


def test_objects_are_those_that_the_text_says() -> None:
    """A book makes the objects of its answers without text between; the functions read theirs from JSON."""
    for given in [case["input"] for case in CASES]:
        lists, demands = [price_list(given)], [demand(given)]
        assert book(given).estimate_many(demands) == pricing.estimate_batch(
            currency="EUR", lists=lists, demands=demands
        )
    prices, demands = every_form_of_answer()
    own = PriceBook("EUR", [prices])
    results = own.estimate_many(demands)
    assert results == pricing.estimate_batch(currency="EUR", lists=[prices], demands=demands)
    assert own.totals(demands) == pricing.total_batch(currency="EUR", lists=[prices], demands=demands)
    assert [type(one.estimate) for one in results] == [
        EstimateRange,
        EstimatePriced,
        EstimateUnpriced,
        type(None),
        EstimateRange,
    ]
    for one, result in zip(demands, results, strict=True):
        if result.estimate is not None:
            assert own.estimate(one) == result.estimate
    line = priced(results[1].estimate).lines[0]
    assert [type(value) for value in (line.amount, line.from_, line.minutes, line.code)] == [
        Decimal,
        dt.datetime,
        int,
        str,
    ]


def test_threads_share_a_book() -> None:
    demands = [demand(case["input"]) for case in CASES if case["input"]["zone"] == PLAIN["zone"]]
    one = book()
    alone = one.estimate_many(demands)
    with ThreadPoolExecutor(4) as threads:
        assert all(answers == alone for answers in threads.map(one.estimate_many, [demands] * 40))


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
