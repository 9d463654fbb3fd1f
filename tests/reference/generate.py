"""Writes the files in `tests/vectors` with the minute-by-minute program.

`python tests/reference/generate.py [FOLDER]`; the folder is `tests/vectors` unless named.
"""

import gzip
import json
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path

import clocks
import minutes
from cases import CASES
from model import RELEASE, Estimate, Input
from random_inputs import measured_inputs

VECTORS = Path(__file__).parents[1] / "vectors"

ABOUT_CASES = (
    "Estimates under the nine rules R1 to R9 of the reference list, computed minute by minute by "
    "tests/reference/minutes.py; every net total was also worked out on paper."
)
ABOUT_INPUTS = (
    "Demands for measuring speed, under eight price lists (`list` numbers them), 15 % of them across a clock change. "
    "`sums` are those of all estimates, computed minute by minute by tests/reference/minutes.py."
)


def reference_list() -> str:
    rows = []
    for case in CASES:
        estimate = minutes.price(case.given)
        if estimate["net"] != case.net:
            raise SystemExit(f"{case.id}: {case.net} on paper, {estimate['net']} by the program")
        rows.append({"id": case.id, "why": case.why, "input": case.given, **estimate})
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    head = f'"about": {json.dumps(ABOUT_CASES)},\n"tzdata": "{RELEASE}"'
    return f'{{{head},\n"cases": [\n{body}\n]}}\n'


def sums(estimates: Iterable[Estimate]) -> dict[str, str]:
    net = vat = gross = Decimal(0)
    for estimate in estimates:
        net += Decimal(estimate["net"])
        vat += Decimal(estimate["vat"])
        gross += Decimal(estimate["gross"])
    return {"net": str(net), "vat": str(vat), "gross": str(gross)}


def reference_inputs() -> str:
    rows: list[tuple[int, Input]] = measured_inputs()
    with ProcessPoolExecutor() as pool:
        total = sums(pool.map(minutes.price, [given for _, given in rows], chunksize=100))
    body = ",\n".join(json.dumps({"list": number, **given}, separators=(",", ":")) for number, given in rows)
    head = f'"about": {json.dumps(ABOUT_INPUTS)},\n"tzdata": "{RELEASE}",\n"sums": {json.dumps(total)}'
    return f'{{{head},\n"inputs": [\n{body}\n]}}\n'


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reference_list.json").write_text(reference_list(), "utf-8")
    # Without name and time in it, the same content gives the same file.
    packed = gzip.compress(reference_inputs().encode(), 9, mtime=0)
    (folder / "reference_inputs.json.gz").write_bytes(packed)
    with (folder / "clock_changes.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in clocks.sample())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else VECTORS)
