"""Portals under an event loop: native stores on threads, awaited stores by awaiting, and cancellation."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from staffgate import AsyncPortal, MemoryStore
from staffgate.store import ChangeSet, CommitOutcome, Read, Row

from .conftest import AGENCY, NOW
from .plain_store import PlainStore
from .test_contract import AwaitedStore


async def story(portal: AsyncPortal) -> list[str]:
    operator = portal.as_operator(AGENCY)
    await operator.agencies.create(name="Northlight Staffing", currency="EUR")
    for name in ("Waiter", "Cook"):
        await operator.skills.create(name=name)
    return [skill.name for skill in (await operator.skills.list()).items]


def test_every_sort_of_store_serves_an_event_loop(tmp_path: Path) -> None:
    async def on_a_file() -> list[str]:
        async with await AsyncPortal.open(tmp_path / "portal.sqlite") as portal:
            return await story(portal)

    assert asyncio.run(on_a_file()) == ["Cook", "Waiter"]
    for store in (MemoryStore(), PlainStore(), AwaitedStore()):
        assert asyncio.run(story(AsyncPortal(store))) == ["Cook", "Waiter"]


def test_who_watches_sees_every_answer(tmp_path: Path) -> None:
    async def on_a_file(seen: list[bytes]) -> None:
        async with await AsyncPortal.open(tmp_path / "portal.sqlite", watch=seen.append) as portal:
            await story(portal)

    on_file: list[bytes] = []
    asyncio.run(on_a_file(on_file))
    awaited: list[bytes] = []
    asyncio.run(story(AsyncPortal(AwaitedStore(), watch=awaited.append)))
    for seen in (on_file, awaited):
        assert len(seen) == 4
        assert b'"name":"Northlight Staffing"' in seen[0]
        assert b'"name":"Cook"' in seen[3]


def test_raw_json_is_the_same_as_without_a_loop() -> None:
    async def run() -> bytes:
        numbers = itertools.count(1)
        portal = AsyncPortal(
            AwaitedStore(),
            clock=lambda: NOW,
            entropy=lambda size: bytes([7] * size),
            command_ids=lambda: f"command {next(numbers)}",
        )
        return await portal.as_operator(AGENCY).run_json(
            "agencies.create", b'{"name":"Northlight Staffing","currency":"EUR"}'
        )

    assert str(AGENCY).encode() in asyncio.run(run())


def test_many_callers_at_once_lose_nothing(tmp_path: Path) -> None:
    async def run() -> int:
        async with await AsyncPortal.open(tmp_path / "portal.sqlite") as portal:
            operator = portal.as_operator(AGENCY)
            await operator.agencies.create(name="Northlight Staffing", currency="EUR")
            await asyncio.gather(*(operator.skills.create(name=f"Skill {number}") for number in range(64)))
            return len((await operator.skills.list()).items)

    assert asyncio.run(run()) == 64


class Slow(PlainStore):
    """A blocking store that takes its time."""

    def commit(self, changes: ChangeSet) -> CommitOutcome:

        time.sleep(0.2)
        return super().commit(changes)


def test_to_cancel_is_to_stop_waiting_and_the_command_id_tells_what_happened() -> None:
    async def run() -> None:
        portal = AsyncPortal(Slow())
        operator = portal.as_operator(AGENCY)
        create = operator.agencies.create(name="Northlight Staffing", currency="EUR", command_id="the one")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(create, 0.05)
        # The thread went on: the same command id gets its answer, and nothing happens twice.
        again = await operator.agencies.create(
            name="Northlight Staffing", currency="EUR", command_id="the one"
        )
        assert again.name == "Northlight Staffing"

    asyncio.run(run())


def test_a_cancelled_call_on_an_awaited_store_leaves_the_portal_usable() -> None:
    class Hanging(AwaitedStore):
        hang = True

        async def load(self, reads: Sequence[Read]) -> list[list[Row]]:
            if self.hang:
                await asyncio.Event().wait()
            return await super().load(reads)

    async def run() -> list[str]:
        store = Hanging()
        portal = AsyncPortal(store)
        call = asyncio.create_task(portal.as_operator(AGENCY).agencies.get())
        await asyncio.sleep(0.01)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        store.hang = False
        return await story(portal)

    assert asyncio.run(run()) == ["Cook", "Waiter"]


def test_the_loop_turns_while_a_store_works() -> None:
    async def run() -> int:
        turns = 0
        call = asyncio.create_task(story(AsyncPortal(Slow())))
        while not call.done():
            turns += 1
            await asyncio.sleep(0.01)
        return turns

    # Three commits of 0.2 seconds each: a loop that was blocked would turn a few times only.
    assert asyncio.run(run()) > 20
