"""Shows every answer to somebody beside the caller, for tests and demonstrations."""

from __future__ import annotations

from collections.abc import Callable

from ._calls import AsyncExecute, Execute

Watch = Callable[[bytes], object]


def watched(execute: Execute, watch: Watch | None) -> Execute:
    """The same calls, seen by `watch`; untouched where nobody watches."""
    if watch is None:
        return execute

    def run(request: bytes) -> tuple[bool, bytes]:
        ok, answer = execute(request)
        watch(answer)
        return ok, answer

    return run


def watched_async(execute: AsyncExecute, watch: Watch | None) -> AsyncExecute:
    """The same calls, seen by `watch` on the event loop; untouched where nobody watches."""
    if watch is None:
        return execute

    async def run(request: bytes, costly: bool) -> tuple[bool, bytes]:
        ok, answer = await execute(request, costly)
        watch(answer)
        return ok, answer

    return run
