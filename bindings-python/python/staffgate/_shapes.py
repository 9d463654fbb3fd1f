"""Tells the native part which classes an answer is made of, so that it makes the objects itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID, SafeUUID

from msgspec import inspect

Description: TypeAlias = tuple[Any, ...]


# Ids are made without asking the class, by their slots: they are most of what replies hold.
_IDS = (UUID, (vars(UUID)["int"], vars(UUID)["is_safe"]), SafeUUID.unknown)
# What makes the value of a text. The number tells its products from those of others; 0 is the text itself.
_MAKERS: dict[type[inspect.Type], Description] = {
    inspect.DecimalType: ("made", 1, Decimal, None),
    inspect.DateTimeType: ("made", 2, dt.datetime.fromisoformat, None),
    inspect.DateType: ("made", 3, dt.date.fromisoformat, None),
    inspect.UUIDType: ("made", 4, UUID, _IDS),
}
_AS_THEY_ARE: dict[type[inspect.Type], Description] = {
    inspect.StrType: ("text",),
    inspect.IntType: ("whole",),
    inspect.BoolType: ("flag",),
}
_LEAVES = _MAKERS | _AS_THEY_ARE


def describe(annotation: Any) -> Description:
    """The shape of an answer of this type. A `TypeError` says that it has none."""
    return _described(inspect.type_info(annotation), ())


def _described(info: inspect.Type, within: tuple[type, ...]) -> Description:
    leaf = _LEAVES.get(type(info))
    if leaf is not None:
        return leaf
    match info:
        case inspect.ListType():
            return ("list", _described(info.item_type, within))
        case inspect.VarTupleType():
            return ("tuple", _described(info.item_type, within))
        case inspect.DictType(key_type=inspect.StrType()):
            return ("map", _described(info.value_type, within))
        case inspect.LiteralType() if all(isinstance(value, str) for value in info.values):
            return ("text",)
        case inspect.StructType():
            record = _record(info, within)
            return record if info.tag_field is None else ("union", info.tag_field, (record,))
        case inspect.UnionType():
            return _union([one for one in info.types if not isinstance(one, inspect.NoneType)], within)
    raise TypeError(f"no answer holds {info}")


def _union(kinds: list[inspect.Type], within: tuple[type, ...]) -> Description:
    if len(kinds) == 1:
        return _described(kinds[0], within)
    structs = [one for one in kinds if isinstance(one, inspect.StructType)]
    tags = {one.tag_field for one in structs}
    if len(structs) < len(kinds) or len(tags) > 1:
        raise TypeError(f"no tag tells {kinds} from each other")
    return ("union", tags.pop(), tuple(_record(one, within) for one in structs))


def _record(info: inspect.StructType, within: tuple[type, ...]) -> Description:
    if info.cls in within:
        raise TypeError(f"{info.cls.__name__} may hold another one")
    inner = (*within, info.cls)
    fields = tuple(
        (field.encode_name, _described(field.type, inner), field.default is None) for field in info.fields
    )
    return ("record", _positional(info), info.tag, fields, _slots(info))


def _slots(info: inspect.StructType) -> tuple[type, tuple[object, ...]] | None:
    """The class and the slots of its fields, if making an object is no more than filling them."""
    if info.cls.__struct_config__.gc or hasattr(info.cls, "__post_init__"):
        return None
    return info.cls, tuple(getattr(info.cls, field.name) for field in info.fields)


def _positional(info: inspect.StructType) -> Callable[..., object]:
    """Makes an object of the values of its fields in their order: the class takes them by name alone, and names cost
    more than the object. Each name is that of a field of a class of this package.
    """
    named = ", ".join(f"{field.name}=_{at}" for at, field in enumerate(info.fields))
    places = ", ".join(f"_{at}" for at in range(len(info.fields)))
    make: Callable[..., object] = eval(f"lambda {places}: make({named})", {"make": info.cls})  # noqa: S307
    return make
