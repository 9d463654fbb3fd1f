"""A store in plain Python over dictionaries: what a host writes, kept as small as the contract allows."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence

from staffgate.store import (
    AlreadyDone,
    ChangeSet,
    ClaimRead,
    CommandRead,
    CommandRecord,
    CommitOutcome,
    Committed,
    Conflicted,
    EventsRead,
    IndexValue,
    NewEvent,
    PointRead,
    RangeRead,
    Read,
    Row,
    StoreFailure,
)
from staffgate.testing import contract_kinds

Columns = dict[str, IndexValue]
RecordKey = tuple[str, str, str]


def in_order(value: IndexValue) -> tuple[int, bytes]:
    """Integers by number, texts by their UTF-8 bytes."""
    return (value, b"") if isinstance(value, int) else (0, value.encode())


class PlainStore:
    """Everything in dictionaries, one lock around all of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._indexes = {
            kind["name"]: {index["name"]: index["columns"] for index in kind["indexes"]}
            for kind in contract_kinds()
        }
        self._records: dict[RecordKey, tuple[Row, Columns]] = {}
        self._claims: dict[tuple[str, str, str], str] = {}
        self._commands: dict[tuple[str, str], CommandRecord] = {}
        self._events: dict[str, list[tuple[NewEvent, str]]] = {}

    def load(self, reads: Sequence[Read]) -> list[list[Row]]:
        with self._lock:
            return [self._answer(read) for read in reads]

    def _answer(self, read: Read) -> list[Row]:
        match read:
            case PointRead():
                self._known(read.kind)
                found = self._records.get((read.tenant, read.kind, read.id))
                return [found[0]] if found else []
            case RangeRead():
                return self._range(read)
            case ClaimRead():
                owner = self._claims.get((read.tenant, read.space, read.name))
                return [] if owner is None else [Row(read.name, 1, owner)]
            case CommandRead():
                record = self._commands.get((read.tenant, read.id))
                body = record and json.dumps({"fingerprint": record.fingerprint, "reply": record.reply})
                return [Row(read.id, 1, body)] if body else []
            case EventsRead():
                return self._history(read)

    def _known(self, kind: str) -> dict[str, list[str]]:
        if kind not in self._indexes:
            raise StoreFailure("unknown_kind", f"there are no records of kind {kind}")
        indexes: dict[str, list[str]] = self._indexes[kind]
        return indexes

    def _range(self, read: RangeRead) -> list[Row]:
        columns = self._known(read.kind).get(read.index)
        if columns is None:
            raise StoreFailure("unknown_kind", f"there is no index {read.index}")
        found = []
        for (tenant, kind, identifier), (row, values) in self._records.items():
            if (tenant, kind) != (read.tenant, read.kind) or not all(name in values for name in columns):
                continue
            given = [values[name] for name in columns]
            if self._fits(read, given):
                found.append((([in_order(value) for value in given], identifier.encode()), row))
        found.sort(key=lambda pair: pair[0], reverse=read.descending)
        if read.after is not None:
            last = ([in_order(value) for value in read.after.values], read.after.id.encode())
            found = [pair for pair in found if (pair[0] < last if read.descending else pair[0] > last)]
        return [row for _, row in found[: read.limit]]

    @staticmethod
    def _fits(read: RangeRead, given: list[IndexValue]) -> bool:
        fixed = len(read.equals)
        if tuple(given[:fixed]) != read.equals:
            return False
        if fixed == len(given):
            return True
        value, bound = in_order(given[fixed]), read.bound
        return (bound.from_ is None or value >= in_order(bound.from_)) and (
            bound.to is None or value < in_order(bound.to)
        )

    def _history(self, read: EventsRead) -> list[Row]:
        numbered = enumerate(self._events.get(read.tenant, []), 1)
        rows = [
            Row(event.id, number, event.body, link)
            for number, (event, link) in numbered
            if number > read.after and read.subject in (None, event.subject)
        ]
        return rows[: read.limit]

    def commit(self, changes: ChangeSet) -> CommitOutcome:
        with self._lock:
            for kind in self._kinds_of(changes):
                self._known(kind)
            done = self._commands.get((changes.tenant, changes.command_id))
            if done is not None:
                return AlreadyDone(done.fingerprint, done.reply)
            if not self._expectations_hold(changes) or (claims := self._claims_after(changes)) is None:
                return Conflicted()
            self._claims = claims
            self._write(changes)
            return Committed()

    @staticmethod
    def _kinds_of(changes: ChangeSet) -> set[str]:
        return {
            *(expected.kind for expected in changes.expect),
            *(put.kind for put in changes.puts),
            *(gone.kind for gone in changes.deletes),
        }

    def _expectations_hold(self, changes: ChangeSet) -> bool:
        for expected in changes.expect:
            found = self._records.get((expected.tenant, expected.kind, expected.id))
            if (found[0].version if found else 0) != expected.version:
                return False
        return True

    def _claims_after(self, changes: ChangeSet) -> dict[tuple[str, str, str], str] | None:
        claims = dict(self._claims)
        for claim in sorted(changes.claims, key=lambda claim: claim.action == "take"):
            name = (claim.tenant, claim.space, claim.name)
            if claim.action == "release":
                if claims.get(name) == claim.owner:
                    del claims[name]
            elif claims.setdefault(name, claim.owner) != claim.owner:
                return None
        return claims

    def _write(self, changes: ChangeSet) -> None:
        for gone in changes.deletes:
            self._records.pop((gone.tenant, gone.kind, gone.id), None)
        for put in changes.puts:
            key = (put.tenant, put.kind, put.id)
            version = self._records[key][0].version + 1 if key in self._records else 1
            self._records[key] = (Row(put.id, version, put.body), dict(put.columns))
        for event in changes.events:
            history = self._events.setdefault(event.tenant, [])
            previous = history[-1][1] if history else ""
            link = hashlib.sha256(f"{previous}:{len(history) + 1}:{event.digest}".encode()).hexdigest()
            history.append((event, link))
        self._commands[(changes.tenant, changes.command_id)] = changes.command
