"""What the tests share: an agency on a fresh portal, and a world without chance."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from staffgate import MemoryStore, Portal, Session, Store
from staffgate.store import SqliteStore

from .plain_store import PlainStore

AGENCY = uuid.UUID("0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11")
NOW = dt.datetime(2026, 9, 1, 8, 0, tzinfo=dt.UTC)


def fixed(store: Store) -> Portal:
    """A portal on which nothing is left to chance."""
    numbers = itertools.count(1)
    return Portal(
        store,
        clock=lambda: NOW,
        entropy=lambda size: bytes([7] * size),
        command_ids=lambda: f"command {next(numbers)}",
    )


@pytest.fixture(params=["memory", "sqlite", "plain"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    match request.param:
        case "memory":
            yield MemoryStore()
        case "sqlite":
            store = SqliteStore(tmp_path / "portal.sqlite")
            yield store
            store.close()
        case _:
            yield PlainStore()


@pytest.fixture
def operator() -> Session:
    """The operator of an agency that exists, on a store in memory."""
    session = fixed(MemoryStore()).as_operator(AGENCY)
    session.agencies.create(name="Northlight Staffing", currency="EUR")
    return session
