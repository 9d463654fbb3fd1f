"""What every call says beside its input: whose it is, when it is, and the randomness for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from ._encode import encode_text
from .errors import make

Clock = Callable[[], datetime]
Entropy = Callable[[int], bytes]
CommandIds = Callable[[], "str | UUID"]

# Who stands in an actor, by the part that they have in it.
People = Mapping[str, "UUID | str"]

NIL = UUID(int=0)
_ENTROPY_BYTES = 32
_last: tuple[int, bytes] = (0, b"1970-01-01T00:00:00")


def system_now() -> bytes:
    """The machine's time in whole milliseconds. The text of a second is made once."""
    global _last
    second, millis = divmod(time.time_ns() // 1_000_000, 1000)
    known, text = _last
    if second != known:
        text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second)).encode()
        _last = (second, text)
    return b"%b.%03dZ" % (text, millis)


def _told_now(clock: Clock) -> bytes:
    now = clock()
    if not isinstance(now, datetime) or now.tzinfo is None:
        raise make("malformed", path="context.now", expected="a clock that returns datetimes with a zone")
    return now.isoformat().encode()


class Sources:
    """Where time, command ids and randomness come from; `None` stands for the machine's own."""

    __slots__ = ("command_ids", "entropy", "now")

    def __init__(
        self,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        command_ids: CommandIds | None = None,
    ) -> None:
        self.now: Callable[[], bytes] = system_now if clock is None else partial(_told_now, clock)
        self.entropy = entropy
        self.command_ids = command_ids

    def command(self, command_id: str | UUID | None) -> bytes:
        """Command id and entropy, as they stand in the context."""
        if command_id is None:
            command_id = uuid4() if self.command_ids is None else self.command_ids()
        name = encode_text(str(command_id) if isinstance(command_id, UUID) else command_id, "command_id")
        entropy = os.urandom(_ENTROPY_BYTES) if self.entropy is None else self.entropy(_ENTROPY_BYTES)
        return b'","command_id":%b,"entropy":"%b"},"operation":' % (name, entropy.hex().encode())


# A query leaves no trace, so it is not told which command it is, and gets no randomness.
QUERY = b'"},"operation":'


def opening(agency: UUID | str, side: str, people: People, locale: str | None) -> bytes:
    """The start of every request of a session, up to the time."""
    where = _id(agency, "agency")
    who = b"".join(
        b',"%b":%b' % (name.encode(), _id(person, side if name == "id" else name))
        for name, person in people.items()
    )
    language = b"" if locale is None else b',"locale":' + encode_text(locale, "locale")
    return b'{"context":{"agency":%b,"actor":{"as":"%b"%b}%b,"now":"' % (where, side.encode(), who, language)


def _id(value: UUID | str, path: str) -> bytes:
    return encode_text(str(value) if isinstance(value, UUID) else value, path)
