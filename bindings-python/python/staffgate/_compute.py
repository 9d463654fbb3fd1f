"""Pure functions and price books: encode, cross, decode, or raise. Nothing here knows a store or an actor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from . import _native
from ._encode import encode_value
from .errors import make, refused

Reply = TypeVar("Reply")

MAX_BYTES = 32 << 20
"""The largest input of one function."""


class Function(Generic[Reply]):
    """One function's name and the reader of its reply."""

    __slots__ = ("name", "read")

    def __init__(self, name: str, reply: Any) -> None:
        self.name = name
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


def compute(function: Function[Reply], fields: Struct) -> Reply:
    """Runs one function. The generated functions are the typed way to this."""
    ok, answer = _native.compute(function.name, encode_value(fields, MAX_BYTES))
    return function.ended(ok, answer)


def compute_json(name: str, body: bytes | str) -> bytes:
    """Runs a function by its name, JSON in and JSON out, for those who only pass JSON on."""
    if not isinstance(name, str):
        raise make("wrong_type", path="name", expected="a string")
    if isinstance(body, str):
        body = body.encode("utf-8", "surrogatepass")
    ok, answer = _native.compute(name.encode("utf-8", "replace").decode(), body)
    if ok:
        return answer
    raise refused(answer)
