"""How long the package takes, as ratios to the standard library inside one run.

    STAFFGATE_PROFILE=release scripts/python-setup.sh && .venv/bin/python bindings-python/bench/speed.py

1. One trivial operation over `MemoryStore`, against the JSON round trip (`dumps` and `loads`) of the same input and
   reply. Beside it, for strict readers: against `dumps` of the input and `loads` of the reply alone.
2. A page of 1,000 shift views from SQLite into typed objects, against reading the same rows with `sqlite3` and
   parsing their JSON, although every view was authorised and filtered.

With `--json` the figures come as one JSON object.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from staffgate import MemoryStore, Portal, Session
from staffgate.types import (
    Delivery,
    NewSite,
    Order,
    PageRequest,
    PositionRequest,
    PriceScopeBasic,
    ShiftRequest,
    SkillRate,
)

AGENCY = uuid.UUID("0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11")
ROUNDS = 15
SHIFTS = 1000
SHIFTS_PER_ORDER = 100


def compare(
    ours: Callable[[], object], theirs: Callable[[], object], calls: int
) -> tuple[float, float, float]:
    """Seconds per call of both, in turns, and the median of the ratios: a busy machine slows both alike."""
    pairs = []
    for _ in range(ROUNDS):
        gc.collect()
        pairs.append((clock(ours, calls), clock(theirs, calls)))
    ratio = statistics.median(mine / other for mine, other in pairs)
    return min(mine for mine, _ in pairs), min(other for _, other in pairs), ratio


def clock(work: Callable[[], object], calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        work()
    return (time.perf_counter() - start) / calls


def trivial(whole: bool) -> tuple[float, float, float]:
    operator = Portal(MemoryStore()).as_operator(AGENCY)
    operator.agencies.create(name="Northlight Staffing", currency="EUR")
    text = operator.run_json("agencies.get").decode()
    reply = json.loads(text)

    def round_trip() -> None:
        json.loads(json.dumps({}))
        json.loads(json.dumps(reply))

    def half_of_it() -> None:
        json.dumps({})
        json.loads(text)

    return compare(operator.agencies.get, round_trip if whole else half_of_it, 4000)


def order_many(operator: Session, portal: Portal) -> tuple[uuid.UUID, uuid.UUID]:
    """1,000 shifts with two positions each, ordered by a client and accepted by the agency: the client, who ordered."""
    operator.agencies.create(name="Northlight Staffing", currency="EUR")
    operator.agencies.switch_portal(on=True)
    skill = operator.skills.create(name="Waiter").id
    operator.agencies.set_ordering(skills=[skill])
    today = dt.date.today()
    rates = [
        SkillRate(skill=skill, per_hour=Decimal("24.50")),
        SkillRate(skill=skill, role="lead", per_hour=Decimal("31.00")),
    ]
    operator.price_lists.publish(
        scope=PriceScopeBasic(), valid_from=today, vat_percent=Decimal("19"), rates=rates
    )
    client = operator.clients.create(
        name="Grand Hotel Astoria", sites=[NewSite(name="House", zone="Europe/Berlin")]
    )
    operator.clients.set_auto_accept(client=client.id, on=True)
    invitation = operator.clients.enable_access(
        client=client.id, delivery=Delivery(base_url="https://portal.example/join", send_now=False)
    )
    assert invitation.token is not None
    joined = portal.as_guest(AGENCY).users.join(
        token=invitation.token,
        password="nine purple lanterns at dusk",
        name="Anna",
        email="anna@astoria.example",
    )
    anna = portal.as_user(AGENCY, joined.user)
    positions = [
        PositionRequest(skill=skill, headcount=3),
        PositionRequest(skill=skill, role="lead", headcount=1),
    ]
    first = dt.datetime.combine(today, dt.time(16)) + dt.timedelta(days=2)
    for part in range(SHIFTS // SHIFTS_PER_ORDER):
        starts = [first + dt.timedelta(days=day, minutes=part) for day in range(SHIFTS_PER_ORDER)]
        shifts = [
            ShiftRequest(start=start, end=start + dt.timedelta(hours=6), positions=positions)
            for start in starts
        ]
        anna.mandates.submit(
            client=client.id, order=Order(name=f"Season {part}", site=client.sites[0].id, shifts=shifts)
        )
    return client.id, joined.user


def page_of_shifts(folder: Path) -> tuple[float, float, float]:
    path = folder / "portal.sqlite"
    with Portal.open(path) as portal:
        operator = portal.as_operator(AGENCY)
        order_many(operator, portal)
        page = PageRequest(limit=SHIFTS)
        assert len(operator.shifts.list(page=page).items) == SHIFTS
        plain = sqlite3.connect(path)
        table = shift_table(plain)
        question = f"SELECT body FROM {table} WHERE tenant = ? ORDER BY starts_at, id LIMIT ?"

        def rows() -> list[object]:
            return [json.loads(body) for (body,) in plain.execute(question, (str(AGENCY), SHIFTS))]

        assert len(rows()) == SHIFTS
        figures = compare(lambda: operator.shifts.list(page=page), rows, 5)
        plain.close()
        return figures


def shift_table(connection: sqlite3.Connection) -> str:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    names = [str(name) for (name,) in tables]
    return next(name for name in names if name.removeprefix("staffgate_") in ("shift", "shifts"))


def main() -> None:
    figures = {
        "a trivial operation over MemoryStore": (trivial(whole=True), 1.0),
        "the same, against half a round trip": (trivial(whole=False), None),
    }
    with tempfile.TemporaryDirectory() as folder:
        figures["1,000 shift views from SQLite"] = (page_of_shifts(Path(folder)), 1.2)
    if "--json" in sys.argv:
        print(json.dumps({name: {"ratio": it[2], "limit": limit} for name, (it, limit) in figures.items()}))
        return
    for name, ((ours, theirs, ratio), limit) in figures.items():
        times = f"{ours * 1e6:,.1f} us; standard library {theirs * 1e6:,.1f} us"
        print(f"{name}: {times}; ratio {ratio:.2f} (limit {limit or 'none'})")


if __name__ == "__main__":
    main()
