"""Makes the calls of `tests/tests/noninterference` again through the Python package.

Two worlds differ only in what a client must not learn. The file that the Rust test has written says what happens in
which world; after two calls of an observer it says what Rust answered, and both worlds have to answer this here.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from staffgate import MemoryStore, Portal, StaffgateError

RECORD = Path(__file__).parents[3] / "target/noninterference.jsonl"


def answer(portal: Portal, call: dict[str, object]) -> str:
    """All that a caller can tell."""
    try:
        return portal.run_json(json.dumps(call, ensure_ascii=False).encode()).decode()
    except StaffgateError as error:
        return f"refused {error.code} {error.path} {error.message} {sorted(error.details.items())}"


def test_a_client_gets_the_same_bytes_whatever_it_must_not_learn() -> None:
    if not RECORD.exists():
        pytest.fail(f"{RECORD} is not there: `make worlds` writes it", pytrace=False)
    portals: list[Portal] = []
    last: list[str] = []
    pairs = 0
    with RECORD.open(encoding="utf-8") as lines:
        for number, text in enumerate(lines, start=1):
            line = json.loads(text)
            if "worlds" in line:
                portals = [Portal(MemoryStore()) for _ in range(2)]
            elif "call" in line:
                last = [*last[-1:], answer(portals[line["side"]], line["call"])]
            else:
                one, other = last
                assert one == other, f"line {number}: the worlds can be told apart"
                if line["told"] is None:
                    assert one.startswith(f"refused {line['refused']} "), f"line {number}"
                else:
                    assert one == line["told"], f"line {number}: not what Rust answered"
                pairs += 1
    assert pairs >= 2_000, f"only {pairs} pairs were recorded"
