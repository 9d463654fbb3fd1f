"""Shows every answer to somebody beside the caller, for tests and demonstrations."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from ._calls import AsyncExecute, Execute, Replied

Watch = Callable[[bytes], object]


def watched(execute: Execute, watch: Watch | None) -> Execute:
    """The same calls, seen by `watch`; untouched where nobody watches. What is seen is JSON, never packed."""
    if watch is None:
        return execute

    def run(request: bytes, _packs: bool = False) -> Replied:
        ok, answer = execute(request)
        watch(cast("bytes", answer))
        return ok, answer

    return run


def watched_async(execute: AsyncExecute, watch: Watch | None) -> AsyncExecute:
    """The same calls, seen by `watch` on the event loop; untouched where nobody watches."""
    if watch is None:
        return execute

    async def run(request: bytes, costly: bool, _packs: bool = False) -> Replied:
        ok, answer = await execute(request, costly)
        watch(cast("bytes", answer))
        return ok, answer

    return run
