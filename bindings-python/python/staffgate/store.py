"""The boundary to the host's data: what a store is asked, what it answers, and the stores that come along.

A store has two methods, `load` and `commit`. Write one over the host's own database, and a portal's changes join
the host's own transaction. `staffgate.testing.check_store` tells whether it keeps the contract.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Literal, NoReturn, Protocol, TypeAlias, TypeVar, runtime_checkable

import msgspec
from msgspec import Struct
from msgspec.json import Decoder, Encoder

from . import _native
from .errors import make, refused

__all__ = [
    "AlreadyDone",
    "AsyncStore",
    "Bound",
    "ChangeSet",
    "Claim",
    "ClaimRead",
    "CommandRead",
    "CommandRecord",
    "CommitOutcome",
    "Committed",
    "Conflicted",
    "Cursor",
    "EventsRead",
    "Expectation",
    "IndexValue",
    "Key",
    "MemoryStore",
    "NewEvent",
    "PointRead",
    "Put",
    "RangeRead",
    "Read",
    "Row",
    "SqliteStore",
    "Store",
    "StoreFailure",
]

IndexValue: TypeAlias = int | str
"""A value in an index column. Integers sort by number, texts by their UTF-8 bytes."""


class Key(Struct, frozen=True, kw_only=True):
    """Where one record lives. Compared byte by byte."""

    tenant: str
    kind: str
    id: str


class Bound(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A limit on the first index column after those that are given in `equals`."""

    from_: IndexValue | None = None
    """Inclusive."""
    to: IndexValue | None = None
    """Exclusive."""


class Cursor(Struct, frozen=True, kw_only=True):
    """The row after which a range goes on: all of its index columns in the index's order, then its id."""

    values: tuple[IndexValue, ...]
    id: str


class PointRead(Struct, frozen=True, kw_only=True, tag_field="read", tag="point"):
    """The record with this key: one row, or none."""

    tenant: str
    kind: str
    id: str


class RangeRead(Struct, frozen=True, kw_only=True, tag_field="read", tag="range"):
    """Rows of one kind in the order of one of its indexes, ties broken by id in the same direction.

    A row that lacks one of the index's columns is not in that index.
    """

    tenant: str
    kind: str
    index: str
    equals: tuple[IndexValue, ...]
    bound: Bound = Bound()
    descending: bool = False
    limit: int
    after: Cursor | None = None


class ClaimRead(Struct, frozen=True, kw_only=True, tag_field="read", tag="claim"):
    """Who holds a unique name: one row whose body is the owner, or none."""

    tenant: str
    space: str
    name: str


class CommandRead(Struct, frozen=True, kw_only=True, tag_field="read", tag="command"):
    """A command that was committed before: one row whose body is a `CommandRecord` as JSON, or none."""

    tenant: str
    id: str


class EventsRead(Struct, frozen=True, kw_only=True, tag_field="read", tag="events"):
    """Events in the order of their numbers, each row with its number as version and its link."""

    tenant: str
    subject: str | None
    after: int
    limit: int


Read: TypeAlias = PointRead | RangeRead | ClaimRead | CommandRead | EventsRead
"""One question to a store. The answer to each is a list of rows."""


class Row(Struct, frozen=True, omit_defaults=True):
    """One row as a store keeps it. The body is opaque text to the store."""

    id: str
    version: int
    """1 when first written, one more with every put. For an event: its number in the tenant."""
    body: str
    link: str | None = None
    """Only on events: the hash that links the event to the one before."""


class Expectation(Struct, frozen=True, kw_only=True):
    """The version that a record must still have; 0 says that it must not exist."""

    tenant: str
    kind: str
    id: str
    version: int


class Put(Struct, frozen=True, kw_only=True):
    """A record to write. Its version becomes the one found plus one."""

    tenant: str
    kind: str
    id: str
    columns: tuple[tuple[str, IndexValue], ...]
    """The values of the kind's index columns; a column that is absent is null."""
    body: str


class Claim(Struct, frozen=True, kw_only=True):
    """A unique name to take or to give back. All releases of a change set take effect before its takes."""

    tenant: str
    space: str
    name: str
    owner: str
    action: Literal["take", "release"]


class NewEvent(Struct, frozen=True, kw_only=True):
    """An event to append. The store gives it the tenant's next number and its link.

    The link is the SHA-256, in hexadecimal, of `previous:number:digest`; the first event has the empty text as
    previous link and the number 1.
    """

    tenant: str
    id: str
    subject: str
    body: str
    digest: str


class CommandRecord(Struct, frozen=True, kw_only=True):
    """What is kept of a command, so that a retry gets the first answer."""

    fingerprint: str
    reply: str


class ChangeSet(Struct, frozen=True, kw_only=True):
    """All that one operation writes. A store applies the whole of it in one transaction, or nothing.

    Deletes come before puts. A command id that is known already ends the commit with `AlreadyDone`, whatever else
    the change set holds.
    """

    tenant: str
    command_id: str
    command: CommandRecord
    expect: tuple[Expectation, ...]
    puts: tuple[Put, ...]
    deletes: tuple[Key, ...]
    claims: tuple[Claim, ...]
    events: tuple[NewEvent, ...]


class Committed(Struct, frozen=True, tag_field="outcome", tag="committed"):
    """Everything is written."""


class Conflicted(Struct, frozen=True, tag_field="outcome", tag="conflict"):
    """An expectation failed or a name was taken; nothing was written."""


class AlreadyDone(Struct, frozen=True, tag_field="outcome", tag="already_done"):
    """The command id is known; nothing was written again."""

    fingerprint: str
    reply: str


CommitOutcome: TypeAlias = Committed | Conflicted | AlreadyDone

FailureKind: TypeAlias = Literal[
    "unavailable",
    "outcome_unknown",
    "full",
    "read_only",
    "damaged",
    "newer",
    "unknown_kind",
    "closed",
    "internal",
]


class StoreFailure(Exception):
    """A store raises this to tell what went wrong in the portal's own terms.

    Any other exception of a store passes through the portal untouched.
    """

    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(kind, message)
        self.kind = kind
        self.message = message


@runtime_checkable
class Store(Protocol):
    """A store that blocks."""

    def load(self, reads: Sequence[Read]) -> Sequence[Sequence[Row]]:
        """One list of rows per read, in the order of the reads, all from one consistent moment."""

    def commit(self, changes: ChangeSet) -> CommitOutcome:
        """Applies the change set in one transaction, durably, or writes nothing."""


@runtime_checkable
class AsyncStore(Protocol):
    """A store that is awaited."""

    async def load(self, reads: Sequence[Read]) -> Sequence[Sequence[Row]]:
        """One list of rows per read, in the order of the reads, all from one consistent moment."""

    async def commit(self, changes: ChangeSet) -> CommitOutcome:
        """Applies the change set in one transaction, durably, or writes nothing."""


class _RowsTold(Struct):
    ok: tuple[tuple[Row, ...], ...] | None = None
    error: dict[str, str] | None = None


class _OutcomeTold(Struct):
    ok: CommitOutcome | None = None
    error: dict[str, str] | None = None


_encode = Encoder().encode
_rows = Decoder(_RowsTold)
_outcome = Decoder(_OutcomeTold)
Told = TypeVar("Told", _RowsTold, _OutcomeTold)


def _told(answer: tuple[bool, bytes], decoder: Decoder[Told]) -> Told:
    ok, text = answer
    if not ok:
        raise refused(text)
    told = decoder.decode(text)
    if told.error is not None:
        raise StoreFailure(msgspec.convert(told.error["kind"], FailureKind), told.error["message"])
    return told


class _NativeStore:
    """A store that is written in Rust. A portal runs on it without coming back to Python in between."""

    __slots__ = ("_native",)
    _native: Any

    def load(self, reads: Sequence[Read]) -> tuple[tuple[Row, ...], ...]:
        """Answers reads directly. A portal does not come this way."""
        return _told(self._native._load(_encode(reads)), _rows).ok or ()

    def commit(self, changes: ChangeSet) -> CommitOutcome:
        """Applies a change set directly. A portal does not come this way."""
        outcome = _told(self._native._commit(_encode(changes)), _outcome).ok
        return outcome if outcome is not None else _unanswered()

    def close(self) -> None:
        """Ends the use of the store; every later call is refused with `store_closed`."""
        ok, answer = self._native._close()
        if not ok:
            raise refused(answer)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a store belongs to one process; open it again in the other one")


def _unanswered() -> NoReturn:
    raise make("store_fault", reason="the store gave no outcome")


class MemoryStore(_NativeStore):
    """Keeps everything in memory: for tests, and for trying things out. Nothing is durable."""

    __slots__ = ()

    def __init__(self, *, contract: bool = False) -> None:
        """With `contract`, it also knows the kinds of records that the contract cases write."""
        self._native = _native.MemoryStore(contract=contract)


class SqliteStore(_NativeStore):
    """One SQLite file: the embedded default. Any number of threads and processes may use the same file.

    A store belongs to the process that opened it. After a fork the child is refused with `store_closed`, and
    opens the file anew.
    """

    __slots__ = ()

    def __init__(self, path: str | os.PathLike[str], *, contract: bool = False) -> None:
        """Opens the file at `path`, or makes it. With `contract`, it also knows the kinds of the contract cases."""
        native, (ok, answer) = _native.SqliteStore._open(path, contract=contract)
        if native is None or not ok:
            raise refused(answer)
        self._native = native
