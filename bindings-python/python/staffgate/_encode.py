"""From Python values to the JSON of an input, and to an error with a path for what JSON cannot say."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, NoReturn
from uuid import UUID

from msgspec import Struct
from msgspec.json import Encoder

from .errors import StaffgateError, make

MAX_INPUT_BYTES = 2 << 20
_MAX_DEPTH = 64
_LEAVES = frozenset({str, int, bool, type(None), UUID, Decimal, dt.datetime, dt.date})
_MAX_INTEGER = 1 << 63


def encode_input(fields: Struct, writes: bool, locale: str | None) -> bytes:
    """The JSON of `fields`.

    What a command carries is looked through first: the encoder would write NaN as null and bytes as Base64, and
    such a value must not be stored. Of a query only what looks wrong is looked through.
    """
    if writes:
        _look(fields, "", 0, locale)
    try:
        body = _encoder.encode(fields)
    except Exception as fault:
        _look(fields, "", 0, locale)
        raise make("wrong_type", locale=locale, expected="a value that JSON can hold") from fault
    if len(body) > MAX_INPUT_BYTES:
        raise make("input_too_large", path=_largest(fields), locale=locale, expected=str(MAX_INPUT_BYTES))
    if not writes and b"null" in body:
        _look(fields, "", 0, locale)
    return body


def encode_value(value: object, most: int) -> bytes:
    """The JSON of what a pure function takes. Nothing is kept, so only what looks wrong is looked through."""
    try:
        body = _encoder.encode(value)
    except Exception as fault:
        _look(value, "", 0, None)
        raise make("wrong_type", expected="a value that JSON can hold") from fault
    if len(body) > most:
        raise make("input_too_large", expected=str(most))
    if b"null" in body:
        _look(value, "", 0, None)
    return body


def _refuse(value: object) -> NoReturn:
    raise TypeError(type(value).__name__)


_encoder = Encoder(enc_hook=_refuse)
encode_any = _encoder.encode


def encode_text(text: str, path: str) -> bytes:
    """The JSON of one text, such as a command id."""
    if not isinstance(text, str):
        raise make("wrong_type", path=path, expected="a string")
    try:
        return _encoder.encode(text)
    except UnicodeEncodeError as fault:
        raise _surrogate(path, None) from fault


def _look(value: object, path: str, depth: int, locale: str | None) -> None:
    """Raises the error for the first value that cannot go in."""
    kind = type(value)
    if kind is str:
        _look_at_text(value, path, locale)  # type: ignore[arg-type]
    elif kind is int:
        if not -_MAX_INTEGER <= value < _MAX_INTEGER:  # type: ignore[operator]
            raise make("wrong_type", path=path, locale=locale, expected="a 64-bit integer")
    elif kind in _LEAVES:
        return
    elif depth > _MAX_DEPTH:
        raise make(
            "wrong_type", path=path, locale=locale, expected=f"nested at most {_MAX_DEPTH} levels deep"
        )
    elif isinstance(value, Struct):
        for name, wire in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            _look(getattr(value, name), f"{path}.{wire}" if path else wire, depth + 1, locale)
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            _look(item, f"{path}[{position}]", depth + 1, locale)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if not isinstance(name, str):
                raise make("wrong_type", path=path, locale=locale, expected="an object with texts as names")
            # A name that JSON cannot say cannot stand in a path either.
            _look_at_text(name, path, locale)
            _look(item, f"{path}.{name}" if path else name, depth + 1, locale)
    elif isinstance(value, Enum):
        _look(value.value, path, depth + 1, locale)
    else:
        _look_at_leaf(value, path, locale)


def _look_at_leaf(value: object, path: str, locale: str | None) -> None:
    if isinstance(value, float) and math.isfinite(value):
        return
    if isinstance(value, str):
        _look_at_text(value, path, locale)
    elif not isinstance(value, int | UUID | Decimal | dt.datetime | dt.date):
        expected = "a finite number" if isinstance(value, float) else "a value that JSON can hold"
        raise make("wrong_type", path=path, locale=locale, expected=expected)


def _look_at_text(text: str, path: str, locale: str | None) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise _surrogate(path, locale) from fault


def _surrogate(path: str, locale: str | None) -> StaffgateError:
    return make("wrong_type", path=path, locale=locale, expected="text without lone surrogates")


def _largest(fields: Struct) -> str | None:
    """The field that takes more than half of the room, if there is one."""
    sizes: dict[str, int] = {}
    for name, wire in zip(fields.__struct_fields__, fields.__struct_encode_fields__, strict=True):
        value: Any = getattr(fields, name)
        sizes[wire] = len(_encoder.encode(value))
    if not sizes:
        return None
    largest = max(sizes, key=lambda name: sizes[name])
    return largest if sizes[largest] * 2 > sum(sizes.values()) else None
