#!/usr/bin/env python3
"""The closing lines of `make test`: how many tests ran in each language, and one line for all of them."""

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "target"


def text(name: str) -> str:
    path = TARGET / name
    return path.read_text("utf-8", errors="replace") if path.exists() else ""


def total(pattern: str, log: str) -> int:
    return sum(int(number) for number in re.findall(pattern, log, re.M))


def main() -> int:
    ran = {
        "rust": total(r"^test result: ok\. (\d+) passed", text("rust-tests.log") + text("worlds-tests.log")),
        "python": total(r"(\d+) passed", text("python-tests.log")),
        "node": total(r"^(?:# |ℹ )pass (\d+)", text("node-tests.log")),
    }
    for language in ["rust", "python", "node"]:
        path = TARGET / "scenario-digests" / f"{language}.json"
        ran[f"stories in {language}"] = len(json.loads(path.read_text())) if path.exists() else 0
    for what, count in ran.items():
        print(f"{what}: {count}")
    missing = [what for what, count in ran.items() if count == 0]
    if missing:
        print(f"nothing ran for: {', '.join(missing)}")
    print(f"{sum(ran.values())} passed, {len(missing)} failed")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
