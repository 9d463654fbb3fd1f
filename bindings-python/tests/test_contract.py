"""The store contract on every store that Python can have, and on stores that break it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from staffgate import MemoryStore, SqliteStore
from staffgate.store import ChangeSet, CommitOutcome, Committed, RangeRead, Read, Row
from staffgate.testing import ContractBroken, check_async_store, check_store

from .plain_store import PlainStore


class AwaitedStore:
    """A store in Python that is awaited."""

    def __init__(self) -> None:
        self.inner = PlainStore()

    async def load(self, reads: Sequence[Read]) -> list[list[Row]]:
        await asyncio.sleep(0)
        return self.inner.load(reads)

    async def commit(self, changes: ChangeSet) -> CommitOutcome:
        await asyncio.sleep(0)
        return self.inner.commit(changes)


def test_the_stores_that_come_along_keep_the_contract(tmp_path: Path) -> None:
    assert check_store(MemoryStore(contract=True)).cases >= 40
    store = SqliteStore(tmp_path / "contract.sqlite", contract=True)
    # A second run on the same file must not meet the rows of the first.
    assert check_store(store).cases >= 40
    assert check_store(store).cases >= 40
    store.close()


def test_a_store_in_python_keeps_the_contract() -> None:
    assert check_store(PlainStore()).cases >= 40


def test_an_awaited_store_keeps_the_contract() -> None:
    assert asyncio.run(check_async_store(AwaitedStore())).cases >= 40


class Forgetful(PlainStore):
    """Says that it wrote, and did not."""

    def commit(self, changes: ChangeSet) -> CommitOutcome:
        super().commit(changes)
        return Committed()


class Boundless(PlainStore):
    """Ignores limits."""

    def _range(self, read: RangeRead) -> list[Row]:
        return super()._range(
            RangeRead(**{name: getattr(read, name) for name in read.__struct_fields__} | {"limit": 10**6})
        )


class Broken(PlainStore):
    def load(self, _: Sequence[Read]) -> list[list[Row]]:
        raise OSError("the cable is cut")


@pytest.mark.parametrize("store", [Forgetful(), Boundless(), Broken()])
def test_a_store_that_breaks_the_contract_is_told_so(store: PlainStore) -> None:
    with pytest.raises(ContractBroken, match="cases hold") as caught:
        check_store(store)
    assert caught.value.report.failed
    assert all(failed.why for failed in caught.value.report.failed)
