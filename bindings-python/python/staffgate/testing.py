"""Tells whether a store keeps the contract: the same cases for every store in every language.

    from staffgate.testing import check_store

    def test_our_store(empty_database):
        check_store(OurStore(empty_database))

The cases write records of two kinds of their own; `contract_kinds` describes them beside the library's kinds, for
stores that need a table for each kind. Every run works on tenants that no other run has, so a database can be used
for many runs.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from . import _native
from .store import (
    AsyncStore,
    ChangeSet,
    CommandRead,
    CommitOutcome,
    FailureKind,
    Read,
    Row,
    Store,
    StoreFailure,
)

__all__ = ["ContractBroken", "Failed", "Report", "check_async_store", "check_store", "contract_kinds"]

_SHOWN_CHARS = 600


class Failed(Struct, frozen=True):
    """One step that a store did not answer as the contract says."""

    case: str
    why: str
    step: int
    """Counted from one."""
    difference: str


class Report(Struct, frozen=True):
    """The result of a whole run."""

    cases: int
    failed: tuple[Failed, ...]

    def __str__(self) -> str:
        lines = [f"store contract: {self.cases - len(self.failed)} of {self.cases} cases hold"]
        lines += [f"\n{it.case}, step {it.step}: {it.why}\n{it.difference}" for it in self.failed]
        return "\n".join(lines)


class ContractBroken(AssertionError):
    """The store does not keep the contract; the text names every case."""

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report


class _ExpectedRows(Struct):
    ok: tuple[tuple[Row, ...], ...] | None = None
    error: FailureKind | None = None


class _ExpectedOutcome(Struct):
    ok: CommitOutcome | None = None
    error: FailureKind | None = None


class _Load(Struct, tag_field="step", tag="load"):
    reads: tuple[Read, ...]
    expect: _ExpectedRows


class _Commit(Struct, tag_field="step", tag="commit"):
    changes: ChangeSet
    expect: _ExpectedOutcome


_Step: TypeAlias = _Load | _Commit


class _Case(Struct):
    name: str
    why: str
    steps: tuple[_Step, ...]


def contract_kinds() -> list[dict[str, Any]]:
    """Every kind of record, those of the cases included: name, columns with their types, and indexes."""
    kinds: list[dict[str, Any]] = json.loads(_native.kinds(contract=True))
    return kinds


def check_store(store: Store) -> Report:
    """Plays every case on a store that blocks; raises an `AssertionError` that shows what does not hold."""
    failed = []
    cases = _cases()
    for case in cases:
        for position, step in enumerate(case.steps, 1):
            answer: object
            try:
                answer = store.load(step.reads) if isinstance(step, _Load) else store.commit(step.changes)
            except StoreFailure as failure:
                answer = failure
            except Exception as error:
                answer = error
            if difference := _difference(step, answer):
                failed.append(Failed(case.name, case.why, position, difference))
                break
    return _verdict(len(cases), failed)


async def check_async_store(store: AsyncStore) -> Report:
    """Plays every case on a store that is awaited; raises an `AssertionError` that shows what does not hold."""
    failed = []
    cases = await asyncio.to_thread(_cases)
    for case in cases:
        for position, step in enumerate(case.steps, 1):
            answer: object
            try:
                if isinstance(step, _Load):
                    answer = await store.load(step.reads)
                else:
                    answer = await store.commit(step.changes)
            except Exception as error:
                answer = error
            if difference := _difference(step, answer):
                failed.append(Failed(case.name, case.why, position, difference))
                break
    return _verdict(len(cases), failed)


def _cases() -> list[_Case]:
    text = _native.contract_cases().replace(b"{run}", uuid.uuid4().hex.encode())
    return msgspec.json.decode(text, type=list[_Case])


def _verdict(cases: int, failed: Sequence[Failed]) -> Report:
    report = Report(cases, tuple(failed))
    if failed:
        raise ContractBroken(report)
    return report


def _difference(step: _Step, answer: object) -> str | None:
    """What is wrong with an answer, or nothing."""
    if step.expect.error is not None:
        right = isinstance(answer, StoreFailure) and answer.kind == step.expect.error
        return None if right else f"  wanted StoreFailure({step.expect.error!r})\n  got    {_shown(answer)}"
    if isinstance(answer, Exception):
        return f"  wanted {_shown(step.expect.ok)}\n  got    {_shown(answer)}"
    if isinstance(step, _Load):
        return _difference_of_rows(step, answer)
    return (
        None if answer == step.expect.ok else f"  wanted {_shown(step.expect.ok)}\n  got    {_shown(answer)}"
    )


def _difference_of_rows(step: _Load, answer: object) -> str | None:
    wanted = step.expect.ok or ()
    if not isinstance(answer, Sequence) or len(answer) != len(wanted):
        return f"  wanted {len(wanted)} lists of rows\n  got    {_shown(answer)}"
    for read, want, got in zip(step.reads, wanted, answer, strict=True):
        same = _same_commands(want, got) if isinstance(read, CommandRead) else list(want) == list(got)
        if not same:
            return f"  read   {_shown(read)}\n  wanted {_shown(want)}\n  got    {_shown(got)}"
    return None


def _same_commands(wanted: Sequence[Row], got: Sequence[Row]) -> bool:
    """The body of a command's row is JSON; its spelling is the store's own affair."""
    return len(wanted) == len(got) and all(
        (want.id, want.version) == (have.id, have.version) and json.loads(want.body) == json.loads(have.body)
        for want, have in zip(wanted, got, strict=True)
    )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}... ({len(text)} characters)"
