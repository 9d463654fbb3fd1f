"""The front door: a portal over a store, and sessions that say who speaks."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from inspect import iscoroutinefunction
from types import TracebackType
from typing import Generic, TypeVar, cast
from uuid import UUID

from ._calls import AsyncExecute, Execute, told
from ._context import NIL, Clock, CommandIds, Entropy, People, Sources, opening
from ._drive import drive, drive_async
from ._groups import AsyncGroups, Groups
from ._watch import Watch, watched, watched_async
from .store import AsyncStore, SqliteStore, Store, _NativeStore
from .types import Locale

__all__ = ["AsyncPortal", "AsyncSession", "Portal", "Session"]


class Session(Groups):
    """One speaker in one agency. Cheap to make: one per request of the host is usual."""


class AsyncSession(AsyncGroups):
    """One speaker in one agency, for hosts with an event loop."""


AnySession = TypeVar("AnySession", Session, AsyncSession)


class _Door(Generic[AnySession]):
    """Who may speak: the part that blocking and async portals share."""

    def _as(self, agency: UUID | str, side: str, people: People, locale: Locale | None) -> AnySession:
        raise NotImplementedError

    def as_operator(self, agency: UUID | str, *, locale: Locale | None = None) -> AnySession:
        """The embedding platform's own code."""
        return self._as(agency, "operator", {}, locale)

    def as_member(
        self, agency: UUID | str, member: UUID | str, *, locale: Locale | None = None
    ) -> AnySession:
        """A person at the agency."""
        return self._as(agency, "member", {"id": member}, locale)

    def as_user(self, agency: UUID | str, user: UUID | str, *, locale: Locale | None = None) -> AnySession:
        """A person at a client."""
        return self._as(agency, "user", {"id": user}, locale)

    def as_impersonated(
        self,
        agency: UUID | str,
        user: UUID | str,
        by: UUID | str,
        session: UUID | str,
        *,
        locale: Locale | None = None,
    ) -> AnySession:
        """A member in the place of a person at a client, in what `impersonations.start` gave."""
        return self._as(agency, "impersonated", {"user": user, "by": by, "session": session}, locale)

    def as_preview(
        self, agency: UUID | str, user: UUID | str, by: UUID | str, *, locale: Locale | None = None
    ) -> AnySession:
        """A member who sees what a person at a client would see, and changes nothing."""
        return self._as(agency, "preview", {"user": user, "by": by}, locale)

    def as_holder(self, agency: UUID | str, link: UUID | str, *, locale: Locale | None = None) -> AnySession:
        """Somebody who holds a link that shows a project, after opening it."""
        return self._as(agency, "holder", {"link": link}, locale)

    def as_guest(self, agency: UUID | str, *, locale: Locale | None = None) -> AnySession:
        """Somebody who has shown nothing yet: opens a link, signs in."""
        return self._as(agency, "guest", {}, locale)

    def directory(self, *, locale: Locale | None = None) -> AnySession:
        """No agency at all: for finding out whose subdomain it is."""
        return self._as(NIL, "guest", {}, locale)


class Portal(_Door[Session]):
    """A portal that blocks. One per process is enough; it can be used from any number of threads.

    `clock`, `entropy` and `command_ids` replace the machine's own time, randomness and `uuid4`, for tests and
    demonstrations. The last two are asked for commands only.

    `watch` sees the JSON of every answer as it goes out, be it a reply or a refusal. It too is for tests and
    demonstrations: replies hold personal data and, once, secrets.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        command_ids: CommandIds | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.store = store
        self._sources = Sources(clock, entropy, command_ids)
        execute: Execute = (
            store._native._execute if isinstance(store, _NativeStore) else partial(drive, store)
        )
        self._execute = watched(execute, watch)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        command_ids: CommandIds | None = None,
        watch: Watch | None = None,
    ) -> Portal:
        """A portal over the SQLite file at `path`, which is made if it is not there."""
        return cls(SqliteStore(path), clock=clock, entropy=entropy, command_ids=command_ids, watch=watch)

    def _as(self, agency: UUID | str, side: str, people: People, locale: Locale | None) -> Session:
        return Session(self._execute, opening(agency, side, people, locale), self._sources, locale)

    def run_json(self, request: bytes) -> bytes:
        """Runs `{"context": ..., "operation": ..., "input": ...}` as it stands and returns the reply's JSON.

        The context says agency, actor, time, command id and entropy, so nothing here is filled in.
        """
        return told(*self._execute(request))

    def close(self) -> None:
        """Closes a store that came along with this package; a store of the host's own is the host's to close."""
        if isinstance(self.store, _NativeStore):
            self.store.close()

    def __enter__(self) -> Portal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncPortal(_Door[AsyncSession]):
    """A portal for hosts with an event loop, over a store of any sort.

    A store that blocks is used on another thread; one whose methods are `async` is awaited. Cancelling a call
    stops the waiting, not the work: a commit that is under way may still happen, and calling again with the same
    command id tells. The keyword arguments are those of `Portal`.
    """

    def __init__(
        self,
        store: Store | AsyncStore,
        *,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        command_ids: CommandIds | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.store = store
        self._sources = Sources(clock, entropy, command_ids)
        self._execute: AsyncExecute
        if iscoroutinefunction(store.load):
            self._execute = watched_async(partial(drive_async, cast("AsyncStore", store)), watch)
        else:
            blocking = Portal(cast("Store", store))._execute
            self._execute = watched_async(
                lambda request, _costly, packs=False: asyncio.to_thread(blocking, request, packs), watch
            )

    @classmethod
    async def open(
        cls,
        path: str | os.PathLike[str],
        *,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        command_ids: CommandIds | None = None,
        watch: Watch | None = None,
    ) -> AsyncPortal:
        """A portal over the SQLite file at `path`, which is made if it is not there."""
        store = await asyncio.to_thread(SqliteStore, path)
        return cls(store, clock=clock, entropy=entropy, command_ids=command_ids, watch=watch)

    def _as(self, agency: UUID | str, side: str, people: People, locale: Locale | None) -> AsyncSession:
        return AsyncSession(self._execute, opening(agency, side, people, locale), self._sources, locale)

    async def run_json(self, request: bytes) -> bytes:
        """Runs `{"context": ..., "operation": ..., "input": ...}` as it stands and returns the reply's JSON."""
        return told(*await self._execute(request, True))

    async def close(self) -> None:
        """Closes a store that came along with this package; a store of the host's own is the host's to close."""
        if isinstance(self.store, _NativeStore):
            await asyncio.to_thread(self.store.close)

    async def __aenter__(self) -> AsyncPortal:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
