"""Tells the native part which classes an answer is made of, so that it makes the objects itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from msgspec import inspect

Description: TypeAlias = tuple[Any, ...]

_PLAIN: Description = ("plain",)
# What makes the value of a text. The number tells its products from those of others; 0 is the text itself.
_MAKERS: dict[type[inspect.Type], tuple[int, Callable[[str], object]]] = {
    inspect.DecimalType: (1, Decimal),
    inspect.DateTimeType: (2, dt.datetime.fromisoformat),
    inspect.DateType: (3, dt.date.fromisoformat),
    inspect.UUIDType: (4, UUID),
}
_ASIDE = (inspect.StrType, inspect.LiteralType, inspect.IntType, inspect.BoolType)


def describe(annotation: Any) -> Description:
    """The shape of an answer of this type."""
    return _described(inspect.type_info(annotation))


def _described(info: inspect.Type) -> Description:
    maker = _MAKERS.get(type(info))
    if maker is not None:
        return ("made", *maker)
    match info:
        case inspect.ListType():
            return ("list", _described(info.item_type))
        case inspect.VarTupleType():
            return ("tuple", _described(info.item_type))
        case inspect.DictType():
            return ("map", _described(info.value_type))
        case inspect.StructType():
            record = _record(info)
            return record if info.tag_field is None else ("union", info.tag_field, (record,))
        case inspect.UnionType():
            return _union([one for one in info.types if not isinstance(one, inspect.NoneType)])
        case _ if isinstance(info, _ASIDE):
            return _PLAIN
    raise TypeError(f"no answer holds {info}")


def _union(kinds: list[inspect.Type]) -> Description:
    if len(kinds) == 1:
        return _described(kinds[0])
    structs = [one for one in kinds if isinstance(one, inspect.StructType)]
    tags = {one.tag_field for one in structs}
    if len(structs) < len(kinds) or len(tags) > 1:
        raise TypeError(f"no tag tells {kinds} from each other")
    return ("union", tags.pop(), tuple(_record(one) for one in structs))


def _record(info: inspect.StructType) -> Description:
    fields = tuple((field.encode_name, _described(field.type)) for field in info.fields)
    return ("record", _positional(info), info.tag, fields)


def _positional(info: inspect.StructType) -> Callable[..., object]:
    """Makes an object of the values of its fields in their order: the class takes them by name alone, and names cost
    more than the object. Each name is that of a field of a class of this package.
    """
    named = ", ".join(f"{field.name}=_{at}" for at, field in enumerate(info.fields))
    places = ", ".join(f"_{at}" for at in range(len(info.fields)))
    make: Callable[..., object] = eval(f"lambda {places}: make({named})", {"make": info.cls})  # noqa: S307
    return make
