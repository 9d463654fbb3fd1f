"""One call: encode, cross, decode, or raise. The generated methods end here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from ._context import QUERY, Sources
from ._encode import encode_input, encode_text
from .errors import make, refused

Reply = TypeVar("Reply")
Execute = Callable[[bytes], tuple[bool, bytes]]
AsyncExecute = Callable[[bytes, bool], Awaitable[tuple[bool, bytes]]]


class Operation(Generic[Reply]):
    """One operation's name, whether it writes, and the reader of its reply."""

    __slots__ = ("costly", "name", "read", "tail", "writes")

    def __init__(self, name: str, reply: Any, *, writes: bool, costly: bool) -> None:
        self.name = name
        self.writes = writes
        self.costly = costly
        self.tail = b'"%b","input":' % name.encode()
        if not writes:
            self.tail = QUERY + self.tail
        self.read: Callable[[bytes], Reply] = Decoder(reply).decode

    def ended(self, ok: bool, answer: bytes) -> Reply:
        """The reply, or the error that was raised instead of it."""
        if not ok:
            raise refused(answer)
        try:
            return self.read(answer)
        except DecodeError as fault:
            # Only a package whose parts are of different versions comes here.
            raise make("internal", reason=f"the reply to `{self.name}` does not read: {fault}") from fault


class _Speaker:
    """Who speaks on this portal: the part that blocking and async sessions share."""

    def __init__(self, opening: bytes, sources: Sources, locale: str | None) -> None:
        self._opening = opening
        self._sources = sources
        self._locale = locale

    def _request(self, operation: Operation[Any], fields: Struct, command_id: str | None) -> bytes:
        writes = operation.writes
        body = encode_input(fields, writes, self._locale)
        sources = self._sources
        command = sources.command(command_id) if writes else b""
        return b"".join((self._opening, sources.now(), command, operation.tail, body, b"}"))

    def _raw_request(self, operation: str, body: bytes | str, command_id: str | None) -> bytes:
        if isinstance(body, str):
            body = body.encode("utf-8", "surrogatepass")
        command = self._sources.command(command_id)
        name = encode_text(operation, "operation")
        return b'%b%b%b%b,"input":%b}' % (self._opening, self._sources.now(), command, name, body)


class Caller(_Speaker):
    """Calls and waits."""

    def __init__(self, execute: Execute, opening: bytes, sources: Sources, locale: str | None) -> None:
        super().__init__(opening, sources, locale)
        self._execute = execute

    def call(self, operation: Operation[Reply], fields: Struct, command_id: str | None = None) -> Reply:
        """Runs one operation. The methods of the groups are the typed way to this."""
        ok, answer = self._execute(self._request(operation, fields, command_id))
        return operation.ended(ok, answer)

    def run_json(self, operation: str, body: bytes | str = b"{}", *, command_id: str | None = None) -> bytes:
        """Runs an operation by its name, JSON in and JSON out, for those who only pass JSON on."""
        ok, answer = self._execute(self._raw_request(operation, body, command_id))
        if ok:
            return answer
        raise refused(answer)


class AsyncCaller(_Speaker):
    """Calls and awaits. To cancel is to stop waiting: a commit that is under way may still happen."""

    def __init__(self, execute: AsyncExecute, opening: bytes, sources: Sources, locale: str | None) -> None:
        super().__init__(opening, sources, locale)
        self._execute = execute

    async def call(self, operation: Operation[Reply], fields: Struct, command_id: str | None = None) -> Reply:
        """Runs one operation. The methods of the groups are the typed way to this."""
        request = self._request(operation, fields, command_id)
        ok, answer = await self._execute(request, operation.costly)
        return operation.ended(ok, answer)

    async def run_json(
        self, operation: str, body: bytes | str = b"{}", *, command_id: str | None = None
    ) -> bytes:
        """Runs an operation by its name, JSON in and JSON out, for those who only pass JSON on."""
        ok, answer = await self._execute(self._raw_request(operation, body, command_id), True)
        if ok:
            return answer
        raise refused(answer)


class Group:
    """Operations on one subject."""

    __slots__ = ("_caller",)

    def __init__(self, caller: Caller) -> None:
        self._caller = caller


class AsyncGroup:
    """Operations on one subject."""

    __slots__ = ("_caller",)

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
