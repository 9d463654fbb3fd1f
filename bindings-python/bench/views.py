"""A client's page of 1,000 shifts with their teams as typed objects, against a plain Python program that does the same
over dictionaries and validates what it gives with pydantic.

    .venv/bin/python bindings-python/bench/views.py
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from speed import AGENCY, SHIFTS, SHIFTS_PER_ORDER, compare, order_many

from staffgate import Portal, Session
from staffgate.types import PageRequest

REQUIRED = 5.0
PHONE = "+4915112345"


def staff(operator: Session) -> None:
    """Three waiters and a lead for every shift; who comes is shared. The orders' shifts lie beside each other."""
    skill = operator.skills.list().items[0].id
    for part in range(SHIFTS // SHIFTS_PER_ORDER):
        names = ["Lena Sturm", "Tom Fischer", "Ida Blum", "Ada Lind"]
        workers = [
            operator.workers.create(name=f"{name} {part}", phone=PHONE, skills=[skill]).id for name in names
        ]
        project = operator.projects.list(page=PageRequest(limit=100)).items[part].id
        for shift in operator.shifts.list(project=project, page=PageRequest(limit=1000)).items:
            waiters, lead = shift.positions
            for worker, position in zip(workers, [waiters.id] * 3 + [lead.id], strict=True):
                booking = operator.bookings.book(
                    shift=shift.id, position=position, worker=worker, state="confirmed"
                )
            operator.shifts.name_lead(shift=shift.id, booking=booking.id)
        operator.projects.publish_team(project=project)


def main() -> None:
    folder = Path(__file__).parents[2] / "bench/views"
    sys.path.insert(0, str(folder))
    # The plain program stands beside that of the other language, outside of any package.
    plain: Any = importlib.import_module("plain")
    now = dt.datetime.combine(dt.date.today(), dt.time(8), dt.UTC)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "portal.sqlite"
        with Portal.open(path, clock=lambda: now) as portal:
            operator = portal.as_operator(AGENCY)
            client, user = order_many(operator, portal)
            staff(operator)
            anna = portal.as_user(AGENCY, user)
            page = PageRequest(limit=SHIFTS)
            connection = sqlite3.connect(path)
            asked = (connection, str(AGENCY), str(user), str(client), f"{now:%Y-%m-%dT%H:%M:%SZ}", SHIFTS)
            ours = json.loads(msgspec.json.encode(anna.my_shifts.list(client=client, page=page).items))
            theirs = json.loads(plain.PAGE.dump_json(plain.page(*asked)))
            assert len(theirs) == SHIFTS
            assert ours == theirs, next(pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1])
            mine, other, ratio = compare(
                lambda: anna.my_shifts.list(client=client, page=page), lambda: plain.page(*asked), 3
            )
            connection.close()
    times = f"{mine * 1e6:,.0f} us; plain Python with pydantic {other * 1e6:,.0f} us"
    print(f"1,000 shifts with team: {times}; {1 / ratio:.1f} times as fast (required {REQUIRED:.0f})")


if __name__ == "__main__":
    main()
