"""The speed of prices alone, against a careful program in plain Python on the same 4,000 demands in the same run.

Both sides have their lists read before the clock starts, and both get demands as a platform has them: the zone's name
and local times as texts.
"""

from __future__ import annotations

import gzip
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "bindings-python"), str(ROOT / "tests/reference")]

from tests.reference_lists import demand, price_list  # noqa: E402

from staffgate.pricing import PriceBook  # noqa: E402
from staffgate.types import Demand, EstimatePriced, EstimateTotalsPriced  # noqa: E402

BATCH = 1000
ROUNDS = 7

Sums = dict[str, Decimal]
Work = list[tuple[PriceBook, list[Demand]]]


def batches(inputs: list[dict[str, Any]]) -> Work:
    """The demands of each list, at most a thousand at once."""
    grouped: dict[int, list[dict[str, Any]]] = {}
    for given in inputs:
        grouped.setdefault(given["list"], []).append(given)
    work: Work = []
    for of_list in grouped.values():
        book = PriceBook("EUR", [price_list(of_list[0])])
        demands = [demand(given) for given in of_list]
        work += [(book, demands[at : at + BATCH]) for at in range(0, len(demands), BATCH)]
    return work


def summed(answers: Iterable[Any]) -> Sums:
    sums = {"net": Decimal(0), "vat": Decimal(0), "gross": Decimal(0)}
    for answer in answers:
        assert isinstance(answer, EstimatePriced | EstimateTotalsPriced), answer
        sums["net"] += answer.net
        sums["vat"] += answer.vat_total
        sums["gross"] += answer.total
    return sums


def least(pieces: Sequence[Callable[[], object]]) -> float:
    """The sum of the least times of all pieces: what else runs on the machine can only make a piece longer."""
    times = [float("inf")] * len(pieces)
    for _ in range(ROUNDS):
        for at, piece in enumerate(pieces):
            began = time.perf_counter()
            piece()
            times[at] = min(times[at], time.perf_counter() - began)
    return sum(times)


def main() -> None:
    # The plain program stands beside the vectors, outside of any package.
    peer: Any = importlib.import_module("segments")
    packed = (ROOT / "tests/vectors/reference_inputs.json.gz").read_bytes()
    wanted = json.loads(gzip.decompress(packed))
    inputs = wanted["inputs"]
    terms = {given["list"]: peer.Terms.of(given) for given in inputs}
    plain = [(terms[given["list"]], given) for given in inputs]
    work = batches(inputs)
    short = [(book, demands[at : at + 50]) for book, demands in work for at in range(0, len(demands), 50)]

    def by_totals(book: PriceBook, demands: list[Demand]) -> Sequence[Any]:
        return book.totals(demands)

    def by_lines(book: PriceBook, demands: list[Demand]) -> Sequence[Any]:
        return [one.estimate for one in book.estimate_many(demands)]

    def one_by_one(book: PriceBook, demands: list[Demand]) -> Sequence[Any]:
        return [book.estimate(one) for one in demands]

    ways: list[tuple[str, Callable[[PriceBook, list[Demand]], Sequence[Any]], Work, int]] = [
        (f"totals, batches of up to {BATCH}", by_totals, work, 10),
        (f"lines as objects, batches of up to {BATCH}", by_lines, work, 5),
        ("lines as objects, one by one", one_by_one, short, 4),
    ]
    mismatches = 0
    for _, way, parts, _ in ways:
        sums = summed(one for part in parts for one in way(*part))
        mismatches += sum(str(sums[name]) != wanted["sums"][name] for name in sums)

    def peers(at: int) -> list[Any]:
        return [peer.estimate(terms, peer.Demand.of(given)) for terms, given in plain[at : at + 50]]

    pieces = [partial(peers, at) for at in range(0, len(plain), 50)]
    times = {"plain": least(pieces)}
    # Python keeps eight zones by itself; a program can also keep all that it ever used.
    zones = {given["zone"]: ZoneInfo(given["zone"]) for given in inputs}
    times["keeping"] = least(pieces)
    for name, way, parts, _ in ways:
        times[name] = least([partial(way, *part) for part in parts])
    each = 1e6 / len(inputs)
    print(
        f"plain Python: {times['plain'] * each:.1f} us; with {len(zones)} zones kept: {times['keeping'] * each:.1f} us"
    )
    for name, _, _, required in ways:
        ratio, keeping = times["plain"] / times[name], times["keeping"] / times[name]
        print(f"{name}: {times[name] * each:.2f} us; {ratio:.1f} times as fast (required {required})", end="")
        print(f", {keeping:.1f} times with zones kept")
    print(f"{mismatches} mismatches with the sums of the vectors")
    if mismatches:
        sys.exit(1)


if __name__ == "__main__":
    main()
