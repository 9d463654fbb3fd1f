"""The speed of a careful program in plain Python, on the 4,000 demands of `tests/vectors/reference_inputs.json.gz`.

Lists and demands are read before the clock starts; measured is what it takes to price. Before that, every case of
the reference list must come out right.
"""

import gzip
import json
import sys
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "reference"))

from segments import Demand, Terms, estimate, price  # noqa: E402

SECONDS = 3.0


def mismatches() -> int:
    cases = json.loads((ROOT / "tests/vectors/reference_list.json").read_text("utf-8"))["cases"]
    return sum(
        price(case["input"]) != {key: case[key] for key in ("lines", "net", "vat", "gross")} for case in cases
    )


def main() -> None:
    wrong = mismatches()
    packed = (ROOT / "tests/vectors/reference_inputs.json.gz").read_bytes()
    wanted = json.loads(gzip.decompress(packed))
    lists: dict[int, Terms] = {}
    for given in wanted["inputs"]:
        lists.setdefault(given["list"], Terms.of(given))
    work = [(lists[given["list"]], Demand.of(given)) for given in wanted["inputs"]]
    best = 0.0
    gross = Decimal(0)
    began = time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        round_began = time.perf_counter()
        gross = sum((estimate(terms, demand).gross for terms, demand in work), Decimal(0))
        best = max(best, len(work) / (time.perf_counter() - round_began))
    wrong += str(gross) != wanted["sums"]["gross"]
    print(json.dumps({"peer": "python", "per_second": round(best), "gross": str(gross), "mismatches": wrong}))
    if wrong:
        sys.exit("the plain Python program does not agree with the vectors")


if __name__ == "__main__":
    main()
