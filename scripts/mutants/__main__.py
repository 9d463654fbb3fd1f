"""Which changes to what decides who sees what no test notices.

Without arguments all of them; `--file core/src/access/page.rs` and `--re PATTERN` choose some, and SHARD=3/20 in the
environment the fourth of twenty parts.
"""

import argparse
import os
import re
import sys
import tomllib
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

from .alone import try_alone
from .build import NO_CODE, Copy
from .listing import Mutant, listed
from .run import Outcome, measure, try_all

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "target/mutants"
ACCEPTED = ROOT / "tests/mutants-accepted.toml"


def main() -> int:
    options = arguments()
    PLACE.mkdir(parents=True, exist_ok=True)
    mutants = listed(ROOT, ROOT / "target/tools/bin/cargo-mutants")
    copy = Copy(ROOT, PLACE, mutants)
    copy.prepare()
    programs = measure(copy.build(), PLACE)
    wanted = chosen(mutants, options)
    outcomes = try_all([one for one in wanted if one.number not in copy.dropped], programs, tell)
    left_out = [one for one in wanted if one.number in copy.dropped]
    alone = [one for one in left_out if copy.dropped[one.number] != NO_CODE]
    outcomes += try_alone(copy, alone, tell)
    return report(outcomes, [(one, NO_CODE) for one in left_out if one not in alone])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("--file", action="append", default=[], help="a path, or a pattern of paths")
    parser.add_argument("--re", action="append", default=[], help="a pattern of descriptions")
    return parser.parse_args()


def chosen(mutants: list[Mutant], options: argparse.Namespace) -> list[Mutant]:
    part, parts = map(int, os.environ.get("SHARD", "0/1").split("/"))
    wanted = [one for one in mutants if matches(one, options.file, options.re)]
    return wanted[part::parts]


def matches(one: Mutant, files: list[str], patterns: list[str]) -> bool:
    return (not files or any(fnmatch(one.file, file) for file in files)) and (
        not patterns or any(re.search(pattern, one.text) for pattern in patterns)
    )


def tell(outcome: Outcome) -> None:
    by = f" by {outcome.by}" if outcome.by else ""
    what = outcome.what.upper() if outcome.survived else outcome.what
    print(f"{what}{by}: {outcome.mutant.text}", flush=True)


def report(outcomes: list[Outcome], left_out: list[tuple[Mutant, str]]) -> int:
    accepted = reasons()
    survivors = [one for one in outcomes if one.survived]
    open_ones = [one for one in survivors if one.mutant.name not in accepted]
    tried = {one.mutant.name for one in outcomes}
    stale = sorted(set(accepted) & tried - {one.mutant.name for one in survivors})
    stale += sorted(
        set(accepted) - {one.name for one in listed(ROOT, ROOT / "target/tools/bin/cargo-mutants")}
    )
    lines = [f"{one.what}{' by ' * bool(one.by)}{one.by}: {one.mutant.text}" for one in outcomes]
    lines += [f"not in the build, {reason}: {one.text}" for one, reason in left_out]
    (PLACE / "outcomes.txt").write_text("\n".join(sorted(lines)) + "\n")
    counts = Counter(one.what for one in outcomes) + Counter(f"left out ({why})" for _, why in left_out)
    print("\n" + ", ".join(f"{what}: {count}" for what, count in sorted(counts.items())))
    for one in open_ones:
        print(f"no test notices: {one.mutant.text}")
    for name in stale:
        print(f"accepted, but noticed or not there any more: {name}")
    reasoned = len(survivors) - len(open_ones)
    print(f"{len(open_ones)} survived, {reasoned} more for a reason; all of it: target/mutants/outcomes.txt")
    return int(bool(open_ones or stale))


def reasons() -> dict[str, str]:
    """What may survive, and why it makes no difference."""
    entries = tomllib.loads(ACCEPTED.read_text("utf-8")).get("accepted", [])
    return {entry["pattern"]: entry["reason"] for entry in entries}


if __name__ == "__main__":
    sys.exit(main())
