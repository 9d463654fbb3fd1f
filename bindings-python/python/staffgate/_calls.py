"""One call: encode, cross, read, or raise. The generated methods end here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, cast

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from ._context import QUERY, Sources
from ._encode import encode_input, encode_text
from ._native import Answers, PackedReply
from .errors import make, refused

Reply = TypeVar("Reply")
Replied: TypeAlias = tuple[bool, bytes | PackedReply]


class Execute(Protocol):
    """Runs a request. With `packs`, a large reply may come packed in place of JSON."""

    def __call__(self, request: bytes, packs: bool = False, /) -> Replied: ...


class AsyncExecute(Protocol):
    """The same, awaited."""

    def __call__(self, request: bytes, costly: bool, packs: bool = False, /) -> Awaitable[Replied]: ...


def told(ok: bool, answer: bytes | PackedReply) -> bytes:
    """The JSON of a reply that was not to be packed, or the error that was raised instead of it."""
    answer = cast("bytes", answer)
    if ok:
        return answer
    raise refused(answer)


class Operation(Generic[Reply]):
    """One operation's name, whether it writes, and the readers of its reply: of JSON, and of what is packed.

    The second one is made when it is first needed, which for most operations is never.
    """

    __slots__ = ("answers", "costly", "name", "packs", "read", "reply", "tail", "writes")

    def __init__(self, name: str, reply: Any, *, writes: bool, costly: bool) -> None:
        self.name = name
        self.writes = writes
        self.packs = not writes
        self.costly = costly
        self.tail = b'"%b","input":' % name.encode()
        if not writes:
            self.tail = QUERY + self.tail
        self.reply = reply
        self.read: Callable[[bytes], Reply] = Decoder(reply).decode
        self.answers: Answers | None = None

    def ended(self, ok: bool, answer: bytes | PackedReply) -> Reply:
        """The reply, or the error that was raised instead of it."""
        if isinstance(answer, PackedReply):
            return self._unpacked(answer)
        if not ok:
            raise refused(answer)
        try:
            return self.read(answer)
        except DecodeError as fault:
            # Only a package whose parts are of different versions comes here.
            raise make("internal", reason=f"the reply to `{self.name}` does not read: {fault}") from fault

    def _unpacked(self, packed: PackedReply) -> Reply:
        if self.answers is None:
            # Takes longer to load than most programs need it.
            from ._shapes import describe

            try:
                self.answers = Answers(describe(self.reply))
            except TypeError:
                # From now on it comes as JSON at once.
                self.packs = False
                return self.ended(*packed._json())
        ok, made = packed._object(self.answers)
        if ok:
            return cast("Reply", made)
        raise refused(made)


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
        ok, answer = self._execute(self._request(operation, fields, command_id), operation.packs)
        return operation.ended(ok, answer)

    def run_json(self, operation: str, body: bytes | str = b"{}", *, command_id: str | None = None) -> bytes:
        """Runs an operation by its name, JSON in and JSON out, for those who only pass JSON on."""
        ok, answer = self._execute(self._raw_request(operation, body, command_id))
        return told(ok, answer)


class AsyncCaller(_Speaker):
    """Calls and awaits. To cancel is to stop waiting: a commit that is under way may still happen."""

    def __init__(self, execute: AsyncExecute, opening: bytes, sources: Sources, locale: str | None) -> None:
        super().__init__(opening, sources, locale)
        self._execute = execute

    async def call(self, operation: Operation[Reply], fields: Struct, command_id: str | None = None) -> Reply:
        """Runs one operation. The methods of the groups are the typed way to this."""
        request = self._request(operation, fields, command_id)
        ok, answer = await self._execute(request, operation.costly, operation.packs)
        return operation.ended(ok, answer)

    async def run_json(
        self, operation: str, body: bytes | str = b"{}", *, command_id: str | None = None
    ) -> bytes:
        """Runs an operation by its name, JSON in and JSON out, for those who only pass JSON on."""
        ok, answer = await self._execute(self._raw_request(operation, body, command_id), True)
        return told(ok, answer)


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
