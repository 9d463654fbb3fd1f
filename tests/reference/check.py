"""Do the two programs agree, and are the committed files what they write?

`python tests/reference/check.py [COUNT] [SEED]` compares the programs over so many random inputs (2,000 unless named)
and regenerates `tests/vectors` into a temporary folder.
"""

import gzip
import json
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import generate
import minutes
import segments
from cases import CASES
from model import Estimate, Input
from random_inputs import any_inputs, measured_inputs


def both(given: Input) -> tuple[Input, Estimate, Estimate]:
    return given, minutes.price(given), segments.price(given)


def disagreements(seed: str, count: int) -> int:
    """Hand-made cases, random inputs of any kind, and a part of those of the measurements."""
    inputs = [case.given for case in CASES]
    inputs += any_inputs(seed, count)
    inputs += [given for _, given in measured_inputs()][:500]
    found = 0
    with ProcessPoolExecutor() as pool:
        for given, slow, careful in pool.map(both, inputs, chunksize=100):
            if slow != careful:
                found += 1
                print(f"the programs disagree on {given}\n  minutes:  {slow}\n  segments: {careful}")
    print(f"minutes and segments: {len(inputs)} inputs, {found} disagreements")
    return found


def clock_disagreements(path: Path) -> int:
    """The rows of the clock oracle, counted once more segment by segment."""
    found = count = 0
    for line in path.read_text("utf-8").splitlines()[1:]:
        row = json.loads(line)
        zone = ZoneInfo(row["zone"])
        start = segments.instant(zone, datetime.fromisoformat(row["start"]))
        end = segments.instant(zone, datetime.fromisoformat(row["end"]))
        days: Counter[str] = Counter()
        night = 0
        for segment in segments.segments(zone, start, end):
            days[segment.day.isoformat()] += segment.minutes
            night += segment.minutes if segment.night else 0
        count += 1
        if (dict(days), night, days.total()) != (row["days"], row["night"], row["elapsed"]):
            found += 1
            print(f"the programs disagree on {line}")
    print(f"clock changes: {count} rows, {found} disagreements")
    return found


def content(path: Path) -> bytes:
    """Packed files are compared unpacked, because compressors differ between versions."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def stale(committed: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        generate.write(fresh)
        made = sorted(path.name for path in fresh.iterdir())
        missing = [name for name in made if not (committed / name).exists()]
        changed = [
            name
            for name in made
            if name not in missing and content(committed / name) != content(fresh / name)
        ]
    print(f"vectors: {len(made)} files, {len(missing)} missing, {len(changed)} changed")
    return missing + changed


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    failed = disagreements(sys.argv[2] if len(sys.argv) > 2 else "both programs", how_many)
    failed += clock_disagreements(generate.VECTORS / "clock_changes.jsonl")
    old = stale(generate.VECTORS)
    if failed or old:
        sys.exit(f"run tests/reference/generate.py for {old}" if old else "the programs disagree")
