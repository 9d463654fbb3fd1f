"""The speed of prices alone, against a careful program in plain Python on the same 4,000 demands in the same run.

The plain program has its lists and demands read before the clock starts. Ours reads demands and writes answers within
it, as it does in use; its lists are read once.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "bindings-python"), str(ROOT / "tests/reference")]

from tests.reference_lists import demand, price_list  # noqa: E402

from staffgate.pricing import PriceBook  # noqa: E402
from staffgate.types import Demand, EstimatePriced, EstimateTotalsPriced  # noqa: E402

BATCH = 1000
ROUNDS = 5

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


def summed(answers: Iterator[Any], kind: type) -> Sums:
    sums = {"net": Decimal(0), "vat": Decimal(0), "gross": Decimal(0)}
    for answer in answers:
        assert isinstance(answer, kind), answer
        sums["net"] += answer.net
        sums["vat"] += answer.vat_total
        sums["gross"] += answer.total
    return sums


def best(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    from segments import Demand as PlainDemand
    from segments import Terms, estimate

    packed = (ROOT / "tests/vectors/reference_inputs.json.gz").read_bytes()
    wanted = json.loads(gzip.decompress(packed))
    inputs = wanted["inputs"]
    terms = {given["list"]: Terms.of(given) for given in inputs}
    plain = [(terms[given["list"]], PlainDemand.of(given)) for given in inputs]
    work = batches(inputs)

    def by_totals() -> list[Any]:
        return [one for book, demands in work for one in book.totals(demands)]

    def by_lines() -> list[Any]:
        return [one.estimate for book, demands in work for one in book.estimate_many(demands)]

    def one_by_one() -> list[Any]:
        return [book.estimate(one) for book, demands in work for one in demands]

    ways: list[tuple[str, Callable[[], list[Any]], type, int]] = [
        (f"totals, batches of up to {BATCH}", by_totals, EstimateTotalsPriced, 10),
        (f"lines as objects, batches of up to {BATCH}", by_lines, EstimatePriced, 5),
        ("lines as objects, one by one", one_by_one, EstimatePriced, 4),
    ]
    mismatches = 0
    for _, way, kind, _ in ways:
        sums = summed(iter(way()), kind)
        mismatches += sum(str(sums[name]) != wanted["sums"][name] for name in sums)
    times = {name: float("inf") for name, *_ in ways} | {"plain": float("inf")}
    for _ in range(ROUNDS):
        times["plain"] = min(times["plain"], best(lambda: [estimate(*one) for one in plain]))
        for name, way, _, _ in ways:
            times[name] = min(times[name], best(way))
    each = 1e6 / len(inputs)
    print(f"plain Python: {times['plain'] * each:.1f} us")
    for name, _, _, required in ways:
        ratio = times["plain"] / times[name]
        print(f"{name}: {times[name] * each:.2f} us; {ratio:.1f} times as fast (required {required})")
    print(f"{mismatches} mismatches with the sums of the vectors")
    if mismatches:
        sys.exit(1)


if __name__ == "__main__":
    main()
